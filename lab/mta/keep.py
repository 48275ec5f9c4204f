"""Keeps a recording: logs and truth go to the folder that the story's line "# keep:" names.

  keep.py STORY OUT REPOSITORY PACKAGES
"""
import gzip, json, os, re, shutil, subprocess, sys

story, out, repo, packages = sys.argv[1:]
text = open(story).read()
target = os.path.join(repo, re.search(r'(?m)^# keep: (\S+)', text)[1])
programs = dict(each.split('=') for each in re.search(r'(?m)^# hosts: (.*)', text)[1].split())
truth = json.load(open(f'{out}/truth.json'))
versions = {}
for name in sorted(os.listdir(packages)):
    for line in open(f'{packages}/{name}/versions'):
        package, version = line.split()
        if any(package.startswith(each) for each in ('exim4-daemon', 'sendmail-bin', 'opensmtpd', 'maildrop', 'procmail', 'dovecot-core')):
            versions[package] = re.sub(r'^\d+:', '', version)
def version(package):
    """Of an unpacked package, or of one that this machine has."""
    asked = ['dpkg-query', '-W', '-f', '${Version}', package]
    return versions.get(package) or re.sub(r'^\d+:', '', subprocess.run(asked, capture_output=True, text=True).stdout)


used = {'exim': 'exim4-daemon-heavy', 'sendmail': 'sendmail-bin', 'opensmtpd': 'opensmtpd', 'maildrop': 'maildrop', 'procmail': 'procmail', 'dovecot': 'dovecot-lmtpd'}
truth = {'story': os.path.basename(story)[:-3], 'what': re.match(r'"""(.*?)"""', text, re.S)[1].strip(), 'hosts': programs,
         'programs': {used[key]: version(used[key]) for key in used if any(key in program.split('-') for program in programs.values())}, **truth}
case = re.search(r'(?m)^# case: (\S+) (attack|lookalike) (\S+) (\w+)=(\w+)$', text)
if case:
    title, _, what = truth['what'].partition('\n\n')
    arrivals = [each['time'] for each in truth['smtp'] + truth['local']]
    truth = {'id': os.path.basename(target), 'analytic': case[1], 'verdict': case[2], 'title': title, 'what': what, 'host': 'mx1', 'user': case[3],
             'auditFormat': 'none', 'syslogFormat': 'traditional',
             'chain': [{'step': step, 'time': time, 'pid': -1, 'path': None, 'detail': detail}
                       for step, time, detail in (('first', min(arrivals), 'the first message is handed in'), ('last', max(arrivals), 'the last message is handed in'))],
             'expect': {case[4]: case[5]}, 'timesShifted': False, 'standIns': [],
             'programs': truth['programs'], 'messages': {user: len(ids) for user, ids in truth['mailboxes']['mx1'].items()}}
shutil.rmtree(target, ignore_errors=True)
os.makedirs(target)
if case:
    shutil.copytree(f'{out}/etc', f'{target}/etc')
size = 0
for host in sorted(os.listdir(f'{out}/logs')):
    for name in sorted(os.listdir(f'{out}/logs/{host}')):
        content = open(f'{out}/logs/{host}/{name}', 'rb').read()
        folder = target if case else f'{target}/{host}'
        os.makedirs(folder, exist_ok=True)
        path = f'{folder}/{name}'
        if case or len(content) > 50_000:
            with open(path + '.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, mtime=0) as file:
                file.write(content)
        else:
            open(path, 'wb').write(content)
        size += len(content)
with open(f'{target}/truth.json', 'w') as file:
    json.dump(truth, file, indent=1, ensure_ascii=False)
    file.write('\n')
print(f'  {os.path.relpath(target, repo)}: {size} bytes of logs', file=sys.stderr)
