"""Runs a command on a new pseudo-terminal and types the lines of standard input at its prompts, like a person.

  type.py [--pids FILE] -- COMMAND...

A line is typed and the next one waits for a shell prompt. Lines that start with "%" steer:
  %sleep SECONDS   %keys TEXT (no newline; \\n \\r \\t \\e understood)   %wait TEXT   %line TEXT (newline, no wait)
  %saves CLIENT    (mutt, neomutt or alpine shows a message, saves what is attached to it under its own name, and is closed)
--pids appends the child's process id to FILE.
"""
import os, pty, re, select, signal, sys, time

PROMPT = re.compile(rb'[$#] (?:\x1b\[[0-9;?]*[a-zA-Z])*$')
SAVES = {
    'mutt': '''\
%line mutt
%sleep 2
%keys *
%keys \\n
%sleep 1
%keys v
%keys j
%keys s
%keys \\n
%sleep 1
%keys q
%keys i
%keys q
%sleep 1
''',
    'neomutt': '''\
%line neomutt
%sleep 2
%keys *
%keys \\n
%sleep 1
%keys v
%keys j
%keys s
%sleep 1
%keys \\n
%sleep 1
%keys q
%keys q
%keys q
%sleep 1
''',
    'alpine': '''\
%line alpine -i
%sleep 3
%keys \\n
%sleep 2
%keys v
%sleep 1
%keys \\e[B
%keys s
%sleep 1
%keys \\n
%sleep 1
%keys q
%keys y
%sleep 1
''',
}


def steered(text):
    """Its lines, with what a client is told in place of %saves."""
    for line in text.splitlines():
        verb, _, client = line.partition(' ')
        yield from SAVES[client].splitlines() if verb == '%saves' else [line]


argv = sys.argv[1:]
pids = None
if argv[0] == '--pids':
    pids, argv = argv[1], argv[2:]
argv = argv[1:] if argv[0] == '--' else argv

pid, master = pty.fork()
if pid == 0:
    os.environ['TERM'] = 'xterm-256color'
    os.execvp(argv[0], argv)
if pids:
    with open(pids, 'a') as file:
        file.write(f'{pid}\n')

seen = b''
alive = True


def pump(seconds, until=None):
    """Reads the terminal for so long, or until the pattern shows at the end of what was read."""
    global seen, alive
    end = time.time() + seconds
    while alive and time.time() < end:
        ready, _, _ = select.select([master], [], [], 0.05)
        if ready:
            try:
                data = os.read(master, 65536)
            except OSError:
                data = b''
            if not data:
                alive = False
                return False
            seen = (seen + data)[-200000:]
        elif until and until.search(seen):
            return True
    return bool(until and until.search(seen))


def keys(text):
    global seen
    seen = b''
    for char in text:
        os.write(master, char.encode())
        pump(0.008)


pump(20, PROMPT)
for line in steered(sys.stdin.read()):
    if not alive:
        break
    if not line.strip() or line.startswith('%#'):
        continue
    verb, _, rest = line.partition(' ')
    if verb == '%sleep':
        pump(float(rest))
    elif verb == '%keys':
        keys(rest.replace('\\n', '\n').replace('\\r', '\r').replace('\\t', '\t').replace('\\e', '\x1b'))
        pump(0.6)
        if os.environ.get('LAB_SHOW'):
            sys.stderr.write(f'--- {rest} {seen[-1500:]!r}\n')
    elif verb == '%wait':
        if not pump(30, re.compile(rest.encode())):
            print(f'type.py: never saw {rest!r}: {seen[-400:]!r}', file=sys.stderr)
    elif verb == '%line':
        keys(rest + '\n')
        pump(0.4)
    else:
        keys(line)
        time.sleep(0.15)
        seen = b''
        os.write(master, b'\n')
        if not pump(90, PROMPT):
            print(f'type.py: no prompt after {line!r}: {seen[-400:]!r}', file=sys.stderr)
        if os.environ.get('LAB_SHOW'):
            sys.stderr.write(f'--- {line}\n{seen[-1500:].decode("utf-8", "replace")}\n')
if alive:
    os.write(master, b'exit\n')
    pump(5)
try:
    os.kill(pid, signal.SIGHUP)
except ProcessLookupError:
    pass
os.waitpid(pid, 0)
