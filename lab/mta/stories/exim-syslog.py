"""Exim through syslog."""
# hosts: mx1=exim-syslog mx2=exim
# keep: src/decoders/exim/recordings/syslog
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('exim4 -qff')
finish(['mx1', 'mx2'], queue={'mx1': on('mx1', 'exim4 -bp')[1].split('\n')})
