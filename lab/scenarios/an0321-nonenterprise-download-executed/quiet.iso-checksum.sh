# A system image is downloaded and checked.
title="System image downloaded, checked with sha256sum"
what="ops downloads an ISO image and its checksum file with Firefox, checks it with sha256sum -c, lists it with isoinfo and writes it into a file as one would write it to a stick. Nothing in it runs."
host=ws3.example.org user=ops daemons="cron" expect=informational audit_format=RAW

setup() {
  mkdir -p "$base/out/iso/boot"; head -c 400000 /dev/urandom > "$base/out/iso/boot/kernel"; printf '#!/bin/sh\necho boot\n' > "$base/out/iso/install.sh"
  genisoimage -quiet -R -o "$base/out/www/netinst-amd64.iso" "$base/out/iso" 2>/dev/null
  (cd "$base/out/www" && sha256sum netinst-amd64.iso > SHA256SUMS)
}
act() {
  display_up
  small_talk 2
  firefox_save ops http://cdn.example.com/netinst-amd64.iso netinst-amd64.iso
  firefox_save ops http://cdn.example.com/SHA256SUMS SHA256SUMS
  console_as ops <<'L'
cd Downloads
sha256sum -c SHA256SUMS
isoinfo -R -l -i netinst-amd64.iso | head
dd if=netinst-amd64.iso of=/var/tmp/stick.img bs=1M
rm /var/tmp/stick.img
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/ops/Downloads/netinst-amd64.iso' 'the image is saved'
  exec_step check 'sha256sum -c SHA256SUMS' 'and checked'
}
