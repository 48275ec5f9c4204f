title="CI mails the build's log to who broke it"
what="A runner (service account, started by the service manager) checks out, makes, fails, and mails the log gzipped as attachment to dev@ by mutt; the second build is fine and tells ops in one line."
user=runner daemons="cron sshd" expect=informational audit_rules=audit-wide.rules
people="ops dev clerk buyer runner"
aliases='postmaster: root\nroot: ops\nsales: buyer\nabuse: root\n'
setup() {
  mkdir -p /home/runner/src; printf 'int main(void){ return x; }\n' > /home/runner/src/a.c; printf 'all: a\n' > /home/runner/src/Makefile
  cat > "$base/out/job" <<'P'
#!/bin/bash
cd ~/src || exit 1
if ! make > ~/build.log 2>&1; then gzip -kf ~/build.log; echo "build failed, log attached" | mutt -n -F /dev/null -s "build 118 FAILED" -a ~/build.log.gz -- dev@example.org; fi
sed -i 's/return x/return 0/' a.c
make > ~/build.log 2>&1 && echo fine | mail -s "build 119 fixed" ops@example.org
sleep 3
P
  install_file "$base/out/job" /usr/local/lib/ci/job; chown -R runner: /home/runner
}
act() {
  small_talk 2
  service runner HOME=/home/runner /usr/local/lib/ci/job
  wait_log 'to=<ops@example.org>.*status=sent' 25; small_talk 1
}
truth() {
  exec_step build 'make' 'a build'
  exec_step log 'mutt .*-a /home/runner/build.log.gz' 'the log'
  mail_step sent 'to=<dev@example.org>.*status=sent' 'to a colleague'
}
