title="Settings downloaded from the enterprise's own portal and sourced"
what="ops opens the organisation's own cloud portal (backup.example.org, 198.51.100.30) in Chromium, downloads demo-openrc.sh as one does, sources it and asks the portal's API with curl. Before, ops looked at a page of a private webmail in the same browser."
host=ws3.example.org user=ops daemons="cron" expect=informational
setup() {
  mkdir -p "$base/out/www/project" "$base/out/www/v3"
  printf '#!/usr/bin/env bash\nexport OS_AUTH_URL=https://backup.example.org/v3\nexport OS_PROJECT_NAME=demo\nexport OS_USERNAME=ops\nexport OS_REGION_NAME=one\n' > "$base/out/www/project/demo-openrc.sh"
  printf '<html>inbox empty</html>' > "$base/out/www/inbox.html"
}
act() {
  small_talk 2
  display_up
  chromium_as ops https://webmail.example.com/inbox.html; sleep 6; desktop_close
  chromium_as ops https://backup.example.org/project/demo-openrc.sh
  wait_file /home/ops/Downloads/demo-openrc.sh 40; sleep 3
  console_as ops <<'L'
cat Downloads/demo-openrc.sh
. Downloads/demo-openrc.sh
echo $OS_AUTH_URL
curl -sk -X POST -d '{}' $OS_AUTH_URL/auth/tokens
curl -sk $OS_AUTH_URL/servers
L
  desktop_close
}
truth() {
  net_step portal 'chromium.* 198.51.100.30:443' 'the own portal'
  file_step save 'chromium.* (rename|link) .*CREATE /home/ops/Downloads/demo-openrc.sh$' 'settings saved'
  file_step source 'bash open(at)?:read NORMAL .*Downloads/demo-openrc.sh' 'sourced'
  net_step api 'curl 198.51.100.30:443' 'the own portal is asked'
}
