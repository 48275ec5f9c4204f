/* Fetches http://ip:port/path into a file; the common part of the stand-ins for browsers, messengers and updaters. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void folders(const char *path) {
  char copy[1024];
  snprintf(copy, sizeof copy, "%s", path);
  for (char *p = copy + 1; *p; p++)
    if (*p == '/') *p = 0, mkdir(copy, 0755), *p = '/';
}

static int fetch(const char *ip, int port, const char *path, const char *file, int mode) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, ip, &to.sin_addr);
  int net = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(net, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  dprintf(net, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, ip);
  char block[65536], *body = NULL;
  size_t have = 0;
  int out = -1;
  for (ssize_t n; (n = read(net, block + have, sizeof block - have - 1)) > 0;) {
    if (out < 0) {
      block[have += n] = 0;
      if (!(body = memmem(block, have, "\r\n\r\n", 4))) continue;
      folders(file);
      out = open(file, O_WRONLY | O_CREAT | O_TRUNC, mode);
      if (out < 0 || write(out, body + 4, block + have - body - 4) < 0) return 1;
      have = 0;
    } else if (write(out, block, n) < 0) return 1;
  }
  close(net);
  return out < 0 || close(out) != 0;
}
