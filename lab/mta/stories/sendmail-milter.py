"""Sendmail with a filter, at log level 14: every connection and every end is told, and what the filter made of each message."""
# hosts: mx1=sendmail-milter mx2=sendmail
# keep: src/decoders/sendmail/recordings/milter
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('sendmail -q; sendmail -Ac -q')
smtp('mx1', 'refuse@example.net', ['clerk@example.test'], source='203.0.113.60', helo='host60.example.net')
smtp('mx1', 'a@example.net', ['buyer+no@example.test', 'clerk@example.test'], source='203.0.113.61', helo='host61.example.net')
smtp('mx1', 'later@example.net', ['clerk@example.test'], source='203.0.113.62', helo='host62.example.net')
smtp('mx1', 'b@example.net', ['clerk@example.test'], source='203.0.113.63', helo='host63.example.net', headers=[('X-Test', 'worse')])
held = len(truth['smtp'])
smtp('mx1', 'discard@example.net', ['clerk@example.test'], source='203.0.113.64', helo='host64.example.net')
smtp('mx1', 'c@example.net', ['clerk@example.test'], source='203.0.113.65', helo='host65.example.net', headers=[('X-Test', 'bad')])
# What was taken and given to nobody.
kept = [truth['smtp'].pop() for _ in truth['smtp'][held:]]
time.sleep(3)
finish(['mx1', 'mx2'], kept=kept, queue={'mx1': on('mx1', 'mailq -qQ')[1].split('\n')})
