# Careful people open downloads in a box: the wrappers start everything themselves.
title="Downloads opened under bubblewrap and firejail; the browser in firejail"
what="buyer starts Chromium under firejail, which saves a PDF and a text file; the PDF is read by pdftotext under bwrap with nothing but /usr and the one file, the text by less under firejail without a network. An installed tool is run under bwrap with the Downloads folder bound in. Nothing downloaded is executed."
host=ws3.example.org user=buyer daemons="cron sshd" expect=informational

setup() {
  mkdir -p "$base/out/www/doc"; make_pdf "$base/out/www/doc/offer.pdf" Offer
  mkdir -p /etc/chromium/policies/managed
  echo '{"DownloadRestrictions": 0, "HttpsUpgradesEnabled": false, "AlwaysOpenPdfExternally": true, "SafeBrowsingProtectionLevel": 0}' > /etc/chromium/policies/managed/desk.json
}
act() {
  small_talk 2
  display_up
  desktop_as buyer -- /usr/bin/firejail --noprofile --quiet /usr/bin/chromium --no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-background-networking --disable-component-update --disable-sync --disable-quic \
    --ignore-certificate-errors --password-store=basic --disable-features=InsecureDownloadWarnings,HttpsUpgrades,OptimizationHints,MediaRouter https://files.example.net/doc/offer.pdf
  wait_file /home/buyer/Downloads/offer.pdf 40
  sleep 2
  desktop_close
  console_as buyer <<'L'
bwrap --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin --proc /proc --dev /dev --ro-bind Downloads/offer.pdf /offer.pdf --unshare-all pdftotext /offer.pdf - | head -3
firejail --noprofile --quiet --net=none pdfinfo Downloads/offer.pdf | cat
bwrap --ro-bind / / --dev /dev --proc /proc --bind Downloads Downloads --chdir Downloads --unshare-net sha256sum offer.pdf
L
  small_talk 1
}
truth() {
  exec_step browser 'firejail .*chromium' 'the browser runs in firejail'
  file_step save 'chromium.* (rename|link) .*CREATE .*/Downloads/offer.pdf$' 'a document is saved'
  exec_step boxed 'bwrap .*pdftotext /offer.pdf' 'it is read in a box'
  exec_step boxed-too 'firejail .*pdfinfo' 'and in another'
}
