/* Stands in for Thunderbird's updater, which Debian leaves out of its package: puts the next version of a file in place.
   updater TARGET NEXT */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  char next[1100], block[65536];
  snprintf(next, sizeof next, "%s.moz-next", argv[1]);
  int in = open(argv[2], O_RDONLY), out = open(next, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  for (ssize_t n; (n = read(in, block, sizeof block)) > 0;)
    if (write(out, block, n) < 0) return 1;
  close(in);
  close(out);
  return rename(next, argv[1]);
}
