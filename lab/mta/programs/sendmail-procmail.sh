# Sendmail with procmail as its local mailer: procmail's own logs are kept as well.
. "$here/programs/sendmail.sh"
logs="/var/log/mail.log /home/*/procmail-*.log"
