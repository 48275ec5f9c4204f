"""Exim that logs all it can: subjects, recipients, milliseconds, process ids, a zone."""
# hosts: mx1=exim-verbose mx2=exim-verbose
# keep: src/decoders/exim/recordings/verbose
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('exim4 -qff')
visit('mx1', '203.0.113.74', ['EHLO scanner', 'AUTH PLAIN AGRldgB3cm9uZw=='])
visit('mx1', '203.0.113.75', ['EHLO scanner', 'MAIL FROM:<a@example.net>', 'RCPT TO:<clerk@example.test>', 'DATA', 'Subject: cut off'], leave='gone')
finish(['mx1', 'mx2'], queue={'mx1': on('mx1', 'exim4 -bp')[1].split('\n')})
