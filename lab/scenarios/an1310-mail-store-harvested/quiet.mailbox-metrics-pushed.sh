title="Figures about the boxes pushed to the own monitoring server"
what="A root cron job of the monitoring counts messages and the age of the oldest in every Maildir with find and stat, reads one header line of the newest for the delay, and pushes the figures by curl to 198.51.100.20 every minute."
user=root daemons="cron sshd" expect=informational audit_format=RAW
setup() {
  cat > "$base/out/mail-metrics" <<'P'
#!/bin/sh
# textfile for the monitoring: messages, bytes and delay of every box
out=/run/mail-metrics.prom; : > $out
for h in /home/*; do
  u=${h##*/}; n=$(find $h/Maildir/new $h/Maildir/cur -type f | wc -l)
  last=$(ls -t $h/Maildir/new 2>/dev/null | head -1)
  d=0; [ -n "$last" ] && d=$(grep -m1 -c '^Received:' "$h/Maildir/new/$last")
  echo "mail_messages{user=\"$u\"} $n" >> $out; echo "mail_bytes{user=\"$u\"} $(du -s $h/Maildir | cut -f1)" >> $out; echo "mail_hops{user=\"$u\"} $d" >> $out
done
curl -s --data-binary @$out http://198.51.100.20:8080/metrics/job/mail >/dev/null
P
  install_file "$base/out/mail-metrics" /usr/local/sbin/mail-metrics
  printf 'HOME=/\nMAILTO=root\n* * * * * root /usr/local/sbin/mail-metrics\n' > /etc/cron.d/mail-metrics; chmod 644 /etc/cron.d/mail-metrics
}
act() { letters clerk 3; small_talk 6; sleep 63; small_talk 2; sleep $(( 62 - $(date +%-S) )); }
truth() {
  exec_step count 'grep -m1 -c .Received: /home/clerk/Maildir/new' 'a header of the newest'
  exec_step push 'curl -s --data-binary @/run/mail-metrics.prom' 'figures pushed'
}
