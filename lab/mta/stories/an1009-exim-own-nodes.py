"""Exim: the machines of the house report a failure to root

Three hundred and sixty reports in about a minute, from ninety machines of the own domain with private addresses that no name server knows, to root, which is ops."""
# hosts: mx1=exim
# keep: src/analytics/an1009-recipient-flooded/cases/quiet.exim-own-nodes
# case: AN1009 lookalike ops severityMax=informational
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from floods import *

everyday()
reports('root', 360)
done('ops')
