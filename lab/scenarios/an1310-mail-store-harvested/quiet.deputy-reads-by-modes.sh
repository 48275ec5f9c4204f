title="A deputy is allowed to read a colleague's box during leave, and does"
what="buyer asks by mail for a deputy while on leave. ops puts clerk into the group buyer and opens group reading on the Maildir by sudo chmod. clerk reads it with mutt -R on a terminal, greps for an order number, and downloads a price list from a supplier by curl in the same login."
user=ops daemons="cron sshd" expect=low
setup() { echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  letters buyer 6; small_talk 3
  mail_in --from buyer@example.org --to ops@example.org --subject 'Please let clerk read my box until the 12th' --source 198.51.100.50 --helo desk.example.org
  ssh_as ops <<'L'
sudo usermod -aG buyer clerk
sudo chmod -R g+rX /home/buyer/Maildir
ls -ld /home/buyer
echo "clerk may read it now." | mail -s "Re: Please let clerk read my box" buyer@example.org
L
  sleep 1
  ssh_as clerk <<'L'
id
%line mutt -R -f /home/buyer/Maildir
%sleep 2
%keys \r
%sleep 1
%keys q
%sleep 1
%keys q
%sleep 1
grep -l "terms of our offer" /home/buyer/Maildir/new/* | wc -l
curl -s -o prices.html http://files.example.net/prices.html
echo "Order 44 is confirmed, greetings in place of buyer." | mail -s "Re: Offer 4, terms" partner4@example.net
L
  small_talk 1
}
truth() {
  exec_step allow 'chmod -R g\+rX /home/buyer/Maildir' 'allowed'
  exec_step read 'mutt -R -f /home/buyer/Maildir' 'read on a terminal'
}
