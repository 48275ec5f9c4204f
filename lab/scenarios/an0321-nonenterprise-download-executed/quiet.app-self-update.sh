# An application under the home directory updates itself, as it has always done.
title="Installed application in the home directory updates itself"
what="A toolbox application that dev installed long ago in ~/.local/share/toolbox downloads its next version from its vendor, puts it beside the old one, switches a symbolic link and starts it. The process that writes the program is the application, not a browser or a messenger."
host=ws3.example.org user=dev daemons="cron" expect=low
stand_ins=("~/.local/share/toolbox/toolbox is a program of the laboratory that behaves like a self-updating toolbox application")

setup() {
  local home=/home/dev/.local/share/toolbox
  mkdir -p "$home/2.3/bin" "$base/out/www/toolbox"
  cc -O1 -o "$home/2.3/bin/toolbox" "$lab/lib/stand-ins/updater.c"
  cc -O1 -DNEXT -o "$base/out/www/toolbox/2.4" "$lab/lib/stand-ins/updater.c"
  ln -s 2.3/bin/toolbox "$home/toolbox"; chown -R dev: /home/dev/.local
}
act() {
  small_talk 2
  desktop_as dev -- /home/dev/.local/share/toolbox/toolbox; desktop_wait
  sleep 2
  desktop_as dev -- /home/dev/.local/share/toolbox/toolbox; desktop_wait
  small_talk 1
}
truth() {
  exec_step start 'toolbox/toolbox' 'the application starts'
  net_step fetch 'toolbox 203.0.113.81:80' 'asks its vendor'
  file_step write 'toolbox rename .*CREATE /home/dev/.local/share/toolbox/2.4/bin/toolbox' 'and writes its next version'
  file_step switch 'toolbox rename .*CREATE /home/dev/.local/share/toolbox/toolbox$' 'switches to it'
}
