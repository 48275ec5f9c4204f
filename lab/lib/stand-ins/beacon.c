/* A harmless payload: one TCP connection to the laboratory's sink, one line, done. argv[1] and argv[2] may name ip and port. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET};
  to.sin_port = htons(argc > 2 ? atoi(argv[2]) : 8443);
  inet_pton(AF_INET, argc > 1 ? argv[1] : "203.0.113.66", &to.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  const char *line = "hello from the laboratory\n";
  if (write(fd, line, strlen(line)) < 0) return 1;
  close(fd);
  puts("done");
  return 0;
}
