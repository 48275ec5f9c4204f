# A developer's tools come from their makers, by installer and into an environment of their own.
title="Tool installed into ~/.local/bin by its maker's installer, a virtual environment made beside it"
what="dev runs the installer of a tool from its maker's site (curl | sh), which puts one program into ~/.local/bin; makes a Python virtual environment and reads a table fetched with wget in it. No browser, mail or chat service had a part in it."
host=ws3.example.org user=dev daemons="cron" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p "$base/out/www/dl"
  printf '#!/bin/sh\nset -e\nmkdir -p "$HOME/.local/bin"\ncurl -fsSL -o "$HOME/.local/bin/toolx" http://cdn.example.com/dl/toolx\nchmod +x "$HOME/.local/bin/toolx"\necho done\n' > "$base/out/www/dl/install.sh"
  printf '#!/bin/sh\necho toolx 1.2\n' > "$base/out/www/dl/toolx"; printf 'a,b\n1,2\n' > "$base/out/www/dl/table.csv"
}
act() {
  small_talk 2
  console_as dev <<'L'
curl -fsSL http://cdn.example.com/dl/install.sh | sh
~/.local/bin/toolx --version
mkdir -p work; cd work
python3 -m venv --without-pip v
v/bin/python -c 'print(1)'
wget -q http://cdn.example.com/dl/table.csv
v/bin/python -c 'import csv; print(list(csv.reader(open("table.csv"))))'
L
  small_talk 1
}
truth() {
  exec_step fetch 'curl -fsSL http://cdn.example.com/dl/install.sh' 'the installer is fetched'
  exec_step install 'chmod .*toolx' 'it puts a program in its place'
  exec_step run 'toolx --version' 'which runs'
  exec_step environment 'python3\S* -m venv --without-pip v' 'an environment is made'
  exec_step read 'v/bin/python -c import csv' 'a table is read in it'
}
