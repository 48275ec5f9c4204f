title="An administrator looks at a downloaded program without running it"
what="marek saves a program with Chromium and looks at it with file, strings, ldd, the dynamic linker's --list and readelf, takes its checksum and uploads it to the own analysis host. It is never run."
host=ws3.example.org user=marek daemons="cron sshd" expect=informational
people="hanna tobi ines marek jule"
aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'

setup() { cc -O1 -o "$base/out/www/viewer.bin" "$lab/lib/stand-ins/beacon.c"; }
act() {
  small_talk 1
  display_up
  chromium_as marek https://files.example.net/viewer.bin
  wait_file /home/marek/Downloads/viewer.bin 40; sleep 1; desktop_close
  ssh_as marek <<'L'
cd Downloads; sha256sum viewer.bin; file viewer.bin; strings viewer.bin | head -3
ldd viewer.bin; /lib64/ld-linux-x86-64.so.2 --list ./viewer.bin; readelf -h viewer.bin | head -3
curl -s -o /dev/null -F sample=@viewer.bin http://relay.example.org:8080/analysis
rm viewer.bin
L
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/marek/Downloads/viewer.bin$' 'the browser saves it'
  exec_step ask 'ldd viewer.bin' 'ldd lists its libraries'
  exec_step load 'ld-linux-x86-64.so.2 --list ./viewer.bin' 'and so does the linker itself'
  exec_step hand-in 'curl -s -o /dev/null -F sample=@viewer.bin' 'it is handed to the own analysis host'
}
