title="On the last day a clerk mails the whole customer folder to a private address with find -exec"
what="clerk, in a terminal, counts the papers in ~/customers, tries one to the private address with mutt by hand, then has find hand all sixteen to mutt, one message each, in one line. Ordinary letters to customers (one, by hand) in between."
user=clerk daemons="cron sshd" audit_rules=audit-net.rules
setup() { install -d -o clerk -g clerk /home/clerk/customers; for i in $(seq 1 16); do head -c 3000 /dev/urandom | base64 > /home/clerk/customers/kunde$i.csv; done; chown -R clerk: /home/clerk/customers; }
act() {
  small_talk 4
  ssh_as clerk <<'L'
cal
echo "Your order leaves on Friday." | mail -s "Your order" anna@example.net
ls customers | wc -l
echo x | mutt -s "for later" -a customers/kunde1.csv -- clerk.private77@example.com
%sleep 4
find ~/customers -name '*.csv' -exec sh -c 'echo . | mutt -s "$(basename $1)" -a "$1" -- clerk.private77@example.com' _ {} \;
rm -f ~/sent
L
  wait_log_count 'to=<clerk.private77@example.com>.*status=sent' 16 30
  small_talk 1
}
truth() {
  exec_step first 'mutt -s for later -a customers/kunde1.csv' 'one is tried'
  exec_step loop 'find /home/clerk/customers -name' 'then all, one message each'
  exec_step each 'mutt -s kunde.*-a /home/clerk/customers/kunde' 'a paper'
  mail_step sent 'to=<clerk.private77@example.com>.*status=sent' 'to a private address outside'
}
