"""A mail filter over libmilter that refuses, puts off, drops and quarantines by plain words, so that Sendmail tells of it.

  filter.py SOCKET
"""
import sys
import Milter


class Filter(Milter.Base):
    def __init__(self):
        self.id = Milter.uniqueID()
        self.word = ''

    def envfrom(self, path, *_):
        self.word = ''
        if 'refuse@' in path:
            self.setreply('550', '5.7.1', "refused by the sender's name")
            return Milter.REJECT
        if 'later@' in path:
            self.setreply('451', '4.7.1', 'come back later')
            return Milter.TEMPFAIL
        return Milter.DISCARD if 'discard@' in path else Milter.CONTINUE

    def envrcpt(self, path, *_):
        if '+no@' in path:
            self.setreply('550', '5.7.1', 'refused by the recipient')
            return Milter.REJECT
        return Milter.CONTINUE

    def header(self, name, value):
        if name == 'X-Test':
            self.word = value
        return Milter.CONTINUE

    def eom(self):
        self.addheader('X-Checked', 'yes, secret-header-text')
        if self.word == 'worse':
            self.setreply('554', '5.7.1', 'refused by its content')
            return Milter.REJECT
        if self.word == 'bad':
            self.quarantine('looks bad, stat=Sent')
        return Milter.CONTINUE


Milter.factory = Filter
Milter.set_flags(Milter.ADDHDRS + Milter.QUARANTINE)
Milter.runmilter('lab', sys.argv[1], 60)
