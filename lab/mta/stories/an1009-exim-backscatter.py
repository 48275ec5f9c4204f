"""Exim: backscatter for mail that was never sent

Two hundred notifications with the null sender arrive for buyer, who sent nothing, from 120 addresses in less than a minute."""
# hosts: mx1=exim
# keep: src/analytics/an1009-recipient-flooded/cases/fires.exim-backscatter
# case: AN1009 attack buyer severityMin=medium
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
backscatter('buyer', 200)
done('buyer')
