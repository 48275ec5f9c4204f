import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { samplesAt } from '../../../test/support/samples.ts';
import type { WatchEvent } from '../../events/event.ts';
import { compareEvents } from '../../events/event.ts';
import { auditFormat } from '../audit/format.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';
import { decodeAll, formatOf } from '../recorded.test-support.ts';

const LAUREL = JSON_FORMATS.find(format => format.id === 'laurel') ?? assert.fail();
const unpacked = (path: string) => gunzipSync(readFileSync(join(import.meta.dirname, path)));
const plain = (events: readonly WatchEvent[]) => [...events].sort(compareEvents).map(({ ref: _, ...rest }) => rest);

function both(recording: string, recorded: string) {
  const json = unpacked(`recordings/${recording}.json.gz`);
  assert.equal(formatOf(json).id, 'laurel');
  const raw = decodeAll(auditFormat, unpacked(`../../analytics/${recorded}/audit.log.gz`));
  const laurel = decodeAll(formatOf(json), json);
  return { raw: plain(raw.events), laurel: plain(laurel.events), verdicts: laurel.verdicts };
}

for (const [recording, recorded] of [
  ['zip-hidden-child', 'an0656-phishing-attachment-executed/cases/fires.zip-hidden-child'],
  ['tar-maildir-curl.enriched', 'an1310-mail-store-harvested/cases/fires.tar-maildir-curl'],
] as const) {
  test(`${recording}: the events are those of the log that LAUREL read`, () => {
    const { raw, laurel, verdicts } = both(recording, recorded);
    assert.ok(raw.length > 50);
    assert.deepEqual(laurel, raw);
    assert.ok(verdicts.every(verdict => verdict.tag !== 'reject'));
  });
}

/** What is left of an event when its users' numbers are dropped and its arguments joined. */
function withoutNumbers(event: ReturnType<typeof plain>[number]): unknown {
  const { argv, argvJoined: _, userName: __, ...rest } = { argv: undefined, argvJoined: true, userName: '', ...event };
  const text = JSON.stringify({ ...rest, line: argv?.join(' ') });
  return JSON.parse(text, (key, value: unknown) => (IDS.has(key) && !KEPT.has(value as number) ? 'unknown' : value));
}
const IDS = new Set(['uid', 'euid', 'auid', 'ownerUid']);
/** root, and an id that was never set. */
const KEPT = new Set([0, 4294967295]);

test('told to translate, drop numbers and join arguments, LAUREL leaves the story, and what it dropped is not made up', () => {
  const recorded = 'an1310-mail-store-harvested/cases/fires.python-walks-store';
  const { raw, laurel, verdicts } = both('python-walks-store.translated', recorded);
  assert.ok(verdicts.every(verdict => verdict.tag !== 'reject'));
  assert.deepEqual(laurel.map(withoutNumbers), raw.map(withoutNumbers));
  const numbers = laurel.flatMap((event, index) => {
    const before = raw[index];
    return 'actor' in event && before && 'actor' in before ? [[event.actor.uid, before.actor.uid] as const] : [];
  });
  assert.ok(numbers.every(([uid, before]) => uid === -1 || uid === before));
  assert.ok(numbers.some(([uid, before]) => uid === -1 && before > 0));
  const started = laurel.filter(event => event.kind === 'process.started');
  assert.ok(started.length > 10);
  for (const event of started) {
    assert.equal(event.argvJoined, true);
    assert.equal(event.argvCut, false);
  }
});

const records = (...many: readonly unknown[]) => readRecords('laurel', many);
const CALL = {
  arch: '0xc000003e',
  syscall: 59,
  success: 'yes',
  exit: 0,
  items: 2,
  ppid: 100,
  pid: 200,
  auid: 1001,
  uid: 1001,
  euid: 1001,
  tty: 'pts0',
  ses: 7,
  comm: 'tool',
  exe: '/usr/bin/tool',
  key: null,
  ARGV: ['0x1', '0x2', '0x3', '0x0'],
};
const ID = '1795253232.494:91';
const RUN = {
  ID,
  NODE: 'mx1',
  SYSCALL: CALL,
  EXECVE: { argc: 1, ARGV: ['tool'] },
  CWD: { cwd: '/' },
  PATH: [{ item: 0, name: '/usr/bin/tool', nametype: 'NORMAL' }],
};
const started = (event: object) => {
  const { events } = records(event);
  const only = events[0];
  assert.ok(only?.kind === 'process.started' && events.length === 1);
  return only;
};

test('bytes that LAUREL percent-encodes come back as they were, and none of them ends a field', () => {
  const odd = [
    'a b',
    'x" exe="/bin/evil',
    'caf\u00e9',
    '%2b%25',
    '%ff%fe',
    '%0a type=SYSCALL',
    '',
    '%',
    '%g1',
    '%1d UID="root"',
  ];
  const { argv, actor } = started({
    ...RUN,
    SYSCALL: { ...CALL, comm: 'a"b uid=0', exe: '/tmp/x exe=%0a' },
    EXECVE: { argc: odd.length, ARGV: odd },
  });
  assert.deepEqual(argv, [
    'a b',
    'x" exe="/bin/evil',
    'caf\u00e9',
    '+%',
    '\\xff\\xfe',
    '\n type=SYSCALL',
    '',
    '%',
    '%g1',
    '\x1d UID="root"',
  ]);
  assert.deepEqual([actor.comm, actor.exe, actor.uid], ['a"b uid=0', '/tmp/x exe=\n', 1001]);
});

test('arguments that LAUREL left out are said to be missing', () => {
  const { argv, argvCut } = started({
    ...RUN,
    EXECVE: { argc: 4, ARGV: ['tool', { skipped_args: 2, skipped_bytes: 900 }, 'last'] },
  });
  assert.deepEqual([argv, argvCut], [['tool', 'last'], true]);
});

test('values of other types are not taken for what they are not', () => {
  const actor = (over: object) => started({ ...RUN, SYSCALL: { ...CALL, ...over } }).actor;
  assert.equal(actor({ pid: { a: 1 } }).pid, -1);
  assert.equal(actor({ pid: '7 uid=0' }).pid, -1);
  assert.deepEqual([actor({ uid: null }).uid, actor({ auid: [] }).auid, actor({ ses: true }).ses], [-1, -1, -1]);
  assert.equal(actor({ exe: 5 }).exe, '5');
  assert.equal(actor({ exe: { path: '/bin/sh' } }).exe, '');
  assert.equal(actor({ tty: "x' exe=1" }).tty, '');
});

test('a dropped number comes back where its name says it', () => {
  const { uid: _, euid: __, auid: ___, ...dropped } = CALL;
  const names = { UID: 'unknown(1004)', EUID: 'root', AUID: 'unset' };
  const { actor } = started({ ...RUN, SYSCALL: { ...dropped, ...names } });
  assert.deepEqual([actor.uid, actor.euid, actor.auid], [1004, 0, 4294967295]);
  const other = started({ ...RUN, SYSCALL: { ...dropped, UID: 'clerk', EUID: 'clerk', AUID: 'clerk' } });
  assert.deepEqual([other.actor.uid, other.actor.euid, other.actor.auid, other.userName], [-1, -1, -1, 'clerk']);
});

test('an address is read out of its bytes, or out of what LAUREL made of them', () => {
  const connect = { ...CALL, syscall: 42, items: 0 };
  const to = (sockaddr: object) =>
    records({ ID, SYSCALL: connect, SOCKADDR: [sockaddr] }).events.map(
      event => event.kind === 'network.connected' && [event.family, event.address, event.port],
    );
  assert.deepEqual(to({ saddr: '%02%00%01%bb%cb%00qB%00%00%00%00%00%00%00%00' }), [['ipv4', '203.0.113.66', 443]]);
  const translated = (SADDR: object) => to({ SADDR });
  assert.deepEqual(translated({ saddr_fam: 'inet', addr: '203.0.113.66', port: 443 }), [['ipv4', '203.0.113.66', 443]]);
  assert.deepEqual(translated({ saddr_fam: 'inet6', addr: '2001:db8::7', port: 25, flowinfo: 0, scope_id: 0 }), [
    ['ipv6', '2001:db8::7', 25],
  ]);
  assert.deepEqual(translated({ saddr_fam: 'inet6', addr: '::ffff:192.0.2.1', port: 25 }), [['ipv4', '192.0.2.1', 25]]);
  assert.deepEqual(translated({ saddr_fam: 'local', path: '/run/x' }), [['unix', '/run/x', 0]]);
  for (const bad of ['1.2.3', '1.2.3.999', '::1::', 'g::1', '1:2:3:4:5:6:7:8:9', ''])
    assert.deepEqual(translated({ saddr_fam: bad.includes(':') ? 'inet6' : 'inet', addr: bad, port: 25 }), [], bad);
  assert.deepEqual(translated({ saddr_fam: 'inet', addr: '192.0.2.1', port: 65536 }), []);
});

test('a line without a stamp is no event, and one of no use says why', () => {
  assert.deepEqual(records({ ...RUN, ID: 'x' }).verdicts, ['skip']);
  assert.deepEqual(records({ ...RUN, ID: ['1795253232.494:91'] }).verdicts, ['skip']);
  assert.deepEqual(records({ ID, SYSCALL: { ...CALL, syscall: 0 } }).verdicts, ['skip']);
  assert.deepEqual(records({ ID, PROCTITLE: { ARGV: ['x'] } }).verdicts, ['skip']);
  assert.deepEqual(records({ ID, SYSCALL: 7, PATH: 'x', EXECVE: [null, []] }).verdicts, ['skip']);
  assert.deepEqual(records({ ID, SYSCALL: { ...CALL, syscall: 'execve' } }).verdicts, ['reject']);
  assert.deepEqual(
    records(JSON.parse(`{"ID":"${ID}","__proto__":{"SYSCALL":{}},"constructor":{},"PATH":[]}`)).verdicts,
    ['skip'],
  );
});

test('a cookie before each line is passed over', () => {
  const content = Buffer.from(
    `@cee: ${JSON.stringify(RUN)}\n@cee:${JSON.stringify({ ...RUN, ID: '1795253233.000:92' })}\n`,
  );
  assert.equal(formatOf(content), LAUREL);
  assert.deepEqual(
    decodeAll(LAUREL, content).events.map(event => event.order),
    [91, 92],
  );
});

test('lines cut short, nested deep, ended by CR LF or not of UTF-8 cost themselves alone', () => {
  const whole = JSON.stringify(RUN);
  const deep = `{"ID":"${ID}","SYSCALL":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  const list = `{"ID":"${ID}","PATH":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  const huge = JSON.stringify({
    ...RUN,
    ID: '1795253233.000:92',
    EXECVE: { argc: 2, ARGV: ['tool', 'x'.repeat(400_000)] },
  });
  const many = JSON.stringify({
    ...RUN,
    ID: '1795253233.000:93',
    PATH: Array.from({ length: 5000 }, () => RUN.PATH[0]),
  });
  const lines = [
    Buffer.from(whole.slice(0, -1)),
    Buffer.from(`${whole.slice(0, 100)}\u0000${whole.slice(100)}`),
    Buffer.from(deep),
    Buffer.from(list),
    Buffer.from(whole.replace('"tool"', '"t\u00ffol"'), 'latin1'),
    Buffer.from(`${huge}\r`),
    Buffer.from(many),
    Buffer.from(`${whole}\r`),
  ];
  const { events, verdicts } = decodeAll(LAUREL, Buffer.concat(lines.flatMap(line => [line, Buffer.from('\n')])));
  const tags = verdicts.map(verdict => verdict.tag);
  assert.deepEqual(tags, ['reject', 'reject', 'reject', 'skip', 'emit', 'emit', 'emit', 'emit']);
  const long = events.find(event => event.order === 92);
  assert.ok(long?.kind === 'process.started');
  assert.ok((long.argv[1]?.length ?? 0) <= 300_000);
  assert.deepEqual(
    events.map(event => event.order),
    [91, 92, 93],
  );
});

const { folder, skip } = samplesAt('laurel');

test('LAUREL’s own examples give the events of the records that they were made of', { skip }, () => {
  const names = readdirSync(folder).filter(name => name.endsWith('.json'));
  assert.ok(names.length >= 12);
  for (const name of names) {
    const json = decodeAll(LAUREL, readFileSync(join(folder, name)));
    const raw = decodeAll(auditFormat, readFileSync(join(folder, name.replace('.json', '.txt'))));
    assert.ok(
      json.verdicts.every(verdict => verdict.tag !== 'reject'),
      name,
    );
    assert.deepEqual(plain(json.events), plain(raw.events), name);
  }
});
