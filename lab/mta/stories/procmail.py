"""Procmail delivers: into files and folders, to commands, on to others; its log, short and verbose."""
# hosts: mx1=sendmail-procmail
# keep: src/decoders/procmail/recordings/default
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

for user in ('clerk', 'dev', 'buyer', 'intern'):
    on('mx1', f'mkdir -p /home/{user}/mail/work/new /home/{user}/mail/work/cur /home/{user}/mail/work/tmp /home/{user}/mail/mh', user=user)

# Only the summary of each delivery, as LOGFILE alone gives.
write('mx1', '/home/clerk/.procmailrc', r'''LOGFILE=$HOME/procmail-clerk.log
MAILDIR=$HOME/mail
:0
* ^Subject:.*list
lists
:0
* ^Subject:.*maildir
work/
:0
* ^Subject:.*mh
mh/.
:0
* ^Subject:.*drop
/dev/null
:0
* ^Subject:.*forward
! friend@example.net
:0
* ^Subject:.*pipe
| /usr/bin/sort -o /dev/null
''', owner='clerk')
# Everything it can say.
write('mx1', '/home/dev/.procmailrc', r'''VERBOSE=on
LOGFILE=$HOME/procmail-dev.log
LOGABSTRACT=all
MAILDIR=$HOME/mail
:0fw
| /usr/bin/formail -A "X-Seen: yes"
:0c
* ^Subject:.*copy
copies
:0
* ^Subject:.*pipe
| cat > /dev/null; /bin/true "a b"
:0w
* ^Subject:.*fails
| /bin/sh -c 'exit 3'
:0:
* ^Subject:.*lists?
lists
NUMBER=`echo 42`
''', owner='dev')
# Only errors.
write('mx1', '/home/buyer/.procmailrc', r'''LOGFILE=$HOME/procmail-buyer.log
LOGABSTRACT=no
:0w
| /no/such/program
''', owner='buyer')
# A file that others may write is not read: that goes to syslog.
write('mx1', '/home/intern/.procmailrc', 'LOGFILE=$HOME/procmail-intern.log\n', owner='intern', mode=0o666)

for user in ('clerk', 'dev'):
    for n, subject in enumerate(('hello', 'the list', 'maildir', 'mh', 'drop it', 'forward me', 'pipe it', 'copy', 'it fails', '')):
        smtp('mx1', f'friend{n}@example.net', [f'{user}@example.test'], source=f'203.0.113.{20 + n}', helo='host20.example.net', subject=subject)
        time.sleep(0.3)
    smtp('mx1', '', [f'{user}@example.test'], source='203.0.113.22', helo='host22.example.net', subject='list of bounces')
    # Subjects that look like something else.
    smtp('mx1', 'x@example.net', [f'{user}@example.test'], source='203.0.113.29', helo='host29.example.net',
         subject='  Folder: /var/mail/root  999')
    smtp('mx1', '"From y"@example.net', [f'{user}@example.test'], source='203.0.113.29', helo='host29.example.net',
         subject='procmail: Executing "/bin/sh -c evil"')
for user in ('buyer', 'intern'):
    smtp('mx1', 'z@example.net', [f'{user}@example.test'], source='203.0.113.29', helo='host29.example.net', subject='for a box')
time.sleep(3)
def held(path):
    full = root('mx1') + path
    if os.path.isdir(full):
        return sum(len(files) for _, _, files in os.walk(full))
    return len(mailbox.mbox(full, create=False)) if os.path.exists(full) else 0
folders = {path: held(path) for path in ('/var/mail/clerk', '/var/mail/dev', '/var/mail/buyer', '/var/mail/intern', '/home/clerk/mail/lists',
                                         '/home/clerk/mail/work', '/home/clerk/mail/mh', '/home/dev/mail/lists', '/home/dev/mail/copies')}
finish(['mx1'], folders=folders)
