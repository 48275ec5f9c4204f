"""Exim and Dovecot LMTP: two hundred strangers, each message told in two logs

Two hundred senders, each with a confirmation of its own, write to buyer; Exim hands each message to Dovecot by LMTP, and both tell of it."""
# hosts: mx1=exim-dovecot
# keep: src/analytics/an1009-recipient-flooded/cases/fires.exim-dovecot-lmtp
# case: AN1009 attack buyer severityMin=medium
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
strangers(lambda n: 'buyer@example.test', 200)
done('buyer')
