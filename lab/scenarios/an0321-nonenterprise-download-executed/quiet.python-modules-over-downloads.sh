title="Python's own modules and node over downloads: unpacked, looked at, served to a colleague"
what="dev saves export.zip and rates.json from a free webmail with Firefox, goes to ~/Downloads, unpacks with python3 -m zipfile, looks with python3 -m json.tool, node -p and perl, serves the folder with python3 -m http.server to a colleague (198.51.100.50), and runs the tests of the own project. The archive holds Python and shell files too, which nobody starts."
host=ws3.example.org user=dev daemons="cron sshd" expect=low
setup() {
  mkdir -p "$base/out/e/export/scripts"; printf '{"eur": 1.08, "chf": 0.95}\n' > "$base/out/www/rates.json"
  printf 'import os\nprint(os.getcwd())\n' > "$base/out/e/export/scripts/load.py"; printf '#!/bin/sh\necho load\n' > "$base/out/e/export/scripts/load.sh"; chmod 755 "$base/out/e/export/scripts/"*
  printf 'id,name\n1,a\n' > "$base/out/e/export/rows.csv"; (cd "$base/out/e" && zip -qr ../www/export.zip export)
  install -d -o dev /home/dev/src /home/dev/src/rates
  printf 'import json, unittest\nclass T(unittest.TestCase):\n    def test_rates(self):\n        self.assertIn("eur", json.load(open("/home/dev/Downloads/rates.json")))\n' > /home/dev/src/rates/test_rates.py; chown -R dev: /home/dev/src
}
act() {
  display_up; small_talk 2
  firefox_save dev http://webmail.example.com/export.zip export.zip
  firefox_save dev http://webmail.example.com/rates.json rates.json
  (sleep 22; outside curl -s --interface 198.51.100.50 "http://$host_ip:8085/export/rows.csv" >/dev/null) &
  console_as dev <<'L'
cd Downloads
python3 -m zipfile -l export.zip
python3 -m zipfile -e export.zip .
chmod -R u+rwX export
python3 -m json.tool rates.json
node -p 'JSON.parse(require("fs").readFileSync("rates.json")).eur'
perl -MJSON::PP -0777 -ne 'print join(",", sort keys %{decode_json($_)}), "\n"' rates.json
less -F export/scripts/load.sh | head -3
python3 -m py_compile export/scripts/load.py
%line timeout 25 python3 -m http.server 8085
%sleep 26
cd ~/src/rates
python3 -m unittest
L
  small_talk 1
}
truth() {
  file_step save 'firefox.* rename.*Downloads/export.zip' 'saved'
  exec_step unpack 'python3.* -m zipfile -e export.zip' 'unpacked'
  exec_step look 'python3.* -m json.tool rates.json' 'looked at'
  exec_step serve 'python3.* -m http.server 8085' 'served'
  exec_step test 'python3.* -m unittest' 'own tests'
}
