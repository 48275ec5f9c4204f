import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const ENVELOPE = {
  hostIdentifier: 'ws3',
  calendarTime: 'Sat Nov 21 09:37:10 2026 UTC',
  unixTime: 1795253830,
  numerics: false,
};
const result = (columns: object, more: object = {}): object => ({
  name: 'pack_ir_anything',
  action: 'added',
  columns,
  ...ENVELOPE,
  ...more,
});
const decode = (...records: object[]) => readRecords('osquery', records);
const one = <K extends WatchEvent['kind']>(kind: K, record: object): WatchEvent & { kind: K } => {
  const { events } = decode(record);
  assert.deepEqual(
    events.map(event => event.kind),
    [kind],
  );
  return events[0] as WatchEvent & { kind: K };
};

const EXEC = {
  pid: '410',
  path: '/usr/bin/bash',
  mode: '0100755',
  cmdline: '/bin/bash ./run.sh a b',
  cwd: '/home/clerk',
  auid: '1003',
  uid: '1003',
  euid: '1003',
  owner_uid: '1003',
  parent: '400',
  time: '1795253829',
};

test('an execution: ids as numbers, the joined arguments in pieces, no terminal and no session known', () => {
  const event = one('process.started', result(EXEC));
  assert.equal(event.time, 1795253829000);
  assert.equal(event.host, 'ws3');
  assert.deepEqual(event.argv, ['/bin/bash', './run.sh', 'a', 'b']);
  assert.equal(event.argvJoined, true);
  assert.deepEqual(event.actor, {
    pid: 410,
    ppid: 400,
    uid: 1003,
    euid: 1003,
    auid: 1003,
    ses: -1,
    tty: TTY_UNKNOWN,
    comm: 'bash',
    exe: '/usr/bin/bash',
  });
  assert.deepEqual(event.file, { path: '/usr/bin/bash', node: -1, mode: 0o100755, ownerUid: 1003 });
});

test("numbers as numbers, an empty parent, no login, bpf's arguments whole", () => {
  const event = one(
    'process.started',
    result({
      pid: 410,
      path: '/usr/bin/cat',
      parent: '',
      uid: 0,
      auid: '4294967295',
      cmdline: "cat '/tmp/a b'",
      json_cmdline: '["cat","/tmp/a b"]',
      ntime: '77',
      syscall: 'exec',
      cwd: '/',
    }),
  );
  assert.deepEqual(event.argv, ['cat', '/tmp/a b']);
  assert.equal(event.argvJoined, undefined);
  assert.equal(event.actor.ppid, -1);
  assert.equal(event.actor.auid, ID_UNSET);
  assert.equal(event.time, 1795253830000, 'without a time of its own a row has the time of its query');
});

test('a fork is the parent doing something', () => {
  const event = one('process.forked', result({ ...EXEC, cmdline: '', syscall: 'clone' }));
  assert.equal(event.actor.pid, 400);
  assert.equal(event.childPid, 410);
});

const file = (action: string, target_path: string, transaction_id = '0', time = '1795253829') =>
  result({ target_path, category: 'homes', action, transaction_id, time, uid: '1003', mode: '0755', inode: '77' });

test('inotify says what happened to a file and not who did it', () => {
  const created = one('file.opened', file('CREATED', '/home/clerk/Downloads/x'));
  assert.equal(created.actor.pid, -1);
  assert.equal(created.actor.uid, -1, "the row's uid is the file's owner, not the writer");
  assert.deepEqual(created.file, { path: '/home/clerk/Downloads/x', node: -1, mode: 0o755, ownerUid: 1003 });
  assert.equal(created.created, true);
  assert.equal(one('file.mode-changed', file('ATTRIBUTES_MODIFIED', '/home/clerk/x')).mode, 0o755);
  assert.equal(one('file.deleted', file('DELETED', '/home/clerk/x')).file.path, '/home/clerk/x');
});

test('the halves of a rename are joined by their cookie; a half alone is a file that came, or went', () => {
  const { events } = decode(
    file('MOVED_FROM', '/home/clerk/x.part', '41'),
    file('MOVED_TO', '/home/clerk/y', '42'),
    file('MOVED_TO', '/home/clerk/x', '41'),
    file('MOVED_FROM', '/home/clerk/z', '0'),
  );
  assert.deepEqual(
    events.map(event =>
      event.kind === 'file.renamed'
        ? `${event.kind} ${event.from.path} ${event.to.path}`
        : `${event.kind} ${(event as { file: { path: string } }).file.path}`,
    ),
    ['file.opened /home/clerk/y', 'file.renamed /home/clerk/x.part /home/clerk/x', 'file.deleted /home/clerk/z'],
  );
});

test('audited file events name the process', () => {
  const { events } = decode(
    result({
      operation: 'rename',
      executable: '/usr/bin/mv',
      path: '/tmp/a',
      dest_path: '/tmp/b',
      pid: '7',
      ppid: '6',
      uid: '1003',
      auid: '1003',
      cwd: '/tmp',
      time: '1795253829',
    }),
    result({ operation: 'read', executable: '/usr/bin/sh', path: '/tmp/b', pid: '8', time: '1795253830' }),
    result({ operation: 'open', executable: '/usr/bin/sh', path: '/tmp/b', pid: '8', time: '1795253830' }),
  );
  assert.deepEqual(
    events.map(event => [event.kind, (event as { actor: { pid: number; exe: string } }).actor.exe]),
    [
      ['file.renamed', '/usr/bin/mv'],
      ['file.opened', '/usr/bin/sh'],
    ],
  );
});

const socket = {
  action: 'connect',
  pid: '9',
  path: '/usr/bin/curl',
  auid: '1003',
  remote_address: '203.0.113.7',
  remote_port: '443',
  local_address: '',
  local_port: '0',
  family: '2',
  time: '1795253829',
};

test('sockets: outcome, family, full IPv6 words; an accepted connection is nobody reaching out', () => {
  const event = one('network.connected', result({ ...socket, status: 'in_progress' }));
  assert.deepEqual(
    [event.family, event.address, event.port, event.outcome],
    ['ipv4', '203.0.113.7', 443, 'in-progress'],
  );
  assert.equal(event.actor.uid, -1);
  const six = one(
    'network.connected',
    result({ ...socket, family: '10', remote_address: '2001:0db8:0000:0000:0000:0000:0000:0007', success: '0' }),
  );
  assert.deepEqual([six.family, six.address, six.outcome], ['ipv6', '2001:db8::7', 'failed']);
  assert.equal(decode(result({ ...socket, action: 'accept' })).events.length, 0);
});

test('lists: what runs and who there is; a removed process has ended; a removed event has only expired', () => {
  const running = { pid: '1', path: '/sbin/init', parent: '0', start_time: '1795250000', cmdline: '/sbin/init splash' };
  const snapshot = { ...ENVELOPE, name: 'p', action: 'snapshot', snapshot: [running, { ...running, pid: '2' }] };
  assert.deepEqual(
    decode(snapshot).events.map(event => event.kind === 'process.listed' && [event.actor.pid, event.startTime]),
    [
      [1, 1795250000000],
      [2, 1795250000000],
    ],
  );
  assert.equal(one('process.exited', result(running, { action: 'removed' })).actor.pid, 1);
  assert.equal(decode(result(EXEC, { action: 'removed' })).events.length, 0);
  const account = one('account.listed', result({ uid: '1003', username: 'clerk', directory: '/home/clerk' }));
  assert.deepEqual([account.uid, account.user, account.home], [1003, 'clerk', '/home/clerk']);
});

test('batches, bare rows, and hosts known by a number of their hardware', () => {
  const { events } = decode({
    ...ENVELOPE,
    name: 'x',
    diffResults: { added: [EXEC, { ...EXEC, pid: '411' }], removed: [EXEC] },
  });
  assert.deepEqual(
    events.map(event => event.kind === 'process.started' && event.actor.pid),
    [410, 411],
  );
  assert.equal(one('process.started', EXEC).host, 'default.example');
  const hardware = { hostIdentifier: '4740D59F-699E-5B29-960B-979AAF9BBEEB', decorations: { hostname: 'ws9' } };
  assert.equal(one('process.started', result(EXEC, hardware)).host, 'ws9');
});

test('what stands in one second keeps the order in which it came', () => {
  const { events } = decode(...[5, 3, 9, 1].map(pid => result({ ...EXEC, pid: String(pid) })));
  assert.deepEqual(
    events.map(event => event.kind === 'process.started' && event.actor.pid),
    [5, 3, 9, 1],
  );
});

test('hostile values become unknown ones', () => {
  const event = one('process.started', result({ ...EXEC, pid: '-1', parent: {}, uid: '1e3', mode: '99', cmdline: 7 }));
  assert.deepEqual([event.actor.pid, event.actor.ppid, event.actor.uid, event.file.mode], [-1, -1, -1, -1]);
  assert.deepEqual(decode(result({ ...EXEC, time: 'now' }, { unixTime: 'x', calendarTime: 'y' })).verdicts, ['reject']);
});

test('a file that was hashed carries its content; one that could not be does not', () => {
  const sha256 = '6f3b2a420941782f2fc08b6e1529c339ccdaaeb7c781e90ab1bcea40ea7a1480';
  const file = {
    target_path: '/home/dev/stock_sync.txt',
    category: 'homes',
    action: 'CREATED',
    transaction_id: '0',
    inode: '943187',
    uid: '1002',
    gid: '1002',
    mode: '0600',
    size: '199',
    md5: '',
    sha1: '',
    sha256: sha256.toUpperCase(),
    hashed: '1',
    time: '1795253829',
    eid: '7',
  };
  assert.deepEqual(one('file.opened', result(file)).file.content, { sha256, sizeBytes: 199 });
  for (const other of [{ hashed: '-1' }, { hashed: '0' }, { sha256: 'x' }, { sha256: 7 }])
    assert.equal(one('file.opened', result({ ...file, ...other })).file.content, undefined);
});
