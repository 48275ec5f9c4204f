import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const decode = (...records: unknown[]) => readRecords('tracee', records);
const kinds = (...records: unknown[]) => decode(...records).events.map(event => event.kind);
const only = <K extends WatchEvent['kind']>(kind: K, ...records: unknown[]): WatchEvent & { kind: K } => {
  const found = decode(...records).events.filter(event => event.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0] as WatchEvent & { kind: K };
};
const first = (eventName: string, args: Record<string, unknown>, more: object = {}) => ({
  timestamp: 1795253830123456800,
  threadStartTime: 1795253830000000000,
  processId: 7,
  hostProcessId: 410,
  parentProcessId: 1,
  hostParentProcessId: 400,
  userId: 1003,
  processName: 'curl',
  executable: { path: '/usr/bin/curl' },
  hostName: 'ws3',
  processEntityId: 77,
  parentEntityId: 70,
  eventName,
  returnValue: 0,
  args: Object.entries(args).map(([name, value]) => ({ name, type: 'string', value })),
  ...more,
});
const second = (name: string, data: readonly object[], more: object = {}) => ({
  timestamp: { seconds: '1795253830', nanos: 123456789 },
  id: name,
  name,
  workload: {
    process: {
      thread: { name: 'curl', start_time: { seconds: '1795253830' }, unique_id: 77 },
      unique_id: { value: 77 },
      host_pid: { value: 410 },
      pid: { value: 7 },
      real_user: { id: { value: 1003 } },
      executable: { path: '/usr/bin/curl' },
      ancestors: [{ unique_id: 70, host_pid: 400, pid: 1 }],
    },
  },
  data,
  ...more,
});

test('an execution in both forms: the host’s pids, arguments as a list, no terminal and no login', () => {
  const args = {
    cmdpath: '/usr/bin/curl',
    pathname: '/usr/bin/curl',
    argv: ['curl', 'a b'],
    interp: '/usr/bin/curl',
    dev: 8388610,
    inode: 99,
    inode_mode: 33261,
  };
  const old = only('process.started', first('sched_process_exec', args));
  const present = only(
    'process.started',
    second('sched_process_exec', [
      { name: 'cmdpath', str: '/usr/bin/curl' },
      { name: 'pathname', str: '/usr/bin/curl' },
      { name: 'interp', str: '/usr/bin/curl' },
      { name: 'argv', str_array: { value: ['curl', 'a b'] } },
      { name: 'dev', u_int32: 8388610 },
      { name: 'inode', u_int64: '99' },
      { name: 'inode_mode', u_int32: 33261 },
    ]),
  );
  for (const started of [old, present]) {
    assert.deepEqual([started.argv, started.argvJoined, started.interpreter], [['curl', 'a b'], undefined, '']);
    assert.deepEqual(started.actor, {
      pid: 410,
      ppid: 400,
      uid: 1003,
      euid: -1,
      auid: -1,
      ses: -1,
      tty: TTY_UNKNOWN,
      comm: 'curl',
      exe: '/usr/bin/curl',
    });
    assert.deepEqual(started.file, {
      path: '/usr/bin/curl',
      node: (8 * 256 + 2) * 2 ** 40 + 99,
      mode: 33261,
      ownerUid: -1,
    });
  }
  assert.deepEqual(
    [old.time, present.time, old.host, present.host],
    [1795253830123.457, 1795253830123.456, 'ws3', 'default.example'],
  );
});

test('exec-hash: the hash is of the image, not of a script', () => {
  const sha256 = 'ab'.repeat(32);
  const image = { cmdpath: '/tmp/x', pathname: '/tmp/x', interp: '/tmp/x', argv: ['x'], sha256 };
  assert.equal(only('process.started', first('sched_process_exec', image)).file.content?.sha256, sha256);
  const script = { ...image, pathname: '/usr/bin/dash', interp: '/usr/bin/dash' };
  assert.equal(only('process.started', first('sched_process_exec', script)).file.content, undefined);
});

test('a script is the file, its interpreter the image; a relative name is made whole by the open before it', () => {
  const args = {
    cmdpath: './run.sh',
    pathname: '/usr/bin/dash',
    interp: '/bin/sh',
    interpreter_pathname: '/lib64/ld.so',
    argv: ['/bin/sh', './run.sh'],
  };
  const started = only('process.started', first('sched_process_exec', args));
  assert.deepEqual(
    [started.file.path, started.interpreter, started.actor.exe],
    ['?/./run.sh', '/usr/bin/dash', '/usr/bin/dash'],
  );
  const open = first('security_file_open', {
    pathname: '/home/clerk/run.sh',
    flags: 32768,
    syscall_pathname: './run.sh',
  });
  assert.equal(only('process.started', open, first('sched_process_exec', args)).file.path, '/home/clerk/run.sh');
});

test('ends: of processes and not of threads; a pid used again ends the one before', () => {
  assert.deepEqual(kinds(first('sched_process_exit', { exit_code: 0, process_group_exit: true })), ['process.exited']);
  assert.deepEqual(kinds(first('sched_process_exit', { exit_code: 0, process_group_exit: false })), []);
  const exec = (entity: number, at: number) =>
    first(
      'sched_process_exec',
      { pathname: '/usr/bin/id', argv: ['id'] },
      { processEntityId: entity, threadStartTime: at * 1e9, timestamp: at * 1e9 },
    );
  assert.deepEqual(kinds(exec(1, 1795253830), exec(1, 1795253831)), ['process.started', 'process.started']);
  assert.deepEqual(kinds(exec(1, 1795253830), exec(2, 1795253831)), [
    'process.started',
    'process.exited',
    'process.started',
  ]);
});

test('files: opens with flags as numbers and as names, writes, renames', () => {
  const open = (flags: unknown) => only('file.opened', first('security_file_open', { pathname: '/tmp/x', flags }));
  assert.deepEqual(
    [open(0).access, open(0o1101).access, open(0o1101).truncated, open(0o1101).created],
    ['read', 'write', true, false],
  );
  assert.deepEqual(
    [open('O_RDWR|O_LARGEFILE').access, open('O_RDONLY').access, open({}).access],
    ['readwrite', 'read', 'read'],
  );
  for (const name of ['vfs_write', 'magic_write'])
    assert.equal(only('file.opened', first(name, { pathname: '/tmp/x', bytes: 'cGFzc3dvcmQ=' })).access, 'write');
  const moved = only(
    'file.renamed',
    second('security_inode_rename', [
      { name: 'old_path', str: '/a' },
      { name: 'new_path', str: '/b' },
    ]),
  );
  assert.deepEqual([moved.from.path, moved.to.path], ['/a', '/b']);
  assert.deepEqual(decode(first('security_file_open', {})).verdicts, ['reject']);
});

test('connections: established ones, and those that were asked for', () => {
  const tcp = only('network.connected', first('net_tcp_connect', { dst: '203.0.113.7', dst_port: 25, dst_dns: [] }));
  assert.deepEqual([tcp.address, tcp.port, tcp.outcome], ['203.0.113.7', 25, 'established']);
  const address = { sa_family: 'AF_INET6', sin6_addr: '2001:db8::7', sin6_port: '443' };
  const asked = only('network.connected', first('security_socket_connect', { remote_addr: address }));
  assert.deepEqual([asked.address, asked.port, asked.outcome], ['2001:db8::7', 443, 'in-progress']);
  const local = only(
    'network.connected',
    second('security_socket_connect', [
      { name: 'remote_addr', sockaddr: { sa_family: 'AF_UNIX', sun_path: '/run/x' } },
    ]),
  );
  assert.deepEqual([local.family, local.address], ['unix', '/run/x']);
});

test('a pid of a container alone names nobody', () => {
  const inside = first('security_file_open', { pathname: '/x' }, { hostProcessId: undefined });
  assert.equal(only('file.opened', inside).actor.pid, -1);
  assert.deepEqual(decode(inside, first('vfs_write', { pathname: '/x' })).drops, [
    ['process known by its pid in a container only', 1],
  ]);
});

test('signatures and detectors are context', () => {
  const old = first(
    'TRC-102',
    {},
    { metadata: { Properties: { signatureName: 'Anti-debugging', Category: 'defense-evasion' } } },
  );
  assert.equal(only('sensor.alert', old).signature, 'Anti-debugging');
  const present = second('FILE_MODIFICATION', [], {
    threat: { name: 'File Modification', mitre: { technique: { name: 'x' } } },
  });
  assert.deepEqual(
    [only('sensor.alert', present).signature, only('sensor.alert', present).category],
    ['File Modification', 'x'],
  );
});

test('hostile values become unknown ones, and nothing throws', () => {
  const names = [
    'sched_process_exec',
    'sched_process_exit',
    'sched_process_fork',
    'security_file_open',
    'security_inode_rename',
    'net_tcp_connect',
    'security_socket_connect',
    'chmod_common',
  ];
  for (const name of names)
    for (const bad of [null, -1, 1e300, '', [], {}, [null, 3], { value: {} }, 'x'.repeat(90_000)]) {
      for (const key of [
        'pathname',
        'argv',
        'dev',
        'inode',
        'flags',
        'remote_addr',
        'dst',
        'dst_port',
        'old_path',
        'child_pid',
        'mode',
        'cmdpath',
      ]) {
        decode(first(name, { pathname: '/x', [key]: bad }));
        decode(
          second(name, [
            { name: 'pathname', str: '/x' },
            { name: key, str: bad },
          ]),
        );
      }
      for (const key of ['hostProcessId', 'processEntityId', 'threadStartTime', 'executable', 'metadata', 'hostName'])
        decode(first(name, {}, { [key]: bad }));
      for (const key of ['workload', 'data', 'threat', 'id']) decode(second(name, [], { [key]: bad }));
    }
  assert.deepEqual(decode(first('security_file_open', { pathname: '/x' }, { timestamp: 'soon' })).verdicts, ['reject']);
});
