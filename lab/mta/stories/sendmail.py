"""Sendmail with its submission queue: the same message is two messages on one host."""
# hosts: mx1=sendmail mx2=sendmail
# keep: src/decoders/sendmail/recordings/default
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('sendmail -q; sendmail -Ac -q')
smtp('mx1', 'blocked@example.net', ['clerk@example.test'], source='203.0.113.60', helo='host60.example.net')
visit('mx1', '203.0.113.66', ['EHLO host66.example.net'])
visit('mx1', '203.0.113.74', ['EHLO scanner', 'AUTH PLAIN AGRldgB3cm9uZw=='])
flood('buyer')
settled('mx1', 'buyer', 60)
time.sleep(2)
finish(['mx1', 'mx2'], queue={'mx1': on('mx1', 'mailq')[1].split('\n')})
