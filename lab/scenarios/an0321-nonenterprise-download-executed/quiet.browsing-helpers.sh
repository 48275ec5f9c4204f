# A browser at work starts dozens of helper processes.
title="Chromium browses: renderers, crash handler, xdg helpers"
what="The clerk reads two outside pages in Chromium for some seconds. The browser starts its zygotes, renderer, GPU and network processes, the crash handler and small shell helpers; a PDF is downloaded and not opened."
host=ws3.example.org user=clerk daemons="cron" expect=informational

setup() { mkdir -p "$base/out/www/news"; echo '<html><title>News</title><h1>News of today</h1><script>for (let i = 0; i < 1e5; i++);</script></html>' > "$base/out/www/news/index.html"; make_pdf "$base/out/www/news/menu.pdf" Menu; }
act() {
  small_talk 2
  display_up
  chromium_as clerk https://cdn.example.com/news/index.html
  sleep 8
  local first=$desktop_pid
  desktop_as clerk -- /usr/bin/xdg-settings get default-web-browser; desktop_wait
  chromium_as clerk https://cdn.example.com/news/menu.pdf
  sleep 6
  kill "$desktop_pid" "$first" 2>/dev/null
  sleep 2
  small_talk 1
}
truth() {
  exec_step start 'chromium .*cdn.example.com/news/index.html' 'the browser starts'
  exec_step helpers 'chromium --type=(renderer|zygote|gpu-process)' 'and its helpers'
  net_step visit 'chromium.* 203.0.113.81:443' 'it reads a page outside'
}
