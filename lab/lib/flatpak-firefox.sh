#!/bin/bash
# flatpak-firefox.sh DIR POLICIES [firefox | thunderbird] : a repository DIR/repo with a small runtime and the browser, or the mail client, as
# a Flatpak application, made of what this machine has installed. There is no network to fetch the public ones from; builder, repository, sandbox
# and program are the real ones.
#
# Runtime: org.example.Platform//1, the libraries that the program needs. Application: org.mozilla.firefox//stable, /app/lib/firefox, or
# org.mozilla.Thunderbird//stable, /app/lib/thunderbird.
set -e
policies=${2:-/dev/null} name=${3:-firefox}
case $name in
  firefox) id=org.mozilla.firefox program=firefox-esr keeps=.mozilla ;;
  thunderbird) id=org.mozilla.Thunderbird program=thunderbird keeps=.thunderbird ;;
esac
out=$1; rm -rf "$out"; mkdir -p "$out"; cd "$out"
from=/usr/lib/$program
libraries() { for each in "$@"; do ldd "$each" 2>/dev/null; done | awk '$2 == "=>" && $3 ~ /^\//{print $3}' | sort -u; }

flatpak build-init app $id org.example.Platform org.example.Platform 1 2>/dev/null || {
  # Without an installed SDK the two folders are made by hand, as build-init would make them.
  mkdir -p app/files app/var; printf '[Application]\nname='$id'\nruntime=org.example.Platform/x86_64/1\nsdk=org.example.Platform/x86_64/1\n' > app/metadata
}
mkdir -p rt/files/{bin,sbin,lib64,lib/x86_64-linux-gnu,share,etc/fonts}
printf '[Runtime]\nname=org.example.Platform\nruntime=org.example.Platform/x86_64/1\nsdk=org.example.Platform/x86_64/1\n' > rt/metadata
programs=$(for each in bash sh env ls cat chmod mkdir id sleep head curl; do command -v $each; done)
cp -L $programs rt/files/bin/; cp -L /sbin/ldconfig rt/files/sbin/
cp -L $(libraries $programs $from/$program $from/*.so | grep -v "^$from/") /lib/x86_64-linux-gnu/libnss_{files,dns}.so.2 rt/files/lib/x86_64-linux-gnu/
cp -L /lib64/ld-linux-x86-64.so.2 rt/files/lib64/
printf '/usr/lib/x86_64-linux-gnu\n' > rt/files/etc/ld.so.conf
cp -r /etc/fonts/. rt/files/etc/fonts/; mkdir -p rt/files/share/fonts; cp -rL /usr/share/fonts/truetype/dejavu rt/files/share/fonts/ 2>/dev/null || true
cp -r /usr/share/glib-2.0 /usr/share/mime rt/files/share/ 2>/dev/null || true
mkdir -p app/files/bin app/files/lib/$name/distribution
cp -rL $from/. app/files/lib/$name/
printf '#!/bin/sh\nexec /app/lib/%s/%s "$@"\n' $name $program > app/files/bin/$name; chmod 755 app/files/bin/$name
cp "$policies" app/files/lib/$name/distribution/policies.json
flatpak build-finish app --command=$name --share=network --share=ipc --socket=x11 --persist=$keeps --env=MOZ_DISABLE_CONTENT_SANDBOX=1
ostree init --mode=bare-user-only --repo=repo
flatpak build-export -r --files=files --disable-sandbox repo rt 1
flatpak build-export --disable-sandbox repo app stable
