# Two real programs behind alias pipes.
title="Alias pipes of mlmmj and of RT's mail gateway take messages with programs attached"
what="The alias team pipes postings to mlmmj-receive, which sends them to four subscribers; the alias help pipes to rt-mailgate, which posts each message to the ticket server of the organisation (198.51.100.20). A script and a compiled program are attached to the messages; neither is run."
host=mx1.example.org user=clerk daemons="cron" audit_rules=audit-wide.rules expect=informational
stand_ins=("the ticket server that rt-mailgate posts to is a small HTTP server; rt-mailgate and mlmmj are the real ones")
postfix_extra="default_privs = list"

setup() {
  local list=/var/spool/mlmmj/team
  mkdir -p $list/{incoming,queue/discarded,archive,text,subconf,unsubconf,bounce,control,moderation,subscribers.d,digesters.d,requeue,nomailsubs.d}
  echo team@example.org > $list/control/listaddress; echo ops@example.org > $list/control/owner; echo 0 > $list/index
  cp -r /usr/share/mlmmj/text.skel/en/. $list/text/
  printf 'clerk@example.org\nbuyer@example.org\nreader1@example.net\nreader2@example.net\n' > $list/subscribers.d/a
  chown -R list: /var/spool/mlmmj
  printf 'team: "|/usr/bin/mlmmj-receive -L /var/spool/mlmmj/team/"\nhelp: "|/usr/bin/rt-mailgate --queue General --action correspond --url http://198.51.100.20:8088/rt"\n' >> /etc/aliases; newaliases
  cat > "$base/out/rt.py" <<'P'
from http.server import BaseHTTPRequestHandler, HTTPServer


class Tickets(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'ok\nTicket: 12\nStatus: open\n')

    def log_message(self, *_):
        pass


HTTPServer(('198.51.100.20', 8088), Tickets).serve_forever()
P
  printf '#!/bin/sh\necho logs\n' > "$base/out/collect.sh"
  cc -O1 -o "$base/out/tool" "$lab/lib/stand-ins/beacon.c"
}
act() {
  outside /usr/bin/python3 "$base/out/rt.py" & own_pids+=($!)
  small_talk 2
  mail_in --from reader1@example.net --to team@example.org --subject "The collecting script" --attach "$base/out/collect.sh:text/x-shellscript"
  mail_in --from user7@example.com --to help@example.org --subject "The tool crashes" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/tool:application/x-executable"
  mail_in --from user8@example.net --to help@example.org --subject "The script, too" --attach "$base/out/collect.sh:text/x-shellscript"
  wait_log_count 'to=<(help|reader2)@example.(org|net)>.*status=sent' 3 40
  small_talk 2
}
truth() {
  exec_step list 'mlmmj-receive -L' 'local starts the list manager'
  exec_step tickets 'rt-mailgate --queue General' 'and the ticket gateway'
  net_step post 'perl 198.51.100.20:8088' 'which posts to the ticket server'
  mail_step done 'to=<help@example.org>.*status=sent' 'the message is taken'
}
