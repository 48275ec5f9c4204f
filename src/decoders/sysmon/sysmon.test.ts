import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { WatchEvent } from '../../events/event.ts';
import { compareEvents } from '../../events/event.ts';
import { auditFormat } from '../audit/format.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';
import { decodeAll, formatOf, ofKind } from '../recorded.test-support.ts';
import { syslogFormat } from '../syslog/format.ts';
import { eventOf, read, verdictOf } from '../syslog/replay.test-support.ts';
import { parseSysmonEvent } from './xml.ts';

const unpacked = (path: string) => gunzipSync(readFileSync(join(import.meta.dirname, path)));
const sorted = (events: readonly WatchEvent[]) => [...events].sort(compareEvents);

for (const [name, recorded] of [
  ['zip-hidden-child', 'an0656-phishing-attachment-executed/cases/fires.zip-hidden-child'],
  ['tar-maildir-curl', 'an1310-mail-store-harvested/cases/fires.tar-maildir-curl'],
] as const) {
  test(`${name}: what Sysmon can see of the recording is told, by the same processes, and no more`, () => {
    const content = unpacked(`converted/${name}.syslog.gz`);
    assert.equal(formatOf(content), syslogFormat);
    const { events, verdicts } = decodeAll(syslogFormat, content);
    assert.ok(verdicts.every(verdict => verdict.tag === 'emit'));
    const audit = sorted(decodeAll(auditFormat, unpacked(`../../analytics/${recorded}/audit.log.gz`)).events);
    const sysmon = sorted(events);
    const starts = (all: readonly WatchEvent[]) =>
      ofKind(all, 'process.started').map(event => [
        event.time,
        event.actor.pid,
        event.actor.ppid,
        event.actor.uid,
        event.actor.ses,
        event.actor.exe,
        event.cwd,
        event.argv.join(' ').trim().split(/\s+/).join(' '),
      ]);
    assert.deepEqual(starts(sysmon), starts(audit));
    const files = (all: readonly WatchEvent[]) =>
      ofKind(all, 'file.opened')
        .filter(event => event.created)
        .map(event => [event.time, event.actor.pid, event.actor.exe, event.file.path]);
    assert.deepEqual(files(sysmon), files(audit));
    const connections = (all: readonly WatchEvent[]) =>
      ofKind(all, 'network.connected')
        .filter(event => event.family !== 'unix' && event.outcome !== 'failed')
        .map(event => [event.time, event.actor.pid, event.address, event.port]);
    assert.deepEqual(connections(sysmon), connections(audit));
    const kinds = new Set(sysmon.map(event => event.kind));
    assert.deepEqual([...kinds].sort(), ['file.deleted', 'file.opened', 'network.connected', 'process.started']);
    for (const event of ofKind(sysmon, 'process.started')) {
      assert.equal(event.actor.auid, -1, 'the login uid is not written');
      assert.equal(event.actor.euid, -1);
      assert.ok(event.actor.startTime !== undefined && event.actor.startTime <= event.time);
    }
  });
}

const SYSTEM =
  '<System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>ID</EventID><Version>5</Version><TimeCreated SystemTime="2026-03-01T09:30:00.123456000Z"/><EventRecordID>75947</EventRecordID><Correlation/><Execution ProcessID="1120" ThreadID="1120"/><Channel>Linux-Sysmon/Operational</Channel><Computer>mx1</Computer><Security UserId="0"/></System>';
const data = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('');
const xml = (id: number | string, fields: Readonly<Record<string, string>>) =>
  `<Event>${SYSTEM.replace('ID<', `${id}<`)}<EventData>${data(fields)}</EventData></Event>`;
const CREATED = {
  RuleName: '-',
  UtcTime: '2026-03-01 09:29:59.990',
  ProcessGuid: '{ae88b96f-a8aa-6a8a-ad9d-cfc3e2550000}',
  ProcessId: '6201',
  Image: '/usr/bin/tool',
  CommandLine: 'tool --name a b',
  CurrentDirectory: '/home/clerk',
  User: 'clerk',
  LogonGuid: '{ae88b96f-a8aa-6a8a-eb03-000002000000}',
  LogonId: '1003',
  TerminalSessionId: '7',
  ParentProcessGuid: '{ae88b96f-a8a0-6a8a-c521-477bd6550000}',
  ParentProcessId: '1123',
  ParentImage: '/usr/bin/bash',
};
const ACTED = { ProcessGuid: CREATED.ProcessGuid, ProcessId: '6201', Image: '/usr/bin/tool', User: 'clerk' };

test('a ProcessCreate gives the process, its user by name and number, its session and when it was forked', () => {
  const event = eventOf('sysmon', xml(1, CREATED));
  assert.ok(event.kind === 'process.started');
  assert.deepEqual(event.actor, {
    pid: 6201,
    ppid: 1123,
    uid: 1003,
    euid: -1,
    auid: -1,
    ses: 7,
    tty: '?',
    comm: 'tool',
    exe: '/usr/bin/tool',
    startTime: 0x6a8aa8aa * 1000,
    parentStartTime: 0x6a8aa8a0 * 1000,
  });
  assert.deepEqual([event.argv, event.argvJoined, event.argvCut], [['tool', '--name', 'a', 'b'], true, false]);
  assert.deepEqual([event.time, event.order], [Date.UTC(2026, 2, 1, 9, 30, 0) + 123.456, 75_947]);
  assert.deepEqual([event.cwd, event.userName, event.host], ['/home/clerk', 'clerk', 'mx1']);
});

test('the SHA-256 of a program is read where Sysmon was told to take one', () => {
  const sha256 = 'ab'.repeat(32);
  const content = (hashes: string) => {
    const event = eventOf('sysmon', xml(1, { ...CREATED, Hashes: hashes }));
    return event.kind === 'process.started' ? event.file.content?.sha256 : 'none';
  };
  assert.equal(content(`MD5=${'0'.repeat(32)},SHA256=${sha256.toUpperCase()}`), sha256);
  for (const none of ['-', '', 'SHA256=', `SHA256=${'g'.repeat(64)}`]) assert.equal(content(none), undefined);
});

test('a user’s number is taken only where both places that hold it agree', () => {
  const uid = (over: object) => {
    const event = eventOf('sysmon', xml(1, { ...CREATED, ...over }));
    return event.kind === 'process.started' ? event.actor.uid : Number.NaN;
  };
  assert.equal(
    uid({ LogonGuid: '{ae88b96f-a8aa-6a8a-eb03-010002000000}' }),
    65_536 + 1003,
    'LogonId is the lower half',
  );
  assert.equal(uid({ LogonGuid: '{ae88b96f-a8aa-6a8a-ec03-000002000000}' }), -1);
  assert.equal(uid({ LogonGuid: '-' }), -1);
  assert.equal(uid({ LogonId: '-' }), -1);
});

test('connections, files, ends of processes and the state of Sysmon itself', () => {
  const to = { ...ACTED, Protocol: 'tcp', DestinationIp: '203.0.113.66', DestinationPort: '443' };
  const connected = eventOf('sysmon', xml(3, { ...to, Initiated: 'true' }));
  assert.ok(connected.kind === 'network.connected');
  assert.deepEqual(
    [connected.address, connected.port, connected.outcome, connected.actor.uid, connected.actor.ppid],
    ['203.0.113.66', 443, 'established', -1, -1],
  );
  assert.equal(verdictOf('sysmon', xml(3, { ...to, Initiated: 'false' })), 'skip: Sysmon accepted connection');
  for (const over of [{ DestinationIp: 'x' }, { DestinationPort: '70000' }, { DestinationPort: '-1' }])
    assert.equal(
      verdictOf('sysmon', xml(3, { ...to, Initiated: 'true', ...over })),
      'reject: Sysmon connection without a readable address',
    );
  const made = eventOf('sysmon', xml(11, { ...ACTED, TargetFilename: '/tmp/a &amp; b', CreationUtcTime: '-' }));
  assert.ok(made.kind === 'file.opened');
  assert.deepEqual([made.file.path, made.access, made.created], ['/tmp/a & b', 'write', true]);
  const device = eventOf('sysmon', xml(9, { ...ACTED, Device: '/dev/vda' }));
  assert.ok(device.kind === 'file.opened' && device.access === 'read' && !device.created);
  const gone = eventOf('sysmon', xml(23, { ...ACTED, TargetFilename: '/tmp/a' }));
  assert.ok(gone.kind === 'file.deleted' && gone.file.path === '/tmp/a');
  assert.equal(eventOf('sysmon', xml(5, ACTED)).kind, 'process.exited');
  const health = (id: number, fields: Readonly<Record<string, string>>) => {
    const event = eventOf('sysmon', xml(id, fields));
    return event.kind === 'sensor.health' ? event.what : '';
  };
  assert.equal(health(4, { State: 'Started' }), 'started');
  assert.equal(health(4, { State: 'Stopped' }), 'stopped');
  assert.equal(health(16, { Configuration: '/opt/sysmon/config.xml' }), 'rules-changed');
  assert.equal(verdictOf('sysmon', xml(10, ACTED)), 'skip: Sysmon process access');
  assert.equal(verdictOf('sysmon', xml(255, { Error: 'x' })), 'skip: Sysmon event of no use here');
});

test('the journal carries the same events, believed of root alone', () => {
  const entry = {
    __REALTIME_TIMESTAMP: '1772357400200000',
    _HOSTNAME: 'mx1',
    _TRANSPORT: 'syslog',
    SYSLOG_IDENTIFIER: 'sysmon',
    MESSAGE: xml(1, CREATED),
  };
  const kinds = (over: object) => readRecords('journald-json', [{ ...entry, ...over }]).events.map(each => each.kind);
  assert.ok(JSON_FORMATS.some(format => format.id === 'journald-json'));
  assert.deepEqual(kinds({ _UID: '0', _EXE: '/opt/sysmon/sysmon' }), ['process.started']);
  assert.deepEqual(kinds({ _UID: '1003', _EXE: '/usr/bin/logger' }), []);
});

test('text that looks like fields is text: the first of a name counts, and an escaped tag opens nothing', () => {
  const forged = eventOf(
    'sysmon',
    xml(1, { ...CREATED, CommandLine: 'x &lt;/Data&gt;&lt;Data Name=&quot;User&quot;&gt;root' }),
  );
  assert.ok(forged.kind === 'process.started');
  assert.equal(forged.userName, 'clerk');
  assert.deepEqual(forged.argv, ['x', '</Data><Data', 'Name="User">root']);
  const twice = xml(1, CREATED).replace('</EventData>', '<Data Name="User">root</Data></EventData>');
  const event = eventOf('sysmon', twice);
  assert.equal(event.kind === 'process.started' && event.userName, 'clerk');
  const controls = eventOf('sysmon', xml(11, { ...ACTED, TargetFilename: '/tmp/a#012b&#13;c&#x1b;d&#0;&bomb;' }));
  assert.equal(controls.kind === 'file.opened' && controls.file.path, '/tmp/a\nb\rc\x1bd&#0;&bomb;');
});

test('declarations, document types, comments, CDATA and instructions are refused, and nothing expands', () => {
  const whole = xml(1, CREATED);
  const bomb = '<!DOCTYPE Event [<!ENTITY a "&#97;"><!ENTITY b "&a;&a;&a;">]>';
  for (const text of [
    `<Event>${bomb}${whole.slice(7)}`,
    whole.replace('<EventData>', '<EventData><!-- x -->'),
    whole.replace('<EventData>', '<EventData><![CDATA[x]]>'),
    whole.replace('<System>', '<?x y?><System>'),
    whole.replace('</EventData>', '</System>'),
    whole.replace('<EventID>1</EventID>', '<EventID>1e9</EventID>'),
    `<Event>${'<a>'.repeat(100_000)}`,
    `<Event>${'<Data Name="x"/>'.repeat(10_000)}`,
  ])
    assert.equal(parseSysmonEvent(text), 'shape', text.slice(0, 80));
  assert.equal(verdictOf('sysmon', `<?xml version="1.0"?>${bomb}${whole}`), 'skip: Sysmon message that is no event');
  assert.equal(verdictOf('sysmon', whole.replace('Linux-Sysmon"', 'Other"')), 'skip: Sysmon event of another provider');
});

test('an event cut off anywhere is told to be cut off, or in no known shape, and gives nothing', () => {
  const whole = xml(1, CREATED);
  for (let length = 7; length < whole.length; length++) {
    const verdict = verdictOf('sysmon', whole.slice(0, length));
    assert.ok(
      ['reject: Sysmon event that is cut off', 'reject: Sysmon event in an unknown shape'].includes(verdict),
      `${length}: ${verdict}`,
    );
  }
});

test('a process without pid, a file without name: refused by constant reasons', () => {
  for (const over of [{ ProcessId: '0' }, { ProcessId: '-1' }, { ProcessId: '1e3' }, { ProcessId: '' }])
    assert.equal(verdictOf('sysmon', xml(5, { ...ACTED, ...over })), 'reject: Sysmon event without a readable process');
  assert.equal(verdictOf('sysmon', xml(11, ACTED)), 'reject: Sysmon file event without a name');
  assert.equal(verdictOf('sysmon', xml(23, ACTED)), 'reject: Sysmon file event without a name');
});

test('a huge field, and a line that rsyslog cut, cost themselves alone', () => {
  const huge = xml(11, { ...ACTED, TargetFilename: `/tmp/${'a'.repeat(70_000)}` });
  const { events, verdicts } = read([
    `Mar  1 09:30:00 mx1 sysmon: ${huge}`,
    `Mar  1 09:30:01 mx1 sysmon: ${xml(5, ACTED)}`,
  ]);
  assert.deepEqual(
    verdicts.map(verdict => verdict.tag),
    ['reject', 'emit'],
  );
  assert.equal(events.length, 1);
});

test('line ends of either kind, and bytes that are not UTF-8, are borne', () => {
  const line = (text: string) => `Mar  1 09:30:00 mx1 sysmon: ${text.replace('>75947<', '>0<')}`;
  const odd = Buffer.from(line(xml(11, { ...ACTED, TargetFilename: '/tmp/caf\u00e9' })), 'latin1');
  const { events } = read([
    Buffer.concat([odd, Buffer.from('\r')]),
    `${line(xml(23, { ...ACTED, TargetFilename: '/tmp/x' }))}\r`,
  ]);
  assert.equal(events.length, 2);
  const made = events.find(event => event.kind === 'file.opened');
  const gone = events.find(event => event.kind === 'file.deleted');
  assert.equal(made?.kind === 'file.opened' && made.file.path, '/tmp/caf\ufffd');
  assert.equal(gone?.kind === 'file.deleted' && gone.file.path, '/tmp/x');
});

test('no text makes the reader throw or take long', () => {
  const pieces = [
    '<',
    '>',
    '/',
    '"',
    "'",
    '&',
    ';',
    '=',
    ' ',
    'Data',
    'Event',
    '<Data Name="a">',
    '</Data>',
    '&#x41;',
    '\u0000',
  ];
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 300 }).map(words => `<Event>${words.join('')}`);
  fc.assert(
    fc.property(soup, text => {
      const parsed = parseSysmonEvent(text);
      assert.ok(parsed === 'cut' || parsed === 'shape' || typeof parsed === 'object');
    }),
  );
});
