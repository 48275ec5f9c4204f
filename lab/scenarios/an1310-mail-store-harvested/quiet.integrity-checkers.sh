# Programs that read every file of the host to see whether it changed.
title="aide and a syscheck agent hash all mailboxes; the report is mailed"
what="A root job in /etc/cron.d runs aide, the real one, over /home, /var/mail and /etc: the first run builds its database, the next compares and mails the names that changed to root. A file integrity agent of the Wazuh kind, started as a service, reads the same files and reports to its manager in the own network (198.51.100.20)."
host=mx1.example.org user=root daemons="cron" expect=informational
stand_ins=("/var/ossec/bin/wazuh-syscheckd is a small program that reads every file below a directory and then tells its manager a line; Debian does not carry Wazuh")

setup() {
  mkdir -p /etc/aide /var/lib/aide-lab
  printf 'database_in=file:/etc/aide/now.db\ndatabase_out=file:/etc/aide/new.db\nreport_level=changed_attributes\n/home R\n/var/mail R\n/etc/passwd R\n' > /etc/aide/wp.conf
  printf '#!/bin/sh\nif [ -s /etc/aide/now.db ]; then aide --config=/etc/aide/wp.conf --check > /var/log/aide.report; mail -s "aide on $(hostname)" root < /var/log/aide.report; else aide --config=/etc/aide/wp.conf --init; mv /etc/aide/new.db /etc/aide/now.db; fi\n' > "$base/out/dailyaide"
  install_file "$base/out/dailyaide" /usr/local/sbin/dailyaide
  printf 'HOME=/\nMAILTO=""\n* * * * * root /usr/local/sbin/dailyaide\n' > /etc/cron.d/aide; chmod 644 /etc/cron.d/aide
  sed 's/int main(int argc, char \*\*argv) {/int report(void);\n&/; s/^  return 0;/  report();\n  return 0;/' "$lab/lib/stand-ins/scanner.c" > "$base/out/sys.c"
  cat >> "$base/out/sys.c" <<'P'
#include <arpa/inet.h>
int report(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(1514)};
  inet_pton(AF_INET, "198.51.100.20", &to.sin_addr);
  int net = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(net, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  dprintf(net, "%d files\n", files);
  return close(net);
}
P
  cc -O1 -o "$base/out/syscheckd" "$base/out/sys.c" || return 1
  install_file "$base/out/syscheckd" /var/ossec/bin/wazuh-syscheckd
  printf 'import socket\ns = socket.create_server(("198.51.100.20", 1514))\nwhile True:\n    c, _ = s.accept()\n    c.recv(4096)\n    c.close()\n' > "$base/out/manager.py"
}
act() {
  outside /usr/bin/python3 "$base/out/manager.py" & own_pids+=($!)
  small_talk 8
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /var/ossec/bin/wazuh-syscheckd /home </dev/null >/dev/null 2>&1) & daemon_is $!
  wait_file /etc/aide/now.db 75
  small_talk 4
  wait_log 'to=<ops@example.org>, orig_to=<root@*[a-z.]*>.*status=sent' 75
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /var/ossec/bin/wazuh-syscheckd /home </dev/null >/dev/null 2>&1) & daemon_is $!
  sleep 2
  rm /etc/cron.d/aide
  small_talk 1
}
truth() {
  exec_step agent 'wazuh-syscheckd /home' 'the agent reads'
  net_step manager 'wazuh-syscheckd 198.51.100.20:1514' 'and reports to its manager'
  exec_step check 'aide .*--check' 'aide compares'
  file_step read 'aide open(at)?:read NORMAL /home/.*Maildir/new/.+' 'and reads the mail'
  mail_step report 'to=<ops@example.org>, orig_to=<root.*status=sent' 'its report is mailed to root'
}
