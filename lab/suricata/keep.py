"""Keeps what a story recorded: eve.json (packed), the MTA's log where there is one, and truth.json."""
import gzip, json, os, sys

script, work, target = sys.argv[1:4]
name = os.path.basename(script)[:-3]
title, what, keep = open(os.path.join(work, 'story')).read().split('\n')[:3]
folder = os.path.join(target, name)
os.makedirs(folder, exist_ok=True)
for each in os.listdir(folder):
    os.remove(os.path.join(folder, each))


def put(name, data):
    open(os.path.join(folder, name + '.gz'), 'wb').write(gzip.compress(data, 9, mtime=0))


kinds = keep.split()
lines = []
for line in open(os.path.join(work, 'eve.json')):
    if kinds and json.loads(line)['event_type'] not in kinds:
        continue
    lines.append(line)
put('eve.json', ''.join(lines).encode())
log = os.path.join(work, 'mail.log')
if os.path.exists(log):
    put('mail.log', open(log, 'rb').read())
counts = {}
for line in lines:
    kind = json.loads(line)['event_type']
    counts[kind] = counts.get(kind, 0) + 1
done = os.path.join(work, 'done.json')
truth = {
    'title': title,
    'what': what,
    'done': json.load(open(done)) if os.path.exists(done) else {},
    'records': dict(sorted(counts.items())),
    'capture': open(os.path.join(work, 'shift.txt')).read().strip(),
    'programs': dict(line.split(' ', 1) for line in open(os.path.join(work, 'versions')).read().splitlines()),
}
json.dump(truth, open(os.path.join(folder, 'truth.json'), 'w'), indent=2)
open(os.path.join(folder, 'truth.json'), 'a').write('\n')
print(name, counts)
