# A launcher fetches programs into the home and runs them: that is what it is for.
title="Games launcher installs a game into its library and starts it, twice"
what="intern starts the games launcher of the system; it fetches a game from its vendor into ~/.local/share/launcher, makes it executable and starts it, and the game connects to its server. On the next start the game is there and is started at once."
host=ws3.example.org user=intern daemons="cron" expect=low
stand_ins=("/usr/games/launcher is a program of the laboratory that behaves like a games launcher")

setup() { compile launcher /usr/games/launcher; mkdir -p "$base/out/www/games"; cc -O1 -o "$base/out/www/games/hills" "$lab/lib/stand-ins/beacon.c"; }
act() {
  small_talk 2
  desktop_as intern -- /usr/games/launcher; desktop_wait
  sleep 3
  desktop_as intern -- /usr/games/launcher; desktop_wait
  small_talk 1
}
truth() {
  exec_step start '/usr/games/launcher' 'the launcher starts'
  net_step fetch 'launcher 203.0.113.81:80' 'and fetches a game'
  exec_step play 'hills.x86_64' 'which runs'
  net_step server 'hills.x86_64 203.0.113.82:8443' 'and joins its server'
}
