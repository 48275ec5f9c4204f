"""
Moves the nights of a recorded case a day apart, each whole; the last one stays. A scenario marks where a night begins with
`logger -t nightmark`; the marks are taken out. For stories in which what a program says to the MTA must stay together.
"""
import datetime
import gzip
import re
import sys

folder = sys.argv[1]
DAY = 86400


def lines(name):
    with gzip.open(f'{folder}/{name}.gz', 'rt', errors='surrogateescape') as file:
        # Not splitlines(): the kernel's enriched records hold a group separator, which that takes for the end of a line.
        return file.read().rstrip('\n').split('\n')


def write(name, moved):
    with gzip.open(f'{folder}/{name}.gz', 'wt', errors='surrogateescape') as file:
        file.writelines(line + '\n' for line in moved)


def stamp(line):
    return datetime.datetime.fromisoformat(line.split(' ', 1)[0]).timestamp()


said = lines('syslog')
marks = [stamp(line) for line in said if 'nightmark' in line]


def shift(time):
    night = max(1, sum(mark <= time for mark in marks))
    return -DAY * (len(marks) - night)


def of_syslog(line):
    first, rest = line.split(' ', 1)
    time = datetime.datetime.fromisoformat(first)
    moved = time + datetime.timedelta(seconds=shift(time.timestamp()))
    return f"{moved.isoformat(timespec='microseconds')} {rest}"


def of_audit(line):
    def moved(found):
        seconds, parts = found.groups()
        return f'audit({int(seconds) + shift(float(f"{seconds}.{parts}"))}.{parts}'

    return re.sub(r'audit\((\d+)\.(\d+)', moved, line)


write('mail.log', map(of_syslog, lines('mail.log')))
write('audit.log', [of_audit(line) for line in lines('audit.log') if 'nightmark' not in line])
write('syslog', [of_syslog(line) for line in said if 'nightmark' not in line])
