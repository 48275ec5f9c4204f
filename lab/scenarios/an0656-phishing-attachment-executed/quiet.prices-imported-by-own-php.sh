shop() {
  install -d -o dev -g dev /home/dev/shop /home/dev/shop/in
  cat > /home/dev/shop/import.php <<'P'
<?php
$n = 0; foreach (array_slice($argv, 1) as $f) { $h = fopen($f, 'r'); while (($r = fgetcsv($h, 0, ';')) !== false) { $n++; @$s += (float)$r[1]; } }
echo "$n rows, sum $s\n"; file_put_contents('/home/dev/shop/last-import.txt', date('c')." $n\n");
exec('curl -s -o /dev/null http://198.51.100.20/cache/flush');
P
  chown dev: /home/dev/shop/import.php
}
title="A supplier's price list is read by the shop's own importer"
what="Thunderbird saves preisliste-2027.zip of a supplier into ~/Downloads of dev. dev unpacks it in the shop's folder and gives the table to the own import.php, which tells the shop's cache on the own network. A picture script in the zip is looked at and not run. Only commands and writes at home are recorded; no list of accounts."
host=ws3.example.org user=dev daemons="cron dovecot sshd" audit_rules=audit-home.rules expect=informational
setup() {
  dovecot_config; shop
  mkdir -p "$base/out/z/tools"
  for i in 1 2 3 4; do echo "art$i;$i.90"; done > "$base/out/z/prices.csv"
  printf '#!/bin/sh\nconvert "$1" -resize 300 "$2"\n' > "$base/out/z/tools/thumbs.sh"
  (cd "$base/out/z" && zip -qr ../preisliste-2027.zip .)
}
act() {
  display_up; small_talk 1
  mail_in --from vertrieb@example.net --to dev@example.org --subject "Preisliste 2027" --source 203.0.113.44 --helo host44.example.net --attach "$base/out/preisliste-2027.zip:application/zip"
  wait_log 'from=<vertrieb@example.net>'; wait_mail dev 1; sleep 1
  thunderbird_save dev preisliste-2027.zip Downloads
  console_as dev <<'L'
cd shop
mkdir -p in/supplier && unzip -o ~/Downloads/preisliste-2027.zip -d in/supplier
head -2 in/supplier/prices.csv
php import.php in/supplier/prices.csv
cat in/supplier/tools/thumbs.sh
%sleep 1
cat last-import.txt
rm -r in/supplier/tools
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step save 'thunderbird.*/home/dev/Downloads/.*preisliste-2027.zip' 'saved'
  exec_step own 'php.* import.php in/supplier/prices.csv' 'read by the own importer'
}
