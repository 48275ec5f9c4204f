import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cwd, only, path, replay, syscall } from './replay.test-support.ts';

const T = '1772000000.123:500';
const exec = (stamp: string) =>
  syscall(stamp, 59) +
  `type=EXECVE msg=audit(${stamp}): argc=3 a0="sh" a1=2F746D702F612062 a2="x"\n` +
  cwd(stamp, '/home/clerk') +
  path(stamp, 0, '"/bin/sh"', 'NORMAL', { inode: 11, mode: '0100755' }) +
  path(stamp, 1, '"/lib64/ld-linux-x86-64.so.2"', 'NORMAL', { inode: 12, mode: '0100755' });

test('an execve becomes one event: arguments quoted and in hex, the file, the directory, the actor', () => {
  const event = only(exec(T), 'process.started');
  assert.deepEqual(event.argv, ['sh', '/tmp/a b', 'x']);
  assert.equal(event.file.path, '/bin/sh');
  assert.equal(event.file.mode, 0o100755);
  assert.equal(event.interpreter, '');
  assert.equal(event.cwd, '/home/clerk');
  assert.equal(event.time, 1772000000123);
  assert.equal(event.order, 500);
  assert.deepEqual(
    {
      pid: event.actor.pid,
      ppid: event.actor.ppid,
      uid: event.actor.uid,
      auid: event.actor.auid,
      ses: event.actor.ses,
      tty: event.actor.tty,
      exe: event.actor.exe,
    },
    { pid: 200, ppid: 100, uid: 1001, auid: 1001, ses: 7, tty: 'pts0', exe: '/usr/bin/tool' },
  );
});

test('what sudo had run: who asked, in which login, and the words', () => {
  const record = (cmd: string): string =>
    `type=USER_CMD msg=audit(${T}): pid=21 uid=1002 auid=1002 ses=8 msg='cwd="/home/ops" cmd=${cmd} exe="/usr/bin/sudo" terminal=pts/1 res=success'\x1dUID="ops" AUID="ops"\n`;
  const event = only(record('6370202D61202F7661722F6D61696C202F6F7074'), 'job.started');
  const words = ['cp', '-a', '/var/mail', '/opt'];
  assert.deepEqual(event.by, { user: '', auid: 1002, ses: 8, tty: 'pts/1', folder: '/home/ops', words });
  assert.equal(event.command, words.join(' '));
  assert.deepEqual(only(record('"/bin/sync"'), 'job.started').by?.words, ['/bin/sync']);
});

test('a script names itself and its interpreter', () => {
  const text =
    syscall(T, 59) +
    cwd(T, '/home/clerk') +
    path(T, 0, '"./run.sh"', 'NORMAL', { inode: 21, mode: '0100755' }) +
    path(T, 1, '"/bin/bash"', 'NORMAL', { inode: 22, mode: '0100755' }) +
    path(T, 2, '"/lib64/ld-linux-x86-64.so.2"', 'NORMAL', { inode: 23 });
  const event = only(text, 'process.started');
  assert.equal(event.file.path, '/home/clerk/run.sh');
  assert.equal(event.interpreter, '/bin/bash');
});

test('arguments that fill several records, and one argument in pieces', () => {
  const text =
    syscall(T, 59) +
    `type=EXECVE msg=audit(${T}): argc=4 a0="echo" a1_len=12 a1[0]="abcdef"\n` +
    `type=EXECVE msg=audit(${T}): a1[1]="ghijkl"\n` +
    `type=EXECVE msg=audit(${T}): a2="two"\n`;
  const event = only(text, 'process.started');
  assert.deepEqual(event.argv, ['echo', 'abcdefghijkl', 'two']);
  assert.equal(event.argvCut, true, 'the fourth argument never came');
});

test('records in any order, with others between them, without EOE or PROCTITLE', () => {
  const lines = [...exec(T).trim().split('\n'), ...exec('1772000000.123:501').trim().split('\n')];
  const want = replay(lines.join('\n')).events.map(event => ({ ...event, ref: null }));
  assert.equal(want.length, 2);
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), shuffled => {
      const got = replay(shuffled.join('\n')).events.map(event => ({ ...event, ref: null }));
      assert.deepEqual(got, want);
    }),
    { numRuns: 200 },
  );
});

test('records that come twice change nothing', () => {
  const once = replay(exec(T)).events.map(event => ({ ...event, ref: null }));
  const twice = replay(exec(T).replace(/(.+\n)/g, '$1$1')).events.map(event => ({ ...event, ref: null }));
  assert.deepEqual(twice, once);
});

test('a record of an event that is finished already is not a second event', () => {
  const later = Array.from({ length: 400 }, (_, i) => syscall(`177200${String(100 + i)}0.000:${1000 + i}`, 1)).join('');
  const { events, drops } = replay(exec(T) + later + path(T, 0, '"/bin/sh"', 'NORMAL', { inode: 11 }));
  assert.equal(events.length, 1);
  assert.equal(drops.get('repeated record of a finished event'), 1);
});

test('events come out in the order of their stamps, however they were written', () => {
  const { events } = replay(exec('1772000003.000:30') + exec('1772000001.000:10') + exec('1772000002.000:20'));
  assert.deepEqual(
    events.map(event => event.order),
    [10, 20, 30],
  );
});

test('one wild stamp holds up nothing and is told', () => {
  const later = Array.from({ length: 60 }, (_, i) => exec(`17720001${String(10 + i)}.000:${600 + i}`)).join('');
  const { events, drops } = replay(exec(T) + exec('4102444800.000:9') + later);
  assert.equal(events.length, 62);
  assert.equal(drops.get('stamps that go back by more than a minute'), 1);
});

test('openat: what was asked for, made or only read, and names below a directory that the process holds open', () => {
  const made =
    syscall(T, 257, { a: ['ffffff9c', '7ffe', '241', '1b6'], exit: 4 }) +
    cwd(T, '/home/clerk') +
    path(T, 0, '"/home/clerk/"', 'PARENT', { inode: 1, mode: '040755' }) +
    path(T, 1, '"out.txt"', 'CREATE', { inode: 2 });
  const event = only(made, 'file.opened');
  assert.equal(event.file.path, '/home/clerk/out.txt');
  assert.deepEqual([event.access, event.created, event.truncated], ['write', true, true]);
  const stamp = '1772000000.200:501';
  const below =
    syscall(T, 257, { a: ['ffffff9c', '7ffe', '90800'], exit: 5 }) +
    cwd(T, '/home/clerk') +
    path(T, 0, '"/srv/mail"', 'NORMAL', { inode: 3, mode: '040755' }) +
    syscall(stamp, 257, { a: ['5', '7ffe', '0'], exit: 6 }) +
    cwd(stamp, '/home/clerk') +
    path(stamp, 0, '"message"', 'NORMAL', { inode: 4 });
  const read = only(below, 'file.opened');
  assert.equal(read.file.path, '/srv/mail/message');
  assert.equal(read.access, 'read');
});

test('a name below a directory that was never seen open is said to be so, not guessed from the working directory', () => {
  const text =
    syscall(T, 257, { a: ['9', '7ffe', '0'], exit: 6 }) +
    cwd(T, '/home/clerk') +
    path(T, 0, '"message"', 'NORMAL', { inode: 4 });
  assert.equal(only(text, 'file.opened').file.path, '?/message');
});

test('openat2 takes its flags from its own record', () => {
  const text =
    syscall(T, 437, { a: ['ffffff9c', '7ffe', '7fff', '18'], exit: 3 }) +
    `type=OPENAT2 msg=audit(${T}): oflag=01101 mode=0600 resolve=0x0\n` +
    cwd(T, '/tmp') +
    path(T, 0, '"a"', 'CREATE', { inode: 5 });
  assert.deepEqual([only(text, 'file.opened').access, only(text, 'file.opened').truncated], ['write', true]);
});

test('rename2 and link: the old name, the new name, one inode', () => {
  const renamed =
    syscall(T, 316, { a: ['ffffff9c', '1', 'ffffff9c', '2'] }) +
    cwd(T, '/home/clerk') +
    path(T, 0, '"/home/clerk/"', 'PARENT', { inode: 1, mode: '040755' }) +
    path(T, 1, '"/home/clerk/"', 'PARENT', { inode: 1, mode: '040755' }) +
    path(T, 2, '"a.part"', 'DELETE', { inode: 7 }) +
    path(T, 3, '"a"', 'CREATE', { inode: 7 });
  const event = only(renamed, 'file.renamed');
  assert.deepEqual([event.from.path, event.to.path], ['/home/clerk/a.part', '/home/clerk/a']);
  assert.equal(event.from.node, event.to.node);
  const linked =
    syscall(T, 86) +
    cwd(T, '/tmp') +
    path(T, 0, '"x"', 'NORMAL', { inode: 8 }) +
    path(T, 1, '"/tmp"', 'PARENT', { inode: 1, mode: '041777' }) +
    path(T, 2, '"y"', 'CREATE', { inode: 8 });
  assert.deepEqual([only(linked, 'file.linked').from.path, only(linked, 'file.linked').to.path], ['/tmp/x', '/tmp/y']);
});

test('connect: IPv4, IPv6, mapped IPv4 and UNIX addresses in either byte order; in progress is not failed', () => {
  const connect = (saddr: string, more: { success?: string; exit?: number } = {}) =>
    syscall(T, 42, more) + `type=SOCKADDR msg=audit(${T}): saddr=${saddr}\n`;
  const of = (saddr: string) => {
    const { family, address, port } = only(connect(saddr), 'network.connected');
    return [family, address, port];
  };
  assert.deepEqual(of('02000019C63364070000000000000000'), ['ipv4', '198.51.100.7', 25]);
  assert.deepEqual(of('00020019C63364070000000000000000'), ['ipv4', '198.51.100.7', 25]);
  assert.deepEqual(of('0A0001BB0000000020010DB800000000000000000000000100000000'), ['ipv6', '2001:db8::1', 443]);
  assert.deepEqual(of('0A0001BB0000000000000000000000000000FFFFC633640700000000'), ['ipv4', '198.51.100.7', 443]);
  assert.deepEqual(of('01002F6465762F6C6F6700'), ['unix', '/dev/log', 0]);
  assert.equal(
    only(connect('02000019C63364070000000000000000', { success: 'no', exit: -115 }), 'network.connected').outcome,
    'in-progress',
  );
  assert.equal(
    only(connect('02000019C63364070000000000000000', { success: 'no', exit: -111 }), 'network.connected').outcome,
    'failed',
  );
});

test('the same calls by the numbers of i386 and aarch64', () => {
  const file = cwd(T, '/tmp') + path(T, 0, '"/tmp/a"', 'NORMAL', { inode: 4 });
  assert.equal(replay(syscall(T, 11, { arch: '40000003' }) + file).events[0]?.kind, 'process.started');
  assert.equal(replay(syscall(T, 221, { arch: 'c00000b7' }) + file).events[0]?.kind, 'process.started');
  assert.equal(
    replay(syscall(T, 295, { arch: '40000003', a: ['ffffff9c', '1', '0'] }) + file).events[0]?.kind,
    'file.opened',
  );
  assert.equal(
    replay(syscall(T, 56, { arch: 'c00000b7', a: ['ffffff9c', '1', '0'] }) + file).events[0]?.kind,
    'file.opened',
  );
  const socketcall =
    syscall(T, 102, { arch: '40000003', a: ['3', '1'] }) + `type=SOCKADDR msg=audit(${T}): saddr=02000019C6336407\n`;
  assert.equal(only(socketcall, 'network.connected').port, 25);
});

test('node= prefixes, the dispatcher through syslog, the kernel by number, and quoted numbers', () => {
  const node = exec(T).replace(/^type=/gm, 'node=ws3.example.org type=');
  assert.equal(only(node, 'process.started').host, 'ws3.example.org');
  const dispatched = exec(T).replace(/^type=/gm, 'Mar  1 09:00:00 ws3 audispd: node=ws3 type=');
  assert.equal(only(dispatched, 'process.started').host, 'ws3');
  const kernel = exec(T)
    .replace(/type=SYSCALL msg=/g, 'audit: type=1300 ')
    .replace(/type=EXECVE msg=/g, 'audit: type=1309 ')
    .replace(/type=CWD msg=/g, 'audit: type=1307 ')
    .replace(/type=PATH msg=/g, 'audit: type=1302 ');
  assert.deepEqual(only(kernel, 'process.started').argv, ['sh', '/tmp/a b', 'x']);
  const quoted = exec(T)
    .replace(/pid=200/, 'pid="200"')
    .replace(/success=yes/, 'success="yes"')
    .replace('tty=pts0', 'tty="pts0"');
  assert.equal(only(quoted, 'process.started').actor.pid, 200);
});

test('enriched records: the interpreted tail is no field, but the first record of a uid gives its name', () => {
  const tail = '\x1dARCH=x86_64 SYSCALL=execve AUID="ops" UID="clerk" GID="clerk"';
  const event = only(exec(T).replace('key="x"', `key="x"${tail}`), 'process.started');
  assert.equal(event.userName, 'clerk');
  assert.equal(event.actor.uid, 1001);
});

test('failed calls and calls of no use leave no event; without its SYSCALL an event is counted as lost', () => {
  assert.deepEqual(replay(syscall(T, 59, { success: 'no', exit: -13 }) + cwd(T, '/')).events, []);
  assert.deepEqual(replay(syscall(T, 0)).events, []);
  const { events, drops } = replay(cwd(T, '/tmp') + path(T, 0, '"a"', 'NORMAL', { inode: 1 }));
  assert.deepEqual(events, []);
  assert.equal(drops.get('records without their SYSCALL'), 1);
});

test('a login that the kernel logs beside a syscall is a session', () => {
  const text = `type=LOGIN msg=audit(${T}): pid=77 uid=0 old-auid=4294967295 auid=1001 tty=(none) old-ses=4294967295 ses=9 res=1\n${syscall(T, 1)}`;
  const event = only(text, 'session.started');
  assert.deepEqual([event.ses, event.auid, event.pid], [9, 1001, 77]);
});

test('what is no audit record is rejected with the reason, and reading goes on', () => {
  const { events, verdicts } = replay(`garbage\ntype=SYSCALL msg=audit(nonsense): x\n${exec(T)}`);
  assert.equal(events.length, 1);
  assert.deepEqual(
    verdicts.slice(0, 2).map(verdict => (verdict.tag === 'reject' ? verdict.reason : verdict.tag)),
    ['no audit record head (type=… msg=audit(…))', 'malformed audit stamp'],
  );
});

test('every place of a record is kept: the range covers its lines, and pieces apart are told apart', () => {
  const [first, ...rest] = exec(T).trim().split('\n') as [string, ...string[]];
  const text = `${first}\n${syscall('1772000000.124:501', 1)}${rest.join('\n')}\n`;
  const event = replay(text).events[0];
  assert.ok(event);
  assert.equal(event.ref.next === null, false);
  const pieces: string[] = [];
  for (let ref = event.ref as typeof event.ref | null; ref !== null; ref = ref.next)
    pieces.push(text.slice(ref.offset, ref.offset + ref.length));
  assert.deepEqual(pieces.sort(), [first, rest.join('\n')].sort());
});

test('what a record leaves unsaid is not taken from an event that went before', () => {
  const before = Array.from({ length: 80 }, (_, index) => {
    const stamp = `1700000000.000:${index + 1}`;
    return `${syscall(stamp, 257, { a: ['ffffff9c', '0', '241'] })}${cwd(stamp, '/')}${path(stamp, 0, '"/tmp/a"', 'CREATE')}`;
  }).join('');
  const stamp = '1700000060.000:900';
  const ring = `type=URINGOP msg=audit(${stamp}): uring_op=36 success=yes exit=0 items=1 ppid=5 pid=6 uid=7 euid=7\n${path(stamp, 0, '"/tmp/b"', 'DELETE')}`;
  const gone = replay(`${before}${ring}`).events.at(-1);
  assert.ok(gone?.kind === 'file.deleted');
  assert.deepEqual([gone.actor.exe, gone.actor.comm, gone.actor.tty, gone.actor.pid], ['', '', '', 6]);
});
