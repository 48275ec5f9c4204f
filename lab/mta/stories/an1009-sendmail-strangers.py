"""Sendmail: two hundred strangers write to one mailbox, once each

Two hundred senders, each with a confirmation of its own, write to buyer from 120 addresses in less than a minute; others get what they always get."""
# hosts: mx1=sendmail
# keep: src/analytics/an1009-recipient-flooded/cases/fires.sendmail-strangers
# case: AN1009 attack buyer severityMin=medium
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
strangers(lambda n: 'buyer@example.test', 200)
done('buyer')
