# The host's audit knows two watches: on the homes and on the mail spool.
title="Program mailed as an invoice, saved with neomutt and started; only watches on /home and /var/mail"
what="clerk saves Rechnung_2025-1187 with neomutt into ~/rechnungen beside real invoices, makes it executable as the letter says and starts it; it speaks to 203.0.113.66. Connections and other programs are not recorded."
host=ws3.example.org user=clerk daemons="cron sshd" store=mbox audit_rules=audit-none.rules audit_format=RAW syslog_format=iso
shift_plan="day:15m mail:2h"
audit_extra="-w /home -p wxa -k home
-w /var/mail -p rwa -k mailspool"
setup() {
  cc -O1 -o "$base/out/Rechnung_2025-1187" "$lab/lib/stand-ins/beacon.c"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\nset mbox_type=mbox\n' > /home/clerk/.neomuttrc
  mkdir -p /home/clerk/rechnungen; for i in 1184 1185 1186; do echo "Rechnung $i, 120 EUR" > /home/clerk/rechnungen/$i.txt; done
  printf '#!/bin/sh\ncat "$HOME"/rechnungen/*.txt | wc -l\n' > /home/clerk/zaehlen; chmod 755 /home/clerk/zaehlen
  chown -R clerk: /home/clerk
}
act() {
  phase day
  small_talk 4
  ssh_as clerk <<'L'
ls rechnungen
./zaehlen
echo 'Sehr geehrte Damen und Herren, anbei' > brief.txt
mail -s "Ihre Anfrage" office12@example.net < brief.txt
L
  small_talk 2
  phase mail
  mail_in --from buchhaltung@example.com --to clerk@example.org --subject "Rechnung 2025-1187 (Viewer)" --source 203.0.113.25 --helo smtp.example.com \
    --text "Guten Tag,\n\nanbei die Rechnung als geschuetztes Dokument. Speichern, ausfuehrbar machen (chmod +x), oeffnen.\n" --attach "$base/out/Rechnung_2025-1187:application/octet-stream"
  wait_log 'from=<buchhaltung@example.com>.*'; wait_for 20 grep -q 'Rechnung_2025-1187' /var/mail/clerk; sleep 1
  small_talk 1
  ssh_as clerk <<'L'
cd rechnungen
%line neomutt -e 'push l~f<space>buchhaltung<enter>'
%sleep 2
%keys *
%keys \n
%sleep 1
%keys v
%keys j
%keys s
%keys \n
%sleep 1
%keys q
%keys i
%keys q
%sleep 1
ls -l
chmod +x Rechnung_2025-1187
./Rechnung_2025-1187
%sleep 2
cd
./zaehlen
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message reaches the mbox'
  file_step save 'neomutt open(at)?:write CREATE .*Rechnung_2025-1187' 'neomutt writes the attachment'
  file_step mode 'chmod.*Rechnung_2025-1187' 'it becomes executable'
  exec_step execute '/home/clerk/rechnungen/Rechnung_2025-1187' 'and is started'
}
