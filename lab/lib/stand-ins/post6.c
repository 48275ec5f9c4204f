/*
 * A mailer that needs nothing of the system: sends a file over SMTP to a numeric IPv6 or IPv4 address, in pieces, a
 * connection each.
 *
 *   post6 ADDRESS PORT FILE
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void say(int net, const char *text) {
  char answer[512];
  dprintf(net, "%s\r\n", text);
  if (read(net, answer, sizeof answer) < 0) exit(1);
}

static int dial(const char *address, int port) {
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
  int is_six = inet_pton(AF_INET6, address, &six.sin6_addr) == 1;
  if (!is_six && inet_pton(AF_INET, address, &four.sin_addr) != 1) return -1;
  int net = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
  if (connect(net, is_six ? (void *)&six : (void *)&four, is_six ? sizeof six : sizeof four) != 0) return -1;
  return net;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int file = open(argv[3], O_RDONLY);
  unsigned char piece[10000];
  char greeting[512];
  for (ssize_t n; (n = read(file, piece, sizeof piece)) > 0;) {
    int net = dial(argv[1], atoi(argv[2]));
    if (net < 0 || read(net, greeting, sizeof greeting) < 0) return 1;
    say(net, "HELO ws3");
    say(net, "MAIL FROM:<buyer@example.org>");
    say(net, "RCPT TO:<k2@example.net>");
    say(net, "DATA");
    for (ssize_t i = 0; i < n; i++) dprintf(net, "%02x%s", piece[i], i % 30 == 29 ? "\r\n" : "");
    say(net, "\r\n.");
    say(net, "QUIT");
    close(net);
    sleep(1);
  }
  return 0;
}
