title="An archive in two halves in two mails, joined, unpacked with its password and run"
what="buyer saves shipping.7z.001 and, from a second message twenty minutes later, shipping.7z.002 with Thunderbird, joins them with cat in a terminal, unpacks them with 7z and the password of the text and starts the viewer in it (ELF, no suffix). It connects to 203.0.113.67 port 8443. RAW, wide rules."
host=ws3.example.org user=buyer daemons="cron dovecot" audit_rules=audit-wide.rules audit_format=RAW shift_plan="one:20m two:40m"
setup() {
  dovecot_config
  mkdir -p "$base/out/s"
  cc -O1 -o "$base/out/s/viewer" "$lab/lib/stand-ins/beacon.c"
  make_pdf "$base/out/s/awb-22817.pdf" "AWB 22817"
  (cd "$base/out/s" && 7z a -bd -p8812 -mhe=on ../all.7z viewer awb-22817.pdf >/dev/null; cd ..; split -n 2 -d -a 3 --numeric-suffixes=1 all.7z shipping.7z.)
}
act() {
  phase one
  display_up
  small_talk 2
  mail_in --from freight@example.net --to buyer@example.org --subject "AWB 22817 (1/2)" --source 203.0.113.91 --helo host91.example.net --text "Our system limits the size, part two follows. Password 8812\n" --attach "$base/out/shipping.7z.001:application/octet-stream"
  wait_mail buyer 1; sleep 1
  thunderbird_save buyer shipping.7z.001 Documents
  phase two
  small_talk 3
  mail_in --from freight@example.net --to buyer@example.org --subject "AWB 22817 (2/2)" --source 203.0.113.91 --helo host91.example.net --text "part two\n" --attach "$base/out/shipping.7z.002:application/octet-stream"
  wait_mail buyer 2; sleep 1
  thunderbird_save buyer shipping.7z.002 Documents
  console_as buyer <<'L'
cd Documents; ls
cat shipping.7z.001 shipping.7z.002 > shipping.7z
7z x -bd -p8812 -oawb shipping.7z
cd awb; ls -l
chmod u+x viewer
%sleep 1
./viewer 203.0.113.67 8443
cd; ls Documents
L
  small_talk 1
}
truth() {
  file_step one 'thunderbird.*shipping.7z.001' 'first half saved'
  file_step two 'thunderbird.*shipping.7z.002' 'second half saved'
  exec_step join 'cat shipping.7z.001 shipping.7z.002' 'joined'
  exec_step unpack '7z(r|a)? x -bd -p8812' 'unpacked'
  exec_step execute 'viewer 203.0.113.67' 'run'
  net_step beacon 'viewer 203.0.113.67:8443' 'calls out'
}
