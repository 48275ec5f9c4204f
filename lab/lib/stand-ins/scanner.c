#define _GNU_SOURCE
/* Opens every file below argv[1], looks for a byte string, prints a summary: the file work of a malware scanner. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int files, hits;

static void walk(const char *path) {
  struct stat st;
  if (lstat(path, &st) != 0) return;
  if (S_ISDIR(st.st_mode)) {
    DIR *dir = opendir(path);
    char next[4096];
    for (struct dirent *e; dir && (e = readdir(dir));) {
      if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
      snprintf(next, sizeof next, "%s/%s", path, e->d_name);
      walk(next);
    }
    if (dir) closedir(dir);
  } else if (S_ISREG(st.st_mode)) {
    char block[65536];
    int fd = open(path, O_RDONLY);
    if (fd < 0) return;
    files++;
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) hits += memmem(block, n, "X5O!P%@AP", 9) != NULL;
    close(fd);
  }
}

int main(int argc, char **argv) {
  walk(argc > 1 ? argv[1] : ".");
  printf("scanned %d files, %d hits\n", files, hits);
  return 0;
}
