/*
 * Stands in for what a mail client does about itself: it reads the newest message; then either it crashes, writes a
 * minidump into its profile and starts its crash reporter on it, or it fetches an update, copies its updater beside it
 * and starts that copy, which puts the next version in place.
 *
 *   thunderbird --crash | --update      as the updater: updater TARGET NEXT
 */
#include "fetch.h"
#include <dirent.h>
#include <sys/wait.h>

static void copy(const char *from, const char *to, int mode) {
  char block[65536];
  folders(to);
  int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode);
  for (ssize_t n; (n = read(in, block, sizeof block)) > 0;)
    if (write(out, block, n) < 0) break;
  close(in);
  close(out);
}

static void run(char *const argv[]) {
  if (fork() == 0) {
    execv(argv[0], argv);
    _exit(1);
  }
  wait(NULL);
}

int main(int argc, char **argv) {
  if (argc == 3) { /* the updater */
    char next[1100];
    snprintf(next, sizeof next, "%s.moz-next", argv[1]);
    copy(argv[2], next, 0644);
    return rename(next, argv[1]);
  }
  char path[1024], other[1024];
  snprintf(path, sizeof path, "%s/Maildir/new", getenv("HOME"));
  DIR *box = opendir(path);
  for (struct dirent *e; box && (e = readdir(box));) {
    if (e->d_name[0] == '.') continue;
    snprintf(other, sizeof other, "%s/%s", path, e->d_name);
    close(open(other, O_RDONLY));
  }
  if (argc > 1 && !strcmp(argv[1], "--crash")) {
    snprintf(path, sizeof path, "%s/.thunderbird/Crash Reports/pending/5f0e1c2a-7d4b.dmp", getenv("HOME"));
    copy("/proc/self/maps", path, 0600);
    run((char *[]){"/opt/thunderbird/crashreporter", path, NULL});
    return 0;
  }
  snprintf(path, sizeof path, "%s/.cache/thunderbird/updates/0/update.mar", getenv("HOME"));
  if (fetch("203.0.113.81", 80, "/update.mar", path, 0644) != 0) return 1;
  snprintf(other, sizeof other, "%s/.cache/thunderbird/updates/0/updater", getenv("HOME"));
  copy("/opt/thunderbird/updater", other, 0755);
  run((char *[]){other, "/opt/thunderbird/omni.ja", path, NULL});
  return 0;
}
