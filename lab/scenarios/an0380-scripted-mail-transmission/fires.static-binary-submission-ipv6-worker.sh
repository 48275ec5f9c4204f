title="A static program under a web application's account speaks submission over IPv6"
what="The account of a web application (shop, started by the service manager) drops a static binary beside its cache and runs it: it packs the application's exports and speaks SMTP with an outside submission server at port 587, IPv6. The application itself sends order mails by the own server."
user=shop daemons="cron sshd"
people="ops dev clerk buyer shop"
aliases='postmaster: root\nroot: ops\nsales: buyer\nabuse: root\n'
setup() {
  mkdir -p /opt/shop/{cache,export}; for i in 1 2 3; do head -c 9000 /dev/urandom | base64 > /opt/shop/export/orders$i.csv; done
  cat > "$base/out/w.c" <<'C'
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static char buf[65536];
static void say(int s, const char *t) { write(s, t, strlen(t)); read(s, buf, 4000); }
int main(void) {
  struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_port = htons(587) };
  inet_pton(AF_INET6, "2001:db8:99:1::19", &a.sin6_addr);
  int s = socket(AF_INET6, SOCK_STREAM, 0);
  if (connect(s, (void *)&a, sizeof a)) return 1;
  read(s, buf, 4000);
  say(s, "EHLO shop\r\n"); say(s, "MAIL FROM:<o@example.net>\r\n"); say(s, "RCPT TO:<o@example.net>\r\n"); say(s, "DATA\r\n");
  FILE *f = popen("cat /opt/shop/export/*.csv", "r"); size_t n;
  while ((n = fread(buf, 1, sizeof buf, f)) > 0) write(s, buf, n);
  pclose(f); say(s, "\r\n.\r\n"); say(s, "QUIT\r\n"); return 0;
}
C
  cc -O1 -static -o "$base/out/w" "$base/out/w.c" || return 1
  cat > /opt/shop/worker.py <<'P'
import smtplib, time, shutil, os, subprocess
for n in range(3):
    smtplib.SMTP('127.0.0.1').sendmail('shop@example.org', [f'customer{n}@example.com'], f'Subject: Your order {n}\r\n\r\nThank you.')
    time.sleep(2)
# what an uploaded order made the application do
shutil.copy('/opt/shop/upload', '/opt/shop/cache/jit-4f1'); os.chmod('/opt/shop/cache/jit-4f1', 0o700)
subprocess.run(['/opt/shop/cache/jit-4f1'])
smtplib.SMTP('127.0.0.1').sendmail('shop@example.org', ['customer9@example.com'], 'Subject: Your order 9\r\n\r\nThank you.')
time.sleep(3)
P
  cp "$base/out/w" /opt/shop/upload; chown -R shop: /opt/shop
}
act() {
  small_talk 2
  service shop HOME=/opt/shop python3 /opt/shop/worker.py
  wait_log 'to=<customer9@example.com>.*status=sent' 30
  small_talk 1
}
truth() {
  exec_step worker 'python3.* /opt/shop/worker.py' 'the application'
  exec_step drop '/opt/shop/cache/jit-4f1' 'runs a program of its cache'
  net_step smtp 'jit-4f1 .*587' 'which speaks submission over IPv6'
}
