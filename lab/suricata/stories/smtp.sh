title='Mail out of a host, in every way it goes'
what='One message with an attachment; two in one connection; STARTTLS; a refused recipient; a connection that ends after EHLO; one that is refused; a large message.'
prepare() { seq 1 400 > "$work/plan.csv"; seq 1 30000 > "$work/large.csv"; }
act() {
  in_root swaks --server 203.0.113.25 --helo ws3.example.org --from clerk@example.org --to desk@example.com --header 'Subject: plan' --attach-type text/csv --attach-name plan.csv --attach @/scene/plan.csv
  in_root python3 - <<'P'
import smtplib
from email.message import EmailMessage
with smtplib.SMTP('203.0.113.10', 25) as client:
    for box in ('one@example.net', 'two@example.net'):
        message = EmailMessage()
        message['From'], message['To'], message['Subject'], message['Message-ID'] = 'clerk@example.org', box, 'secret words', f'<{box[:3]}.7@ws3.example.org>'
        message['X-Mailer'] = 'worker 3'
        message.set_content('secret words')
        for name in ('a.zip', 'b.pdf'):
            message.add_attachment(box.encode() * 40, maintype='application', subtype=name[2:], filename=name)
        client.send_message(message, to_addrs=[box, 'copy@example.net'])
P
  in_root swaks --server 203.0.113.10 --tls --helo ws3.example.org --from clerk@example.org --to desk@example.net --attach @/scene/plan.csv
  in_root swaks --server 203.0.113.10 --helo ws3.example.org --from clerk@example.org --to unknown@example.net
  in_root swaks --server 203.0.113.10 --helo ws3.example.org --quit-after EHLO
  in_root swaks --server 203.0.113.10:26 --helo ws3.example.org --from clerk@example.org --to desk@example.net
  in_root swaks --server 203.0.113.25:587 --helo ws3.example.org --from clerk@example.org --to desk@example.com --attach-name large.csv --attach @/scene/large.csv
  true
}
finish() { :; }
