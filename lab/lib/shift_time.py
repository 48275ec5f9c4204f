"""Spreads a quick recording over hours or days: one monotone function of time for mail log, syslog and audit log alike.

A scenario marks phases while it is recorded (phase NAME) and names a length for each (shift_plan="usual:4d flood:5h").
Breakpoints are the starts of phases and of SMTP sessions. The gaps between breakpoints are made unequal, but
reproducible, until a phase has its length; what happens between two breakpoints keeps its offsets. The last line keeps
its time, everything before moves into the past. delay= and the queue part of delays= grow by what their message waited
longer. Identifiers (queue ids, message ids, names of Maildir files, event serials) stay as recorded.
"""
import bisect
import datetime
import hashlib
import re

UNITS = {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}
ISO = re.compile(r'^(\d{4}-\d\d-\d\dT\S+) ')
QUEUE = re.compile(r'postfix/\S+\[\d+\]: ([0-9A-F]{6,}|[0-9B-Zb-z]{12,}): ')
DELAY = re.compile(r'delay=([\d.]+), delays=([\d.]+)/([\d.]+)/([\d.]+)/([\d.]+)')


def stamp(line):
    return datetime.datetime.fromisoformat(ISO.match(line)[1]).timestamp()


def weight(number):
    return 0.2 + hashlib.sha256(str(number).encode()).digest()[0] / 255 * 1.6


def seconds(text):
    return float(text[:-1]) * UNITS[text[-1]]


class Shift:
    def __init__(self, phases, plan, mail_lines, last):
        """phases: [(name, start)], plan: {name: length}, mail_lines with ISO stamps, last: time of the last record."""
        connects = [stamp(l) for l in mail_lines if '/smtpd[' in l and ': connect from' in l]
        self.old, self.new = [], []
        at = 0.0
        for index, (name, start) in enumerate(phases):
            end = phases[index + 1][1] if index + 1 < len(phases) else last
            points = sorted({start, *(c for c in connects if start < c < end)})
            gaps = [b - a for a, b in zip(points, [*points[1:], end])]
            # The gap after the last session is left alone: it is the laboratory closing down, or a person at work.
            wide = [weight(number) for number in range(len(gaps) - 1)]
            scale = (seconds(plan[name]) - gaps[-1]) / (sum(wide) or 1)
            for point, gap, share in zip(points, gaps, [*wide, 0]):
                self.old.append(point)
                self.new.append(at)
                at += max(share * scale, gap)
        # The end stays where it was.
        move = last - (self.new[-1] + last - self.old[-1])
        self.new = [n + move for n in self.new]

    def __call__(self, time):
        index = max(bisect.bisect_right(self.old, time) - 1, 0)
        return self.new[index] + time - self.old[index]

    def lines(self, lines, traditional):
        """Log lines with ISO stamps, moved; delay= values follow."""
        born, out = {}, []
        for line in lines:
            old = stamp(line)
            new = self(old)
            queue = QUEUE.search(line)
            if queue:
                if queue[1] not in born or ': client=' in line or ' uid=' in line:
                    born[queue[1]] = (old, new)
                longer = (new - born[queue[1]][1]) - (old - born[queue[1]][0])
                if longer > 1:
                    line = DELAY.sub(lambda m: f'delay={float(m[1]) + longer:.0f}, delays={m[2]}/{float(m[3]) + longer:.0f}/{m[4]}/{m[5]}', line)
            when = datetime.datetime.fromtimestamp(new, datetime.timezone.utc)
            text = when.strftime('%b ') + f'{when.day:2d}' + when.strftime(' %H:%M:%S') if traditional else when.isoformat(timespec='microseconds')
            out.append(text + line[ISO.match(line).end() - 1:])
        return out
