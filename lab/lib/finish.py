"""Turns what a scenario left behind into a case: filters the audit log, finds the steps of the story, packs the files.

Filter: whole events only. Kept: a login id is set; or the user is one of the host's mail users; or the process, or an
ancestor of it seen in the events, is a daemon of the host. Dropped: everything else on the machine, and everything that
names the laboratory's own files. A story whose steps cannot be found in the recording is refused.
"""
import argparse, calendar, datetime, gzip, json, os, re, shutil, subprocess, sys, time
sys.path.insert(0, os.path.dirname(__file__))
import audit_log

UNSET = '4294967295'
ANALYTIC = re.compile(r'an(\d{4})-')

args = argparse.ArgumentParser()
for name in ('lab', 'base', 'case', 'target'):
    args.add_argument(f'--{name}', required=True)
opts = args.parse_args()
base = opts.base
title, what, host, user, expect, audit_format, syslog_format = open(f'{base}/fields').read().split('\0')[:7]
verdict = os.path.basename(opts.case).split('.')[0]


def users():
    """Ids of the accounts whose processes belong to the host: its people and its mail system."""
    out = set()
    for line in open(f'{base}/etc/passwd'):
        name, _, uid = line.split(':')[:3]
        if int(uid) >= 1001 and name != 'nobody' or name in MAIL_USERS:
            out.add(uid)
    return out


MAIL_USERS = {'postfix', 'dovecot', 'dovenull', 'vmail', 'amavis', 'debian-spamd', 'postgrey', 'www-data', 'list', 'mail', 'sshd'}
ours = users()
daemons = {int(line) for line in open(f'{base}/daemons') if line.strip()}
# Nothing of the machine below: the laboratory's own files, the administrator's home, the machine's own name.
forbidden = (os.path.dirname(opts.lab), '/root/', base, os.path.dirname(base), 'desktop.py', 'type.py')
below = re.compile(rf'(?:hostname|node)={re.escape(os.uname().nodename)}\b|(?:^|[\s"=:\0])/root\b', re.M)


# A browser probes well-known addresses of the real world now and then; recordings hold addresses for documentation only.
DOCUMENTED = re.compile(r'(?:\[::ffff:)?(?:127\.|0\.0\.0\.0|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)|\[2001:db8:|\[::1?\]')


def wanted(event, tree):
    call = event.syscall
    text = event.decoded()
    if any(word in text for word in forbidden) or below.search(text):
        return False
    if call is None:
        kind, fields = event.records[0]
        if kind == 'CONFIG_CHANGE' or kind == 'DAEMON_END':
            return True
        pid = int(fields.get('pid', 0) or 0)
        return fields.get('auid', UNSET) != UNSET or fields.get('uid') in ours or pid in tree
    if event.name == 'connect' and event.address and not DOCUMENTED.match(event.address):
        return False
    if event.first('CONFIG_CHANGE'):
        return True
    if int(call['pid']) in foreign:
        return False
    return call['auid'] != UNSET or call['uid'] in ours or call['euid'] in ours or int(call['pid']) in tree


foreign = {int(line) for line in open(f'{base}/foreign')} if os.path.exists(f'{base}/foreign') else set()


def grow(event, tree):
    call = event.syscall
    if call and (int(call['ppid']) in tree or int(call['pid']) in tree):
        tree.add(int(call['pid']))


events = audit_log.read(f'{base}/var-log/audit/audit.log')
tree = set(daemons)
kept = []
for event in events:
    grow(event, tree)
    grow(event, foreign)
    if wanted(event, tree):
        kept.append(event)
print(f'  audit events {len(events)}, kept {len(kept)}', file=sys.stderr)


def iso(seconds, digits=3):
    text = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec='milliseconds' if digits else 'seconds')
    return text.replace('+00:00', 'Z')


def log_time(line):
    if re.match(r'\d{4}-', line):
        return datetime.datetime.fromisoformat(line.split(' ')[0]).timestamp()
    if framed := re.match(r'<\d+>1 (\S+)', line):
        return datetime.datetime.fromisoformat(framed[1]).timestamp()
    year = time.gmtime().tm_year
    return calendar.timegm(time.strptime(f'{year} {line[:15]}', '%Y %b %d %H:%M:%S'))


mail_lines = open(f'{base}/var-log/mail.log', errors='surrogateescape').read().splitlines() if os.path.exists(f'{base}/var-log/mail.log') else []
log_path = f'{base}/var-log/recorded'
log_lines = open(log_path, errors='surrogateescape').read().splitlines() if os.path.exists(log_path) else []
log_lines = [l for l in log_lines if not re.search(r'/root|watchpost|rsyslogd', l)]
if os.path.exists(f'{base}/phases'):
    import shift_time
    phases = [(name, float(at)) for name, at in (l.split() for l in open(f'{base}/phases'))]
    plan = dict(item.split(':') for item in open(f'{base}/shift-plan').read().split())
    last = max(shift_time.stamp(mail_lines[-1]), kept[-1].time) + 1
    began = phases[0][1] - 0.05
    mail_lines = [l for l in mail_lines if shift_time.stamp(l) >= began]
    log_lines = [l for l in log_lines if shift_time.stamp(l) >= began]
    kept = [e for e in kept if e.time >= began]
    shift = shift_time.Shift(phases, plan, mail_lines, last)
    mail_lines = shift.lines(mail_lines, syslog_format == 'traditional')
    log_lines = shift.lines(log_lines, syslog_format == 'traditional')
    shifted = True
    for event in kept:
        event.time = round(shift(event.time), 3)
        event.moved = f'msg=audit({event.time:.3f}:{event.key[2]})'
else:
    shifted = False
if verdict not in ('fires', 'quiet'):
    sys.exit('  a scenario is named fires.* or quiet.*')

WRITE = 0o1 | 0o2 | 0o100 | 0o1000


def describe(event, kind):
    """What a truth step's pattern is matched against, and the path the step reports."""
    call = event.syscall
    if not call:
        return None, None
    exe = audit_log.plain(call.get('exe', ''))
    if kind == 'exec' and event.name in ('execve', 'execveat'):
        paths = [path for _, path in event.paths]
        return f'{exe} {" ".join(event.argv)}', paths[0] if paths else exe
    if kind == 'net' and event.name == 'connect':
        return f'{exe} {event.address}', event.address
    if kind == 'file' and event.name not in ('execve', 'execveat', 'connect'):
        named = [p for t, p in event.paths if t != 'PARENT']
        mode = ''
        if event.name.startswith('open'):
            flags = int(call['a1' if event.name == 'open' else 'a2'], 16)
            mode = ':write' if flags & WRITE and event.name != 'openat2' else ':read'
        texts = [f'{t} {p}' for t, p in event.paths if t != 'PARENT']
        return f'{exe} {event.name}{mode} {" ".join(texts)}', os.path.normpath(named[-1]) if named else None
    return None, None


def find(kind, pattern, after):
    regex = re.compile(pattern)
    if kind in ('mail', 'log'):
        for line in mail_lines if kind == 'mail' else log_lines:
            if regex.search(line) and log_time(line) >= int(after) - 1:
                pid = re.search(r'\[(\d+)\]:', line)
                return log_time(line), int(pid[1]) if pid else None, None
        return None
    for event in kept:
        text, path = describe(event, kind)
        if text and event.time >= after - 1.5 and regex.search(text):
            return event.time, int(event.syscall['pid']), path
    return None


chain, after, lost = [], 0, []
for line in open(f'{base}/truth.spec'):
    kind, step, pattern, detail = line.rstrip('\n').split('\t')
    found = find(kind, pattern, after)
    if not found:
        lost.append(f'{kind} {step}: {pattern}')
        continue
    after = found[0]
    chain.append({'step': step, 'time': iso(found[0], 3 if kind not in ('mail', 'log') else 0), 'pid': found[1], 'path': found[2], 'detail': detail})
if lost:
    for each in lost:
        print(f'  not in the recording: {each}', file=sys.stderr)
    sys.exit(1)

packages = ['auditd', 'postfix', 'rsyslog', 'bash', 'coreutils'] + [p for p in open(f'{opts.lab}/lib/packages').read().split()]
programs = {}
used = {audit_log.plain(e.syscall['exe']) for e in kept if e.syscall and e.name == 'execve'}
for exe in sorted(used):
    for candidate in (exe, exe.removeprefix('/usr')):
        owner = subprocess.run(['dpkg-query', '-S', candidate], capture_output=True, text=True)
        if owner.returncode == 0:
            package = owner.stdout.split(':')[0].split(',')[0]
            if package in packages:
                programs[package] = None
            break
for package in ('auditd', 'postfix', 'rsyslog', *programs):
    version = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', package], capture_output=True, text=True).stdout
    programs[package] = re.sub(r'^\d+:', '', version)
for line in open(f'{base}/laid-over') if os.path.exists(f'{base}/laid-over') else ():
    package, version = line.split()
    programs[package] = re.sub(r'^\d+:', '', version)

target = opts.target
shutil.rmtree(target, ignore_errors=True)
os.makedirs(f'{target}/etc')


def pack(name, text):
    with open(f'{target}/{name}.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, mtime=0) as out:
        out.write(text.encode('utf-8', 'surrogateescape'))


# Records of an event stay where auditd wrote them.
keys = {event.key for event in kept}
with open(f'{base}/var-log/audit/audit.log', encoding='utf-8', errors='surrogateescape') as file:
    lines = [l for l in file if (m := audit_log.STAMP.search(l)) and m.groups() in keys]
if shifted:
    moved = {event.key: event.moved for event in kept}
    lines = [audit_log.STAMP.sub(lambda m: moved[m.groups()], l) for l in lines]
pack('audit.log', ''.join(lines))
if open(f'{base}/rotated').read():
    # Of the midnights in the log, the one that parts it most evenly.
    midnight = round(log_time(mail_lines[len(mail_lines) // 2]) / 86400) * 86400
    pack('mail.log.1', ''.join(l + '\n' for l in mail_lines if log_time(l) < midnight))
    mail_lines = [l for l in mail_lines if log_time(l) >= midnight]
pack('mail.log', ''.join(l + '\n' for l in mail_lines))
if log_lines:
    pack('syslog', ''.join(l + '\n' for l in log_lines))
shutil.copyfile(f'{base}/etc/passwd', f'{target}/etc/passwd')
shutil.copyfile(f'{base}/etc/aliases', f'{target}/etc/aliases')
for name in ('passwd', 'aliases'):
    full = f'{target}/etc/{name}'
    text = ''.join(l for l in open(full) if '/root/.' not in l)
    open(full, 'w').write(text)
    os.chmod(full, 0o644)
# Files of the host that the scenario keeps, where they lay.
if os.path.isdir(f'{base}/out/kept'):
    subprocess.run(['cp', '-a', f'{base}/out/kept/.', target], check=True)
    subprocess.run(['chown', '-R', f'{os.getuid()}:{os.getgid()}', target], check=True)
    subprocess.run(['chmod', '-R', 'u+rwX,go+rX', target], check=True)
truth = {
    'id': os.path.basename(opts.case), 'analytic': f'AN{ANALYTIC.match(opts.case)[1]}',
    'verdict': 'attack' if verdict == 'fires' else 'lookalike', 'title': title, 'what': ' '.join(what.split()),
    'host': host, 'user': user or None, 'auditFormat': audit_format, 'syslogFormat': syslog_format, 'chain': chain,
    'expect': {'severityMin': expect} if verdict == 'fires' else {'severityMax': expect},
    'timesShifted': shifted, 'standIns': [l for l in open(f'{base}/stand-ins').read().splitlines() if l],
    'programs': dict(sorted(programs.items())),
}
with open(f'{target}/truth.json', 'w') as file:
    json.dump(truth, file, indent=2, ensure_ascii=False)
    file.write('\n')
if verdict == 'fires' and os.path.getsize(f'{target}/audit.log.gz') > 400_000:
    print('  large recording', file=sys.stderr)
print(f'  {target.split("/src/")[-1]}: {sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(target) for f in fs)} bytes', file=sys.stderr)
