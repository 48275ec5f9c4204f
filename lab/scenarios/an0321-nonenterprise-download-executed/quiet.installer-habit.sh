# A developer who installs tools this way, again and again.
title="Developer updates tools with curl | sh, as on other days"
what="dev installs and updates a tool chain with its installer (curl ... | sh) on three days, each time after reading the tool's web page; the installer puts programs into ~/.toolchain and starts one, which reads its index from the same site. Recorded quickly; times spread by lib/shift_time.py."
host=ws3.example.org user=dev daemons="cron sshd" expect=informational
shift_plan="day1:1d day2:1d day3:20m"

setup() {
  mkdir -p "$base/out/www/tool"; echo '<p>documentation</p>' > "$base/out/www/tool/doc.html"
  printf 'mkdir -p ~/.toolchain\ncurl -s -o ~/.toolchain/index http://cdn.example.com/tool/doc.html\necho done\n' > "$base/out/www/tool/init"
}
act() {
  display_up
  local n
  for n in 1 2 3; do
    phase day$n
    small_talk 2
    ssh_run dev 'ls; sleep 0.5'
    [ $n = 3 ] && { firefox_visit dev http://cdn.example.com/tool/doc.html; }
    ssh_as dev <<'L'
curl -fsS http://cdn.example.com/tool/init | sh
L
  done
}
truth() {
  exec_step fetch 'curl -fsS http://cdn.example.com/tool/init' 'the installer is fetched'
  net_step index 'curl 203.0.113.81:80' 'from the maker'
}
