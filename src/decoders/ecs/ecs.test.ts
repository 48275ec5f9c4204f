import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const decode = (...records: unknown[]) => readRecords('ecs', records);
const one = <K extends WatchEvent['kind']>(kind: K, record: unknown): WatchEvent & { kind: K } => {
  const { events } = decode(record);
  assert.deepEqual(
    events.map(event => event.kind),
    [kind],
  );
  return events[0] as WatchEvent & { kind: K };
};

const TIME = '2026-11-21T09:37:10.123456789Z';
const AT = 1795253830123.456;
const HOST = { hostname: 'ws3', name: 'ws3.example.org' };
const event = (dataset: string, action: unknown, more: object = {}) => ({
  module: 'endpoint',
  dataset: `endpoint.events.${dataset}`,
  category: [dataset],
  kind: 'event',
  action,
  ...more,
});
const PROCESS = {
  pid: 410,
  entity_id: 'YTE=',
  executable: '/usr/bin/bash',
  name: 'bash',
  args: ['/bin/bash', './a file.sh'],
  args_count: 2,
  working_directory: '/home/clerk',
  start: '2026-11-21T09:37:10Z',
  tty: { char_device: { major: 136, minor: 3 } },
  parent: { pid: 400, entity_id: 'YTA=', executable: '/usr/bin/bash' },
};
const exec = (more: object = {}, process: object = {}) => ({
  '@timestamp': TIME,
  ecs: { version: '9.4.0' },
  host: HOST,
  event: event('process', 'exec', { type: ['start'] }),
  process: { ...PROCESS, ...process },
  user: { id: '0', name: 'root', Ext: { real: { id: '1003', name: 'clerk' } } },
  ...more,
});

test('the endpoint tells an execution: arguments as a list, real and effective user, terminal; no login', () => {
  const started = one('process.started', exec());
  assert.equal(started.time, AT);
  assert.equal(started.host, 'ws3');
  assert.deepEqual(started.argv, ['/bin/bash', './a file.sh']);
  assert.equal(started.argvJoined, undefined);
  assert.equal(started.cwd, '/home/clerk');
  assert.deepEqual(started.actor, {
    pid: 410,
    ppid: 400,
    uid: 1003,
    euid: 0,
    auid: -1,
    ses: -1,
    tty: 'pts3',
    comm: 'bash',
    exe: '/usr/bin/bash',
  });
});

test('joined arguments are said to be joined, missing ones to be missing, an untold terminal is not denied', () => {
  const joined = one('process.started', exec({}, { args: undefined, command_line: 'sh run.sh "a b"', tty: undefined }));
  assert.deepEqual([joined.argv, joined.argvJoined, joined.actor.tty], [['sh', 'run.sh', 'a b'], true, TTY_UNKNOWN]);
  const cut = one('process.started', exec({}, { args_count: 900, tty: undefined, interactive: false }));
  assert.deepEqual([cut.argvCut, cut.actor.tty], [true, '']);
});

test('the whole of a short life in one document', () => {
  const { events } = decode(
    exec(
      { event: event('process', ['fork', 'exec', 'end'], { type: ['start', 'end'] }) },
      { end: '2026-11-21T09:37:10.050Z', exit_code: 0 },
    ),
  );
  assert.deepEqual(
    events.map(each => [each.kind, each.time - 1795253830000]),
    [
      ['process.forked', 0],
      ['process.started', 0],
      ['process.exited', 50],
    ],
  );
  assert.ok(events[0]?.kind === 'process.forked' && events[0].actor.pid === 400 && events[0].childPid === 410);
});

test('a pid that stands for another process ends the one before, by the sensor’s own ids', () => {
  const at = (second: number, entity: string) =>
    exec({ '@timestamp': `2026-11-21T09:37:${second}Z` }, { entity_id: entity, start: `2026-11-21T09:37:${second}Z` });
  const kinds = (...records: unknown[]) => decode(...records).events.map(each => each.kind);
  assert.deepEqual(kinds(at(10, 'YTE='), at(20, 'YTE=')), ['process.started', 'process.started']);
  assert.deepEqual(kinds(at(10, 'YTE='), at(20, 'YTI=')), ['process.started', 'process.exited', 'process.started']);
  assert.deepEqual(kinds(at(20, 'YTI='), at(10, 'YTE=')), ['process.started', 'process.started'], 'come late');
});

test('file events of the endpoint: creation, rename, open, deletion; a failed open is none', () => {
  const file = (action: string, more: object, outcome = 'success') => ({
    ...exec({ event: event('file', action, { outcome }), file: { path: '/home/clerk/x', ...more } }),
  });
  const created = one('file.opened', file('creation', {}));
  assert.deepEqual([created.access, created.created, created.actor.pid], ['write', true, 410]);
  const renamed = one('file.renamed', file('rename', { Ext: { original: { path: '/home/clerk/x.part' } } }));
  assert.deepEqual([renamed.from.path, renamed.to.path], ['/home/clerk/x.part', '/home/clerk/x']);
  const opened = one('file.opened', file('open', { mode: '0644', uid: '1003' }));
  assert.deepEqual(
    [opened.access, opened.created, opened.file.mode, opened.file.ownerUid],
    ['read', false, 0o644, 1003],
  );
  assert.equal(one('file.deleted', file('deletion', {})).file.path, '/home/clerk/x');
  assert.equal(decode(file('open', {}, 'failure')).events.length, 0);
});

test('file_integrity: what happened to a file, and not who did it', () => {
  const fim = (action: unknown, more: object = {}) => ({
    '@timestamp': TIME,
    event: { module: 'file_integrity', dataset: 'file', category: ['file'], action },
    file: { path: '/tmp/x', type: 'file', mode: '0755', uid: '1003', inode: '77', ...more },
    host: { name: 'ws3' },
  });
  const created = one('file.opened', fim(['created', 'updated']));
  assert.deepEqual([created.created, created.actor.pid, created.actor.uid, created.file.node], [true, -1, -1, -1]);
  assert.equal(one('file.mode-changed', fim(['attributes_modified'])).mode, 0o755);
  assert.equal(one('file.deleted', fim(['moved'], { type: undefined })).file.path, '/tmp/x');
  assert.equal(decode(fim(['created'], { type: 'dir' }), fim('initial_scan')).events.length, 0);
});

test('connections: who reached out, and where; an accepted one is nobody reaching out', () => {
  const ends = {
    source: { ip: '192.0.2.7', port: 50000 },
    destination: { ip: '2001:0DB8::7', port: 443 },
    network: { transport: 'tcp', direction: 'egress' },
  };
  const reached = one('network.connected', exec({ event: event('network', 'connection_attempted'), ...ends }));
  assert.deepEqual([reached.address, reached.port, reached.outcome], ['2001:db8::7', 443, 'in-progress']);
  const accepted = exec({ event: event('network', 'connection_accepted'), ...ends });
  assert.equal(decode(accepted).events.length, 0);
  const name = one(
    'name.resolved',
    exec({
      event: event('network', 'lookup_result'),
      ...ends,
      dns: { question: { name: 'files.example.net' }, resolved_ip: ['203.0.113.9', '::ffff:203.0.113.10'] },
    }),
  );
  assert.deepEqual([name.name, name.answers], ['files.example.net', ['203.0.113.9', '203.0.113.10']]);
});

test('system/socket: a flow told twice is one connection, and its bytes are counted at its end', () => {
  const flow = (final: boolean, seconds: number, bytes: number) => ({
    '@timestamp': `2026-11-21T09:38:${seconds}.000Z`,
    event: { module: 'system', dataset: 'socket', action: 'network_flow', category: ['network'], start: TIME },
    flow: { final, complete: true },
    network: { direction: 'egress', transport: 'tcp', community_id: '1:abc=' },
    source: { ip: '192.0.2.7', port: 50000, bytes },
    destination: { ip: '203.0.113.7', port: 25, bytes: 90 },
    process: { pid: 410, name: 'curl', executable: '/usr/bin/curl', args: ['curl'] },
    user: { id: '1003' },
    host: HOST,
  });
  const { events } = decode(flow(false, 10, 100), flow(true, 20, 70_000));
  assert.deepEqual(
    events.map(each => [each.kind, each.time]),
    [
      ['network.connected', AT],
      ['flow.ended', Date.UTC(2026, 10, 21, 9, 38, 20)],
    ],
  );
  const ended = events[1];
  assert.ok(ended?.kind === 'flow.ended');
  assert.deepEqual([ended.bytesOut, ended.counted, ended.startTime], [70_000, 'packets', AT]);
});

test('system/process: what runs, what began when the kernel says, what ended', () => {
  const seen = (action: string) => ({
    ...exec({ event: { module: 'system', dataset: 'process', category: ['process'], action } }),
    user: { id: '1003', name: 'clerk', effective: { id: '0' } },
  });
  assert.equal(one('process.listed', seen('existing_process')).startTime, 1795253830000);
  const started = one('process.started', seen('process_started'));
  assert.deepEqual([started.time, started.actor.uid, started.actor.euid], [1795253830000, 1003, 0]);
  assert.equal(one('process.exited', seen('process_stopped')).actor.pid, 410);
});

test('dots in the names, hits of an index, an answer of a search', () => {
  const flat = {
    '@timestamp': TIME,
    'event.category': 'process',
    'event.action': 'exec',
    'host.name': 'ws4',
    'process.pid': 7,
    'process.executable': '/usr/bin/id',
    'process.args': ['id'],
  };
  assert.deepEqual([one('process.started', flat).host, one('process.started', flat).argv], ['ws4', ['id']]);
  assert.equal(one('process.started', { _index: 'x', _id: '1', _source: exec() }).actor.pid, 410);
  const answer = { took: 3, hits: { total: { value: 2 }, hits: [{ _source: exec() }, { _source: flat }] } };
  assert.equal(decode(answer).events.length, 2);
});

test('other sensors’ alerts are context', () => {
  const alert = one(
    'sensor.alert',
    exec({ event: { kind: 'alert', module: 'endpoint', category: ['malware'] }, rule: { name: 'Odd child' } }),
  );
  assert.deepEqual([alert.signature, alert.category], ['Odd child', 'endpoint']);
});

test('an unset login of auditbeat is unset, and a connection in progress is one', () => {
  const document = {
    '@timestamp': '2026-11-21T09:37:10.123Z',
    event: { module: 'auditd' },
    auditd: {
      sequence: 7,
      message_type: 'syscall',
      result: 'fail',
      data: { syscall: 'connect', exit: 'EINPROGRESS', tty: '(none)' },
    },
    process: { pid: 9, parent: { pid: 8 }, executable: '/usr/bin/curl', name: 'curl' },
    user: { id: '33' },
    destination: { ip: '203.0.113.7', port: '25' },
    host: HOST,
  };
  const reached = one('network.connected', document);
  assert.deepEqual(
    [reached.actor.auid, reached.actor.ses, reached.actor.euid, reached.actor.tty, reached.outcome, reached.port],
    [ID_UNSET, ID_UNSET, 33, '', 'in-progress', 25],
  );
  // auditbeat hands on the command's name as the kernel printed it: in hexadecimal, where it holds a blank.
  const named = (name: string) =>
    one('network.connected', { ...document, process: { ...document.process, name } }).actor.comm;
  assert.equal(named('51756F74614D616E6167657220494F'), 'QuotaManager IO');
  assert.deepEqual(['64617465', '6461746520', '646174652', 'cafe20'].map(named), [
    '64617465',
    'date ',
    '646174652',
    'cafe20',
  ]);
});

const MAIL = 'Nov 21 09:37:10 mx1 postfix/qmgr[12]: 4F1C22: removed';

test('log lines as filebeat, vector and fluent-bit ship them', () => {
  const shipped = [
    { '@timestamp': TIME, message: MAIL, log: { file: { path: '/var/log/mail.log' }, offset: 9 }, host: HOST },
    { file: '/var/log/mail.log', host: 'relay', message: MAIL, source_type: 'file', timestamp: TIME },
    { date: 1795253830.5, log: `${MAIL}\n` },
    { date: 1795253830.5, path: '/var/log/mail.log', log: MAIL },
  ];
  for (const record of shipped) {
    const removed = one('mail.removed', record);
    assert.deepEqual([removed.time, removed.host, removed.pid], [1795253830000, 'mx1', 12], JSON.stringify(record));
  }
  const apart = [
    {
      timestamp: TIME,
      source_type: 'syslog',
      hostname: 'mx1',
      appname: 'postfix/qmgr',
      procid: 12,
      message: '4F1C22: removed',
    },
    { date: AT / 1000, ident: 'postfix/qmgr', pid: '12', host: 'mx1', message: '4F1C22: removed' },
    {
      '@timestamp': TIME,
      event: { module: 'system', dataset: 'system.syslog' },
      log: { file: { path: '/var/log/syslog' } },
      process: { name: 'postfix/qmgr', pid: 12 },
      host: { hostname: 'mx1' },
      message: '4F1C22: removed',
    },
  ];
  for (const record of apart) {
    const removed = one('mail.removed', record);
    assert.deepEqual([Math.floor(removed.time), removed.host, removed.queueId], [1795253830123, 'mx1', '4F1C22']);
  }
});

test('lines of a program’s own log are read as in its file', () => {
  const line =
    '2026-11-21 09:37:10 1vLxyz-000000001Ab-2cDe <= boss@example.org H=mx.example.net [192.0.2.9] P=esmtps S=5145 id=1@example.org';
  const { events, verdicts } = decode({
    '@timestamp': TIME,
    message: line,
    log: { file: { path: '/var/log/exim4/mainlog' } },
    host: HOST,
  });
  assert.deepEqual(verdicts, ['emit']);
  assert.ok(events.length > 0);
  for (const event of events) assert.deepEqual([event.host, event.time, event.ref.offset], ['ws3', 1795253830000, 0]);
  assert.ok(events.some(each => each.kind === 'mail.queued' && each.sender === 'boss@example.org'));
});

test('an audit record that an integration took apart is read from its original', () => {
  const taken = (type: string, original: string) => ({
    '@timestamp': TIME,
    event: { module: 'auditd', dataset: 'auditd.log', category: ['process'], action: type, original },
    auditd: { log: { record_type: type.toUpperCase(), sequence: 77 } },
    process: { pid: 2, executable: '/usr/bin/id' },
    log: { file: { path: '/var/log/audit/audit.log' } },
    host: HOST,
  });
  const stamp = 'msg=audit(1795253830.123:77):';
  const { events } = decode(
    taken(
      'syscall',
      `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 auid=1003 uid=1003 euid=1003 tty=pts0 ses=4 comm="id" exe="/usr/bin/id"`,
    ),
    taken('execve', `type=EXECVE ${stamp} argc=2 a0="id" a1="-u"`),
  );
  assert.deepEqual(
    events.map(each => each.kind === 'process.started' && [each.argv, each.actor.ses]),
    [[['id', '-u'], 4]],
  );
});

test('audit records shipped one by one are one event again; a line that is JSON is its own record', () => {
  const ship = (message: string) => ({
    '@timestamp': TIME,
    message,
    log: { file: { path: '/var/log/audit/audit.log' } },
    host: HOST,
  });
  const stamp = 'msg=audit(1795253830.123:77):';
  const { events } = decode(
    ship(
      `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=1 ppid=1 pid=2 auid=1003 uid=1003 gid=1003 euid=1003 suid=1003 fsuid=1003 egid=1003 sgid=1003 fsgid=1003 tty=pts0 ses=4 comm="id" exe="/usr/bin/id" key=(null)`,
    ),
    ship(`type=EXECVE ${stamp} argc=2 a0="id" a1="-u"`),
  );
  assert.deepEqual(
    events.map(each => each.kind === 'process.started' && [each.host, each.argv, each.time]),
    [['ws3', ['id', '-u'], 1795253830123]],
  );
  assert.equal(one('process.started', ship(JSON.stringify(exec()))).actor.pid, 410);
  const pathless = { '@timestamp': TIME, event: {}, message: JSON.stringify(exec()) };
  assert.equal(decode(pathless).events.length, 0, 'text that comes from nowhere stays text');
});

test('hashes: of the program, of the file, and where file_integrity put them before ECS', () => {
  const sha256 = 'ab'.repeat(32);
  const hash = { md5: '0'.repeat(32), sha256: sha256.toUpperCase() };
  assert.deepEqual(one('process.started', exec({}, { hash })).file.content, { sha256, sizeBytes: -1 });
  const created = { '@timestamp': TIME, event: event('file', 'creation'), host: HOST };
  const file = { path: '/tmp/x', size: 7 };
  for (const record of [
    { ...created, file: { ...file, hash } },
    { ...created, file, hash },
  ])
    assert.deepEqual(one('file.opened', record).file.content, { sha256, sizeBytes: 7 });
  assert.equal(one('process.started', exec({}, { hash: { sha256: 'x' } })).file.content, undefined);
});

test('hostile documents become nothing, or what they say without trust', () => {
  const deep = JSON.parse(`${'{"process":'.repeat(200)}1${'}'.repeat(200)}`) as object;
  for (const bad of [null, 7, 'x', [], {}, { pid: {} }, deep, [[[]]]])
    for (const key of ['process', 'event', 'user', 'host', 'file', 'auditd', 'log', '@timestamp', 'hits', '_source'])
      decode({ ...exec(), [key]: bad }, { '@timestamp': TIME, event: event('file', 'open'), [key]: bad });
  const odd = one('process.started', exec({}, { pid: '-4', parent: { pid: 1e300 }, args: [{}, 'a\u0000b\u001b[2J'] }));
  assert.deepEqual([odd.actor.pid, odd.actor.ppid, odd.argv], [-1, -1, ['a\u0000b\u001b[2J']]);
  const huge = one('process.started', exec({}, { args: new Array(9000).fill('x'), args_count: 9000 }));
  assert.deepEqual([huge.argv.length, huge.argvCut], [4096, true]);
  assert.deepEqual(decode({ ...exec(), '@timestamp': 'yesterday' }).verdicts, ['reject']);
});
