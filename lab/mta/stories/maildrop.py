"""Maildrop delivers: into files and folders, to commands, on to others; the log that a filter's `logfile` keeps."""
# hosts: mx1=sendmail-maildrop
# keep: src/decoders/maildrop/recordings/default
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

FILTER = r'''logfile "/home/USER/maildrop-USER.log"
DEFAULT="/var/mail/USER"
if (/^Subject:.*list/)
{
  to "/home/USER/mail/lists"
}
if (/^Subject:.*maildir/)
{
  to "/home/USER/mail/work"
}
if (/^Subject:.*forward/)
{
  to "! friend@example.net"
}
if (/^Subject:.*pipe/)
{
  to "| /usr/bin/sort -o /dev/null"
}
if (/^Subject:.*copy/)
{
  cc "/home/USER/mail/copies"
}
if (/^Subject:.*note/)
{
  log "File: /home/other  (1)"
}
if (/^Subject:.*fails/)
{
  to "| exit 75"
}
'''
for user in ('clerk', 'dev'):
    on('mx1', f'mkdir -p /home/{user}/mail; cd /home/{user}/mail; maildirmake work || mkdir -p work/new work/cur work/tmp', user=user)
    write('mx1', f'/home/{user}/.mailfilter', FILTER.replace('USER', user), owner=user, mode=0o600)
    write('mx1', f'/home/{user}/.forward', '"|exec /usr/bin/maildrop"\n', owner=user)

for user in ('clerk', 'dev'):
    for n, subject in enumerate(('hello', 'the list', 'maildir', 'forward me', 'pipe it', 'copy', 'a note', 'it fails', '')):
        smtp('mx1', f'friend{n}@example.net', [f'{user}@example.test'], source=f'203.0.113.{20 + n}', helo='host20.example.net', subject=subject)
        time.sleep(0.3)
    smtp('mx1', '', [f'{user}@example.test'], source='203.0.113.22', helo='host22.example.net', subject='list of bounces')
    smtp('mx1', 'x@example.net', [f'{user}@example.test'], source='203.0.113.29', helo='host29.example.net',
         subject='File: /var/mail/root  (999)')
time.sleep(3)
def held(path):
    full = root('mx1') + path
    if os.path.isdir(full):
        return sum(len(files) for _, _, files in os.walk(full))
    return len(mailbox.mbox(full, create=False)) if os.path.exists(full) else 0
folders = {path: held(path) for path in ('/var/mail/clerk', '/var/mail/dev', *(f'/home/{user}/mail/{each}' for user in ('clerk', 'dev') for each in ('lists', 'work', 'copies')))}
finish(['mx1'], folders=folders)
