"""Exim with the log it keeps by default."""
# hosts: mx1=exim mx2=exim
# keep: src/decoders/exim/recordings/default
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('exim4 -qff')
smtp('mx1', 'virus@example.net', ['clerk@example.test'], source='203.0.113.60', helo='host60.example.net', headers=[('X-Test-Virus', 'yes')])
smtp('mx1', 'later@example.net', ['clerk@example.test'], source='203.0.113.60', helo='host60.example.net', headers=[('X-Test-Later', 'yes')])
os.remove(root('mx1') + '/home/intern/.forward')
for n in range(4):
    smtp('mx1', f'big{n}@example.net', ['intern@example.test'], source='203.0.113.61', helo='host61.example.net', attach=('photos.zip', 20_000))
write('mx1', '/etc/aliases', open(root('mx1') + '/etc/aliases').read() + 'nobody-cares: :blackhole:\nmade-up: :fail: no longer here\nfile-box: /var/mail/archive\n')
smtp('mx1', 'z@example.net', ['nobody-cares@example.test'], source='203.0.113.62', helo='host62.example.net')
flood('buyer')
settled('mx1', 'buyer', 60)
time.sleep(2)
code, ids = on('mx1', 'exiqgrep -i -f dev')
on('mx1', f'exim4 -Mrm {ids.split()[0]}') if ids.split() else None
time.sleep(1)
finish(['mx1', 'mx2'], queue={'mx1': on('mx1', 'exim4 -bp')[1].split('\n')})
