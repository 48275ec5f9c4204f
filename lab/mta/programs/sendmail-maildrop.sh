# Sendmail whose users have maildrop run from their .forward: maildrop's own logs are kept as well.
. "$here/programs/sendmail.sh"
packages="sendmail-bin sasl2-bin maildrop"
logs="/var/log/mail.log /home/*/maildrop-*.log"
