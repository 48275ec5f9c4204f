# A portable application, used every day since it was downloaded long ago.
title="Portable application that has been here for long runs every day"
what="dev keeps drawtool.AppImage in ~/Applications, downloaded and made executable before the evidence begins. It is started on each of six days and asks its maker's server for news. Recorded quickly; times spread by lib/shift_time.py."
host=ws3.example.org user=dev daemons="cron" expect=informational
shift_plan="day1:1d day2:1d day3:1d day4:1d day5:1d last:10m"

setup() { cc -O1 -o "$base/out/www/drawtool.AppImage" "$lab/lib/stand-ins/beacon.c"; }
act() {
  display_up
  small_talk 2
  firefox_save dev http://cdn.example.com/drawtool.AppImage drawtool.AppImage
  console_as dev <<'L'
mkdir Applications; mv Downloads/drawtool.AppImage Applications/
chmod +x Applications/drawtool.AppImage
Applications/drawtool.AppImage 203.0.113.81 8443
L
  local n
  for n in 1 2 3 4 5; do
    phase day$n
    small_talk 3
    desktop_as dev -- /home/dev/Applications/drawtool.AppImage 203.0.113.81 8443; desktop_wait
  done
  phase last
  small_talk 2
}
truth() {
  exec_step start 'drawtool.AppImage 203.0.113.81' 'the application is started'
  net_step news '203.0.113.81:8443' 'it asks its maker for news'
}
