title='Connections that postscreen turns away'
what='330 connections from 20 addresses speak before they are greeted, ask for desk@example.org, are refused and leave; then one message from a client that waits, and that postscreen lets through.'
host=mx1.example.org keep='smtp flow'
prepare() {
  cp "$here/main.cf" "$root/etc/postfix/main.cf"
  printf 'postscreen_greet_wait = 1s\npostscreen_greet_action = enforce\npostscreen_pre_queue_limit = 400\n' >> "$root/etc/postfix/main.cf"
  cp "$root/etc/postfix/master.cf" "$work/master.cf"
  sed -i 's/^smtp      inet .*/smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd\ntlsproxy unix - - n - 0 tlsproxy/' "$root/etc/postfix/master.cf"
  : > "$root/etc/aliases"; : > "$work/mail.log"; rm -f "$root"/var/mail/* "$root"/var/lib/postfix/postscreen_cache*
  in_root newaliases
  in_root id desk >/dev/null 2>&1 || in_root useradd -m desk
  in_root postfix start; sleep 1.5
  cat > "$work/knock.py" <<'P'
import json, smtplib, socket, threading, time
done = {'turned away': 0, 'delivered': 0}
lock = threading.Lock()


def knock(client, times):
    for number in range(times):
        sock = socket.create_connection(('198.51.100.10', 25), 20, source_address=(f'203.0.113.{100 + client}', 0))
        sock.sendall(f'EHLO host{client}.example.net\r\n'.encode())
        said = sock.makefile('rb')
        while said.readline()[3:4] == b'-':
            pass
        for line in (f'MAIL FROM:<n{client}.{number}@example.net>', 'RCPT TO:<desk@example.org>', 'QUIT'):
            sock.sendall(line.encode() + b'\r\n')
            answer = said.readline()
            while answer[3:4] == b'-':
                answer = said.readline()
        sock.close()
        with lock:
            done['turned away'] += 1


threads = [threading.Thread(target=knock, args=(client, 17 if client < 10 else 16)) for client in range(20)]
for each in threads:
    each.start()
for each in threads:
    each.join()
time.sleep(1)
with smtplib.SMTP('198.51.100.10', 25, local_hostname='host77.example.net', source_address=('203.0.113.77', 0), timeout=30) as client:
    client.sendmail('a@example.net', 'desk@example.org', 'Message-ID: <1.knock@example.net>\r\n\r\nhello\r\n')
    done['delivered'] += 1
json.dump(done, open('/scene/done.json', 'w'))
P
}
act() { timeout 150 nsenter -t "$outer" -n chroot "$root" python3 /scene/knock.py; sleep 2; }
finish() { in_root postfix stop; sleep 1; cp "$root/var/log/mail.log" "$work/mail.log"; rm -f "$root/var/log/mail.log"; cp "$work/master.cf" "$root/etc/postfix/master.cf"; }
