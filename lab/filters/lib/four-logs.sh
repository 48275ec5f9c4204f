# Postfix, Amavis as its content filter, Dovecot by LMTP; journald and rsyslog both keep what they say. Sourced by the scripts.
accounts=system log_level=2 lmtp_plugins=''
postfix_extra='mydestination = example.org, $myhostname, localhost
mailbox_transport = lmtp:unix:private/dovecot-lmtp
smtpd_client_connection_rate_limit = 0
content_filter = smtp-amavis:[127.0.0.1]:10024'
master_extra='smtp-amavis unix - - n - 2 smtp
  -o smtp_data_done_timeout=1200
  -o smtp_send_xforward_command=yes
  -o disable_dns_lookups=yes'
back_on 10025
amavis_prepare=$(sed -n '/^prepare() {/,/^}/p' "$base/lab/lib/amavis.sh")
eval "${amavis_prepare/prepare()/amavis_prepare()}"
log_syslog=imjournal
prepare() {
  amavis_prepare
  dovecot_config system syslog
  # journald listens on /dev/log and hands every line on to rsyslog.
  mkdir -p /run/systemd/journald.conf.d /run/log/journal
  printf '[Journal]\nStorage=volatile\nAudit=\nReadKMsg=no\nForwardToSyslog=yes\nRateLimitIntervalSec=0\n' > /run/systemd/journald.conf.d/lab.conf
  echo c3d2e1f00f1e2d3c4b5a69788796a5b4 > /etc/machine-id
  ln -s /run/systemd/journal/dev-log /dev/log
  sed -i 's,^module(load="imuxsock".*,module(load="imuxsock" SysSock.Name="/run/systemd/journal/syslog" SysSock.RateLimit.Interval="0"),' /etc/rsyslog.conf
  /lib/systemd/systemd-journald > /dev/null 2>&1 &
  wait_for 5 test -S /run/systemd/journal/dev-log || return 1
}
start() {
  clamd_start || return 1
  amavisd foreground > /tmp/amavis.out 2>&1 &
  wait_for 60 listens 10024 || { cat /tmp/amavis.out >&2; return 1; }
  dovecot_start
}
# flood COUNT: strangers write once each to clerk, an ordinary sender to others.
flood() {
  python3 - "$1" > /tmp/plan.json <<'PY'
import json, sys
plan = []
for i in range(int(sys.argv[1])):
    word = ['orders', 'form', 'news', 'list'][i % 4]
    plan.append({'id': f'{word}-{i}@shop{i}.example.com', 'from': f'{word}{i}@shop{i}.example.com', 'to': ['clerk@example.org'],
                 'source': '203.0.113.25', 'helo': 'smtp.example.com', 'text': 'Hello,\n\n' + 'please see the form. ' * (1 + i % 7) + '\n',
                 'attach': [{'name': 'order-form.zip', 'type': 'application/zip', 'content': 'zip:form.txt=text'}], 'then': {'kind': 'clean'}})
    if i % 12 == 0:
        plan.append({'id': f'minutes-{i}@mail.example.net', 'from': 'office@example.net', 'to': ['buyer@example.org'], 'then': {'kind': 'clean'}})
json.dump(plan, sys.stdout)
PY
  python3 "$lib/send.py" "$base/sent.jsonl" < /tmp/plan.json
  # journald drops what rsyslog does not take in time: mail.log may lack some lines.
  wait_for 120 sh -c 'test $(grep -c "saved mail to" /var/log/mail.log) -ge '"$(python3 -c 'import json; print(len(json.load(open("/tmp/plan.json"))) * 8 // 10)')"
  sleep 12
}
collect() {
  local boot
  boot=$(tr -d - < /proc/sys/kernel/random/boot_id)
  journalctl --sync 2> /dev/null || journalctl --flush 2> /dev/null; sleep 1
  journalctl --directory /run/log/journal --all --output=json 2> /dev/null |
    grep -v '"SYSLOG_IDENTIFIER":"systemd-journald"' |
    sed -e "s/$boot/b007b007b007b007b007b007b007b007/g" > /tmp/journal.json
  python3 - /tmp/journal.json > "$base/out/journal.json" <<'PY'
import json, sys
KEEP = ('__CURSOR', '__REALTIME_TIMESTAMP', '__MONOTONIC_TIMESTAMP', '_BOOT_ID', '_MACHINE_ID', '_HOSTNAME', '_TRANSPORT', '_PID', '_UID', '_GID',
        '_COMM', '_EXE', 'PRIORITY', 'SYSLOG_FACILITY', 'SYSLOG_IDENTIFIER', 'SYSLOG_PID', 'SYSLOG_TIMESTAMP', '_SOURCE_REALTIME_TIMESTAMP', 'MESSAGE')
USED = ('Content-Type', 'Passed ', 'Blocked ', 'p.path ')
for line in open(sys.argv[1]):
    entry = json.loads(line)
    # What else Amavis says at this level is nine lines in ten, and of no use.
    if entry.get('SYSLOG_IDENTIFIER') == 'amavis' and not any(word in str(entry.get('MESSAGE')) for word in USED):
        continue
    print(json.dumps({key: entry[key] for key in KEEP if key in entry and key != '__CURSOR'}, separators=(',', ':')))
PY
  grep -Ev ' amavis\[[0-9]+\]: ' /var/log/mail.log > "$base/out/mail.log"
  grep -E ' amavis\[[0-9]+\]: .*(Content-Type|Passed |Blocked |p\.path )' /var/log/mail.log >> "$base/out/mail.log"
  sort -s -k1,3 -o "$base/out/mail.log" "$base/out/mail.log"
  gzip -9n "$base/out/journal.json" "$base/out/mail.log"
  mkdir "$base/out/etc"; grep -E '^(root|clerk|buyer|dev|ops|intern|postfix|amavis|dovecot|vmail):' /etc/passwd > "$base/out/etc/passwd"; cp /etc/aliases "$base/out/etc/"
}
