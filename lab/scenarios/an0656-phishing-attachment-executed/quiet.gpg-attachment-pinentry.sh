# An encrypted attachment is decrypted and read.
title="Encrypted attachment decrypted with gpg and pinentry, then read"
what="The buyer takes prices.csv.gpg out of a message with munpack and decrypts it with gpg, which starts gpg-agent and asks for the passphrase through pinentry on the terminal. The table is read with awk, the text of a PDF with pdftotext."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  printf 'item,price\nbolt,12\nnut,3\n' > "$base/out/prices.csv"
  mkdir -m 700 "$base/out/gnupg"
  GNUPGHOME="$base/out/gnupg" gpg --batch --quiet --pinentry-mode loopback --passphrase lab-only -c -o "$base/out/prices.csv.gpg" "$base/out/prices.csv"
  GNUPGHOME="$base/out/gnupg" gpgconf --kill all
  make_pdf "$base/out/offer.pdf" "Offer"
  echo 'export GPG_TTY=$(tty)' >> /home/buyer/.profile
}
act() {
  small_talk 2
  mail_in --from sales@example.com --to buyer@example.org --subject "Prices, as agreed encrypted" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/prices.csv.gpg:application/pgp-encrypted" --attach "$base/out/offer.pdf:application/pdf"
  wait_log 'from=<sales@example.com>'; wait_mail buyer 1
  ssh_as buyer <<'L'
mkdir prices; cp $(grep -l 'as agreed' Maildir/new/*) prices/m; cd prices
munpack m; export GPG_TTY=$(tty)
%line gpg -o prices.csv -d prices.csv.gpg
%sleep 4
%keys lab-only\r
%sleep 3
awk -F, '{ s += $2 } END { print s }' prices.csv
pdftotext offer.pdf - | head -3
gpgconf --kill all
L
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  file_step part 'munpack (openat|open):write CREATE .*prices.csv.gpg' 'the attachment is written'
  exec_step decrypt 'gpg -o prices.csv -d' 'gpg decrypts it'
  exec_step ask 'pinentry' 'after asking for the passphrase'
  file_step plain 'gpg open(at)?:write CREATE .*prices.csv' 'the table appears'
  exec_step read 'awk -F,' 'and is read'
}
