"""Sendmail: the bounces of a user's own newsletter

clerk sends eighty messages, each to one reader and to one who is gone; eighty notifications come back to clerk in a minute."""
# hosts: mx1=sendmail
# keep: src/analytics/an1009-recipient-flooded/cases/quiet.sendmail-newsletter-bounces
# case: AN1009 lookalike clerk severityMax=informational
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
newsletter('clerk', 80)
done('clerk')
