"""OpenSMTPD: two hundred strangers write to the many addresses of one mailbox

Two hundred senders, each with a confirmation of its own, write to clerk under addresses with a tag and under an alias."""
# hosts: mx1=opensmtpd
# keep: src/analytics/an1009-recipient-flooded/cases/fires.opensmtpd-plus-addresses
# case: AN1009 attack clerk severityMin=medium
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
strangers(lambda n: ('clerk@example.test', f'clerk+shop{n}@example.test', 'office@example.test')[n % 3], 200)
done('clerk')
