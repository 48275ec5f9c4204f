import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';

const decode = (...records: unknown[]) => readRecords('ocsf', records);
const kinds = (...records: unknown[]) => decode(...records).events.map(event => event.kind);
const only = <K extends WatchEvent['kind']>(kind: K, ...records: unknown[]): WatchEvent & { kind: K } => {
  const found = decode(...records).events.filter(event => event.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0] as WatchEvent & { kind: K };
};
const AT = 1795253830123;
const of = (classUid: number, activity: number, more: object) => ({
  class_uid: classUid,
  activity_id: activity,
  category_uid: Math.floor(classUid / 1000),
  type_uid: classUid * 100 + activity,
  time: AT,
  status_id: 1,
  device: { hostname: 'ws3' },
  metadata: { version: '1.8.0', product: { name: 'Some sensor' } },
  ...more,
});
const PROCESS = {
  pid: 410,
  uid: 'b',
  name: 'curl',
  file: { path: '/usr/bin/curl', name: 'curl' },
  cmd_line: 'curl -T "my file" http://x.test/',
  created_time: AT,
  user: { uid: '1003', name: 'clerk' },
  euid: 0,
  auid: 1003,
  session: { terminal: '/dev/pts/3' },
  working_directory: '/home/clerk',
};
const BY = {
  process: { pid: 400, uid: 'a', file: { path: '/usr/bin/bash' }, cmd_line: 'bash', created_time: AT - 60_000 },
};

test('a launch: who was launched, by whom, told of once', () => {
  const launch = of(1007, 1, { launch_type_id: 3, process: PROCESS, actor: BY });
  assert.deepEqual(kinds(launch), ['process.listed', 'process.started']);
  const started = only('process.started', launch);
  assert.deepEqual([started.time, started.host, started.userName, started.cwd], [AT, 'ws3', 'clerk', '/home/clerk']);
  assert.deepEqual([started.argv, started.argvJoined], [['curl', '-T', 'my file', 'http://x.test/'], true]);
  assert.deepEqual(started.actor, {
    pid: 410,
    ppid: 400,
    uid: 1003,
    euid: 0,
    auid: 1003,
    ses: -1,
    tty: 'pts3',
    comm: 'curl',
    exe: '/usr/bin/curl',
  });
  const bare = only('process.started', of(1007, 1, { process: { pid: 5, path: '/bin/id' } }));
  assert.deepEqual([bare.actor.ppid, bare.actor.uid, bare.actor.tty, bare.actor.exe], [-1, -1, TTY_UNKNOWN, '/bin/id']);
});

test("a program's SHA-256 stands among its fingerprints", () => {
  const sha256 = 'ab'.repeat(32);
  const hashes = [
    { algorithm: 'MD5', algorithm_id: 1, value: '0'.repeat(32) },
    { algorithm_id: 3, value: sha256.toUpperCase() },
  ];
  const launch = (file: object) =>
    only('process.started', of(1007, 1, { process: { pid: 5, file: { path: '/tmp/x', ...file } } })).file.content;
  assert.deepEqual(launch({ hashes, size: 7 }), { sha256, sizeBytes: 7 });
  assert.equal(launch({ hashes: [{ algorithm_id: 3, value: 'short' }, null, 3] }), undefined);
});

test('forks, ends, failures, and pids that are used again', () => {
  assert.equal(only('process.forked', of(1007, 1, { launch_type_id: 2, process: PROCESS, actor: BY })).childPid, 410);
  assert.equal(only('process.exited', of(1007, 2, { process: PROCESS })).actor.pid, 410);
  assert.deepEqual(decode(of(1007, 1, { process: PROCESS, status_id: 2 })).verdicts, ['skip']);
  const next = of(1007, 1, { process: { ...PROCESS, uid: 'c', created_time: AT + 1000 }, time: AT + 1000 });
  assert.deepEqual(kinds(of(1007, 1, { process: PROCESS }), next), [
    'process.started',
    'process.exited',
    'process.started',
  ]);
});

test('times: milliseconds, the text of the datetime profile, and what producers write instead', () => {
  const at = (more: object) => only('process.exited', of(1007, 2, { process: PROCESS, ...more })).time;
  assert.equal(at({ time_dt: '2026-11-21T09:37:10.123456Z' }), 1795253830123.456);
  assert.deepEqual(
    [at({ time: 1795253830 }), at({ time: 1795253830123456 }), at({ time: '2026-11-21T09:37:10Z' })],
    [1795253830000, 1795253830123.456, 1795253830000],
  );
  assert.deepEqual(decode(of(1007, 2, { process: PROCESS, time: 'soon' })).verdicts, ['reject']);
});

test('file activities, and what is not told of them', () => {
  const file = { path: '/tmp/x', name: 'x', owner: { uid: '1003' } };
  const made = only('file.opened', of(1001, 1, { file, actor: BY }));
  assert.deepEqual(
    [made.access, made.created, made.actor.pid, made.file.ownerUid, made.file.mode],
    ['write', true, 400, 1003, -1],
  );
  assert.equal(only('file.opened', of(1001, 2, { file })).access, 'read');
  assert.equal(only('file.opened', of(1001, 14, { file, access_mask: 2 })).access, 'readwrite');
  const moved = only('file.renamed', of(1001, 5, { file, file_result: { parent_folder: '/home/clerk', name: 'y' } }));
  assert.deepEqual([moved.from.path, moved.to.path], ['/tmp/x', '/home/clerk/y']);
  assert.equal(only('file.mode-changed', of(1001, 6, { file })).mode, -1);
  assert.equal(only('file.deleted', of(1001, 4, { file })).file.path, '/tmp/x');
  assert.deepEqual(decode(of(1001, 4, {})).verdicts, ['reject']);
});

const ENDS = {
  src_endpoint: { ip: '192.0.2.7', port: 50000 },
  dst_endpoint: { ip: '203.0.113.7', port: 25, svc_name: 'smtp' },
  connection_info: { uid: 'c1', community_uid: '1:x=', protocol_name: 'tcp', direction_id: 2 },
};

test('network activities: connections of processes, and what went over them', () => {
  const open = only('network.connected', of(4001, 1, { ...ENDS, actor: { process: PROCESS } }));
  assert.deepEqual([open.address, open.port, open.outcome, open.actor.pid], ['203.0.113.7', 25, 'established', 410]);
  assert.equal(only('network.connected', of(4001, 5, { ...ENDS, actor: { process: PROCESS } })).outcome, 'failed');
  assert.deepEqual(
    kinds(of(4001, 1, { ...ENDS, actor: { process: PROCESS }, connection_info: { direction_id: 1 } })),
    [],
  );
  const flow = only(
    'flow.ended',
    of(4001, 6, { ...ENDS, traffic: { bytes_out: 731802, bytes_in: 90 }, duration: 1500 }),
  );
  assert.deepEqual(
    [flow.bytesOut, flow.bytesIn, flow.startTime, flow.service, flow.flowId],
    [731802, 90, AT - 1500, 'smtp', 'c1'],
  );
  const name = only(
    'name.resolved',
    of(4003, 2, {
      ...ENDS,
      query: { hostname: 'mx.example.net' },
      answers: [{ rdata: '203.0.113.9' }, { rdata: 'other.example.net' }],
    }),
  );
  assert.deepEqual([name.name, name.answers], ['mx.example.net', ['203.0.113.9']]);
  const request = {
    http_method: 'PUT',
    user_agent: 'curl/8',
    url: { hostname: 'drop.example.net', path: '/in/7', query_string: 'a=b' },
    body_length: 700,
  };
  const http = only(
    'http.seen',
    of(4002, 7, { ...ENDS, http_request: request, http_response: { code: 201, length: 12 } }),
  );
  assert.deepEqual(
    [http.method, http.name, http.path, http.bytesOut, http.bytesIn],
    ['PUT', 'drop.example.net', '/in/7?a=b', 700, 12],
  );
});

const SHA = 'ab'.repeat(32);

test('email: the envelope and the files; never the subject or the headers', () => {
  const email = {
    uid: 'm1',
    message_uid: '<1@example.org>',
    smtp_from: '<boss@example.org>',
    smtp_to: ['clerk@example.net'],
    from: 'Someone Else <else@example.com>',
    subject: 'SECRET SUBJECT',
    raw_header: 'Subject: SECRET SUBJECT',
    files: [
      {
        name: 'papers.zip',
        mime_type: 'Application/ZIP',
        size: 3311,
        hashes: [
          { algorithm_id: 1, value: 'x' },
          { algorithm_id: 3, value: SHA.toUpperCase() },
        ],
      },
    ],
  };
  const { events } = decode(of(4009, 2, { ...ENDS, email, direction_id: 1 }));
  const [mail, file] = events;
  assert.ok(mail?.kind === 'smtp.seen' && file?.kind === 'file.transferred');
  assert.deepEqual(
    [mail.sender, mail.recipients, mail.messageId, mail.fileIds],
    ['boss@example.org', ['clerk@example.net'], '<1@example.org>', ['c1.0']],
  );
  assert.deepEqual(
    [file.name, file.type, file.sizeBytes, file.sha256, file.fileId, file.flowId],
    ['papers.zip', 'application/zip', 3311, SHA, 'c1.0', 'c1'],
  );
  assert.ok(!JSON.stringify(events).includes('SECRET'));
  const alone = only(
    'attachment.seen',
    of(4011, 2, { email_uid: '<1@example.org>', file: { name: 'a.iso', size: 7 } }),
  );
  assert.deepEqual([alone.name, alone.messageId, alone.sizeBytes, alone.sha256], ['a.iso', '<1@example.org>', 7, '']);
  assert.deepEqual(decode(of(4009, 2, { email: {} }), of(4009, 2, {})).verdicts, ['skip', 'reject']);
});

test('findings are context', () => {
  const found = only('sensor.alert', of(2004, 1, { finding_info: { title: 'Odd child' } }));
  assert.deepEqual([found.signature, found.category], ['Odd child', 'Some sensor']);
});

test('hostile values become unknown ones, and nothing throws', () => {
  const classes = [1001, 1007, 2004, 4001, 4002, 4003, 4009, 4011];
  const whole = {
    process: PROCESS,
    actor: BY,
    file: { path: '/x' },
    email: { smtp_to: 'a@example.org', files: [{}] },
    query: { hostname: 'x' },
    http_request: {},
    ...ENDS,
  };
  for (const kind of classes)
    for (const bad of [null, -1, 1e300, '', [], {}, [null, 3, {}], 'x'.repeat(90_000)])
      for (const key of [
        ...Object.keys(whole),
        'device',
        'metadata',
        'answers',
        'traffic',
        'file_result',
        'activity_id',
        'time',
        'finding_info',
      ]) {
        decode(of(kind, 1, { ...whole, [key]: bad }));
        decode(
          of(kind, 6, {
            ...whole,
            actor: { process: bad, user: bad },
            email: { files: bad, hashes: bad, smtp_to: bad, message_uid: 'x' },
          }),
        );
      }
});
