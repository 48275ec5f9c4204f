"""OpenSMTPD with the log it keeps by default."""
# hosts: mx1=opensmtpd mx2=opensmtpd
# keep: src/decoders/opensmtpd/recordings/default
import os, sys
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ordinary import *

ordinary('smtpctl schedule all', auth=False)
flood('buyer')
settled('mx1', 'buyer', 60)
time.sleep(2)
finish(['mx1', 'mx2'], queue={'mx1': on('mx1', 'smtpctl show queue')[1].split('\n')})
