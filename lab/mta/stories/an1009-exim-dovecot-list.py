"""Exim and Dovecot LMTP: a newsletter for everybody

Eighty issues of one newsletter for five people each: 400 deliveries in a minute, each told by Exim and by Dovecot."""
# hosts: mx1=exim-dovecot
# keep: src/analytics/an1009-recipient-flooded/cases/quiet.exim-dovecot-newsletter
# case: AN1009 lookalike buyer severityMax=informational
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
list_mail(80)
done('buyer')
