# The browser asks the desktop about itself, and hands an address to it.
title="Chromium asks xdg-settings and xdg-mime, sets itself as the default browser"
what="buyer starts Chromium with --make-default-browser: under the browser xdg-settings and xdg-mime run, shell scripts that start dozens of small tools and write ~/.config/mimeapps.list. Later it looks at a page, and a script of the page's hands a mailto address to xdg-open. Nothing is downloaded but a PDF."
host=ws3.example.org user=buyer daemons="cron" expect=informational

setup() { mkdir -p "$base/out/www/doc"; make_pdf "$base/out/www/doc/offer.pdf" Offer; echo '<html><title>Page</title><a href="/doc/offer.pdf">offer</a></html>' > "$base/out/www/doc/index.html"; }
act() {
  small_talk 2
  display_up
  desktop_as buyer -- /usr/bin/chromium --no-sandbox --disable-gpu --no-first-run --make-default-browser --disable-background-networking --disable-component-update --disable-sync --password-store=basic
  wait_for 15 grep -qs chromium /home/buyer/.config/mimeapps.list || note "no default browser was set"
  sleep 2; desktop_close
  chromium_as buyer https://files.example.net/doc/index.html
  sleep 6
  local first=$desktop_pid
  desktop_as buyer -- /usr/bin/xdg-mime query default x-scheme-handler/https; desktop_wait
  chromium_as buyer https://files.example.net/doc/offer.pdf
  sleep 4
  kill "$desktop_pid" "$first" 2>/dev/null
  sleep 1
}
truth() {
  exec_step start 'chromium .*--make-default-browser' 'the browser starts'
  exec_step settings 'xdg-settings set default-web-browser' 'it asks the desktop'
  exec_step mime 'xdg-mime ' 'and the desktop its table of types'
  exec_step browse 'chromium .*offer.pdf' 'then somebody reads'
}
