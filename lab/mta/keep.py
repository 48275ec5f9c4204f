"""Keeps a recording: logs and truth go to the folder that the story's line "# keep:" names.

  keep.py STORY OUT REPOSITORY PACKAGES
"""
import gzip, json, os, re, shutil, sys

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
used = {'exim': 'exim4-daemon-heavy', 'sendmail': 'sendmail-bin', 'opensmtpd': 'opensmtpd', 'maildrop': 'maildrop'}
truth = {'story': os.path.basename(story)[:-3], 'what': re.match(r'"""(.*?)"""', text, re.S)[1].strip(), 'hosts': programs,
         'programs': {used[key]: versions[used[key]] for key in used if any(program.startswith(key) for program in programs.values())}, **truth}
shutil.rmtree(target, ignore_errors=True)
os.makedirs(target)
size = 0
for host in sorted(os.listdir(f'{out}/logs')):
    for name in sorted(os.listdir(f'{out}/logs/{host}')):
        content = open(f'{out}/logs/{host}/{name}', 'rb').read()
        os.makedirs(f'{target}/{host}', exist_ok=True)
        path = f'{target}/{host}/{name}'
        if len(content) > 50_000:
            with open(path + '.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, mtime=0) as file:
                file.write(content)
        else:
            open(path, 'wb').write(content)
        size += len(content)
with open(f'{target}/truth.json', 'w') as file:
    json.dump(truth, file, indent=1, ensure_ascii=False)
    file.write('\n')
print(f'  {os.path.relpath(target, repo)}: {size} bytes of logs', file=sys.stderr)
