/* Preloaded into smartd: answers the ioctl calls by which it asks an ATA disk, for a machine that has none. IDENTIFY DEVICE,
   SMART READ DATA, READ THRESHOLDS and RETURN STATUS of ATA8-ACS; everything is well. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/hdreg.h>
#include <stdarg.h>
#include <string.h>

static void text(unsigned char *at, const char *words, int length) { /* two characters a word, the first one high */
  for (int i = 0; i < length; i++) at[i ^ 1] = i < (int)strlen(words) ? words[i] : ' ';
}
static void word(unsigned char *page, int number, unsigned value) { page[2 * number] = value & 255; page[2 * number + 1] = value >> 8; }
static void seal(unsigned char *page) {
  unsigned char sum = 0;
  for (int i = 0; i < 511; i++) sum += page[i];
  page[511] = -sum;
}
static void identify(unsigned char *page) {
  word(page, 0, 0x0040);
  text(page + 20, "LAB0001", 20);
  text(page + 46, "1.0", 8);
  text(page + 54, "Laboratory disk", 40);
  word(page, 49, 0x0200); word(page, 53, 0x0006); word(page, 60, 0xffff); word(page, 61, 0x0fff);
  word(page, 80, 0x01f0); word(page, 82, 0x0001); word(page, 83, 0x4000); word(page, 84, 0x4000); word(page, 85, 0x0001); word(page, 87, 0x4000);
}
static void smart(unsigned char *page, int feature) {
  static const unsigned char ids[] = {5, 9, 194, 197};
  word(page, 0, 0x0010);
  for (int i = 0; i < 4; i++) {
    unsigned char *each = page + 2 + 12 * i;
    each[0] = ids[i];
    if (feature == 0xd0) { each[1] = 0x32; each[3] = 100; each[4] = 100; each[5] = ids[i] == 194 ? 31 : 0; }
    else each[1] = 10;
  }
  seal(page);
}

int ioctl(int file, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void *data = va_arg(list, void *);
  va_end(list);
  unsigned char *buffer = data;
  if (request == HDIO_GET_IDENTITY) return -1;
  if (request == HDIO_DRIVE_TASK) { buffer[4] = 0x4f; buffer[5] = 0xc2; return 0; }
  if (request == HDIO_DRIVE_CMD) {
    int command = buffer[0], feature = buffer[2];
    if (buffer[3]) memset(buffer + 4, 0, 512);
    if (command == 0xec) identify(buffer + 4);
    if (command == 0xb0 && (feature == 0xd0 || feature == 0xd1)) smart(buffer + 4, feature);
    return 0;
  }
  int (*next)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
  return next(file, request, data);
}
