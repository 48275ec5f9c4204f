import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { contentOf } from '../../../test/support/recordings.ts';
import { samplesAt } from '../../../test/support/samples.ts';
import type { WatchEvent } from '../../events/event.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { decodeText, tally } from '../zeek/replay.test-support.ts';
import { addressAt } from './orient.ts';

const eve = JSON_FORMATS.find(format => format.id === 'suricata-eve');
assert.ok(eve !== undefined);
const recorded = (path: string) => decodeText(eve, contentOf(join(import.meta.dirname, 'recordings', path)));
const read = (...records: readonly object[]) => decodeText(eve, records.map(each => JSON.stringify(each)).join('\n'));
const kindOf = <K extends WatchEvent['kind']>(events: readonly WatchEvent[], kind: K) =>
  events.filter((event): event is Extract<WatchEvent, { kind: K }> => event.kind === kind);

const TIME = '2026-11-21T15:15:46.608627+0000';
const WAY = {
  timestamp: TIME,
  flow_id: 7,
  src_ip: '192.0.2.7',
  src_port: 40000,
  dest_ip: '203.0.113.9',
  dest_port: 443,
};

test('recorded: everything is read or skipped by name, nothing rejected, nothing out of order', () => {
  for (const [path, emitted] of [
    ['smtp/eve.json.gz', 91],
    ['web/eve.json.gz', 58],
  ] as const) {
    const { verdicts, drops, events } = recorded(path);
    const counts = tally(verdicts);
    assert.equal(counts.emit, emitted, path);
    assert.deepEqual(
      Object.keys(counts).filter(reason => reason.startsWith('reject')),
      [],
    );
    assert.deepEqual([...drops], []);
    const times = events.map(event => event.time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  }
});

test('recorded: mail has its envelope, message id and attachments; subject and text are never read', () => {
  const { events } = recorded('smtp/eve.json.gz');
  const mails = kindOf(events, 'smtp.seen').filter(mail => mail.recipients.length > 0);
  assert.deepEqual(
    mails.map(mail => [mail.recipients.join(' '), mail.transaction, mail.dataSeen, mail.attachmentNames.join(' ')]),
    [
      ['desk@example.com', 0, true, 'plan.csv'],
      ['one@example.net copy@example.net', 0, true, 'a.zip b.pdf'],
      ['two@example.net copy@example.net', 1, true, 'a.zip b.pdf'],
      ['unknown@example.net', 0, false, ''],
      ['desk@example.com', 0, true, 'large.csv'],
    ],
  );
  assert.deepEqual([mails[1]?.messageId, mails[1]?.userAgent], ['<one.7@ws3.example.org>', 'worker 3']);
  assert.ok(!JSON.stringify(events).includes('secret words'));
  const silent = kindOf(events, 'smtp.seen').filter(mail => mail.recipients.length === 0);
  assert.deepEqual(
    silent.map(mail => [mail.helo, mail.destinationAddress]),
    [
      ['ws3.example.org', '203.0.113.10'],
      ['ws3.example.org', '203.0.113.10'],
    ],
    'before STARTTLS, and the connection that ended after EHLO',
  );
});

test('recorded: files have size, hash and the message they were in', () => {
  const { events } = recorded('smtp/eve.json.gz');
  const files = kindOf(events, 'file.transferred');
  assert.deepEqual(
    files.map(file => [file.name, file.sizeBytes, file.transaction, file.service, file.outbound]),
    [
      ['plan.csv', 1492, 0, 'SMTP', true],
      ['a.zip', 600, 0, 'SMTP', true],
      ['b.pdf', 600, 0, 'SMTP', true],
      ['a.zip', 600, 1, 'SMTP', true],
      ['b.pdf', 600, 1, 'SMTP', true],
      ['large.csv', 168_894, 0, 'SMTP', true],
    ],
  );
  assert.ok(files.every(file => file.sha256.length === 64));
});

test('recorded: flows have bytes of packets, what they were, and whether they were answered', () => {
  const { events } = recorded('smtp/eve.json.gz');
  const flows = kindOf(events, 'flow.ended').filter(
    flow => flow.transport === 'tcp' && flow.bytesOut >= 0 && flow.bytesIn >= 0,
  );
  assert.deepEqual(
    flows
      .map(
        flow => `${flow.destinationPort} ${flow.service} ${flow.established ? 'answered' : 'refused'} ${flow.counted}`,
      )
      .sort(),
    [
      '25 smtp answered packets',
      '25 smtp answered packets',
      '25 smtp answered packets',
      '25 smtp answered packets',
      '25 smtp,tls answered packets',
      '26  refused packets',
      '587 smtp answered packets',
    ],
  );
  const large = flows.find(flow => flow.destinationPort === 587);
  assert.ok(large !== undefined && large.bytesOut > 168_894 && large.startTime < large.time);
});

test('recorded: netflow tells each direction, from the side that opened the connection', () => {
  const { events } = recorded('web/eve.json.gz');
  const ways = kindOf(events, 'flow.ended').filter(flow => flow.bytesOut < 0 || flow.bytesIn < 0);
  const both = kindOf(events, 'flow.ended').filter(flow => flow.bytesOut >= 0 && flow.bytesIn >= 0);
  assert.equal(ways.length, 2 * both.length);
  for (const flow of both) {
    const halves = ways.filter(way => way.flowId === flow.flowId);
    assert.deepEqual(
      [Math.max(...halves.map(way => way.bytesOut)), Math.max(...halves.map(way => way.bytesIn))],
      [flow.bytesOut, flow.bytesIn],
    );
    assert.ok(halves.every(way => way.sourceAddress === flow.sourceAddress && way.sourcePort === flow.sourcePort));
  }
});

test('recorded: names, requests and fetched files, all from the side that asked', () => {
  const { events } = recorded('web/eve.json.gz');
  const names = kindOf(events, 'name.resolved').filter(name => name.answers.length > 0);
  assert.ok(names.some(name => name.name === 'files.example.net' && name.answers[0] === '203.0.113.80'));
  assert.ok(names.every(name => name.sourceAddress === '198.51.100.10' && name.destinationPort === 53));
  assert.deepEqual(
    kindOf(events, 'tls.name-seen').map(seen => seen.name),
    ['webmail.example.com'],
  );
  assert.deepEqual(
    kindOf(events, 'file.transferred').map(file => [
      file.name,
      file.server,
      file.sizeBytes,
      file.outbound,
      file.sourceAddress,
    ]),
    [
      ['tool.sh', 'files.example.net', 20, false, '198.51.100.10'],
      ['viewer.bin', 'files.example.net', 20_000, false, '198.51.100.10'],
      ['status.html', 'cdn.example.com', 14, false, '198.51.100.10'],
      ['7', 'drop.example.net', 20_000, true, '198.51.100.10'],
    ],
  );
  assert.deepEqual(
    kindOf(events, 'http.seen').map(seen => [seen.method, seen.name, seen.path, seen.bytesIn]),
    [
      ['GET', 'files.example.net', '/tool.sh', 20],
      ['GET', 'files.example.net', '/viewer.bin?x=1', 20_000],
      ['GET', 'cdn.example.com', '/status.html', 14],
      ['PUT', 'drop.example.net', '/in/7', 0],
    ],
  );
  const [alert] = kindOf(events, 'sensor.alert');
  assert.deepEqual(
    [alert?.signature, alert?.sourceAddress, alert?.destinationPort],
    ['LAB shell script fetched', '198.51.100.10', 80],
    'the packet came from the server',
  );
});

test('DNS answers of versions 1, 2 and 3 say the same', () => {
  const server = { ...WAY, src_ip: '203.0.113.53', src_port: 53, dest_ip: '192.0.2.7', dest_port: 40000, proto: 'UDP' };
  const one = [
    { type: 'answer', id: 4, rrname: 'www.example.net', rrtype: 'CNAME', rdata: 'cdn.example.net' },
    { type: 'answer', id: 4, rrname: 'cdn.example.net', rrtype: 'A', rdata: '203.0.113.9' },
  ];
  const two = {
    version: 2,
    type: 'answer',
    rrname: 'www.example.net',
    grouped: { A: ['203.0.113.9'], CNAME: ['cdn.example.net'] },
  };
  const three = {
    version: 3,
    type: 'response',
    queries: [{ rrname: 'www.example.net', rrtype: 'A' }],
    answers: [
      { rrname: 'www.example.net', rrtype: 'CNAME', rdata: 'cdn.example.net' },
      { rrname: 'cdn.example.net', rrtype: 'A', rdata: '203.0.113.9' },
    ],
  };
  const forms: [readonly object[], object][] = [
    [one, server],
    [[two], { ...server, src_ip: '192.0.2.7', src_port: 40000, dest_ip: '203.0.113.53', dest_port: 53 }],
    [[three], server],
  ];
  for (const [bodies, way] of forms) {
    const { events } = read(...bodies.map(dns => ({ ...way, event_type: 'dns', dns })));
    const told = kindOf(events, 'name.resolved').filter(name => name.answers.length > 0);
    assert.deepEqual(
      told.map(name => [name.name, name.answers, name.sourceAddress, name.destinationPort]),
      [['www.example.net', ['203.0.113.9'], '192.0.2.7', 53]],
    );
  }
});

test('a flow is told at its end; one that was logged hours later as late as a log may be, and not lost', () => {
  const flow = (end: string) => ({
    ...WAY,
    event_type: 'flow',
    proto: 'TCP',
    flow: { pkts_toserver: 4, pkts_toclient: 3, bytes_toserver: 400, bytes_toclient: 300, start: end, end },
    tcp: { tcp_flags_tc: '1b' },
  });
  const { events, drops } = read(flow('2026-11-21T15:15:40.000000+0000'), flow('2026-11-21T13:00:00.000000+0000'));
  const [late, soon] = kindOf(events, 'flow.ended');
  assert.equal(soon?.time, Date.UTC(2026, 10, 21, 15, 15, 40));
  assert.equal(late?.startTime, Date.UTC(2026, 10, 21, 13));
  assert.deepEqual([late?.endTime, soon?.endTime], [Date.UTC(2026, 10, 21, 13), undefined]);
  assert.equal(late?.time, Date.UTC(2026, 10, 21, 15, 5, 46, 608) + 0.627);
  assert.deepEqual([...drops], []);
});

test('records without addresses or without their body are rejected; kinds that say nothing are skipped by name', () => {
  const { verdicts } = read(
    { timestamp: TIME, event_type: 'tls', flow_id: 7, proto: 'TCP', tls: { sni: 'a.example' } },
    { ...WAY, event_type: 'tls' },
    { ...WAY, event_type: 'tls', tls: {} },
    { ...WAY, event_type: 'ssh', ssh: {} },
    { ...WAY, event_type: 'no such thing' },
    { ...WAY, timestamp: 'soon', event_type: 'tls', tls: { sni: 'a.example' } },
    { timestamp: TIME, event_type: 'stats', stats: { uptime: 8 } },
  );
  assert.deepEqual(
    verdicts.map(verdict => (verdict.tag === 'emit' ? 'emit' : `${verdict.tag}: ${verdict.reason}`)),
    [
      'reject: EVE record without addresses',
      'reject: EVE record without what its event_type promises',
      'skip: EVE record without a name',
      'skip: EVE ssh event',
      'skip: EVE event of another kind',
      'reject: record without a readable time',
      'skip: EVE stats event',
    ],
  );
});

test('IPv6 written out in full is the address that other records have', () => {
  const whole: Record<string, string> = {
    '2001:0db8:0000:0000:0000:0000:0000:0025': '2001:db8::25',
    'fe80:0000:0000:0000:020c:29ff:fe12:0001': 'fe80::20c:29ff:fe12:1',
    '0000:0000:0000:0000:0000:0000:0000:0001': '::1',
    '2001:0DB8:0001:0000:0000:0002:0000:0000': '2001:db8:1::2:0:0',
    '2001:db8::1': '2001:db8::1',
    '192.0.2.1': '192.0.2.1',
    'not an address': '',
  };
  for (const [text, short] of Object.entries(whole)) assert.equal(addressAt({ text }, 'text'), short, text);
});

test('whatever the values are, only counts are counts and only ports are ports', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('192.0.2.7', '1e9', -4, 1e300, TIME, 25));
  const body = fc.dictionary(
    fc.constantFrom(
      'bytes_toserver',
      'bytes_toclient',
      'start',
      'end',
      'rcpt_to',
      'sni',
      'type',
      'rrname',
      'answers',
      'queries',
    ),
    value,
  );
  fc.assert(
    fc.property(
      fc.constantFrom('flow', 'netflow', 'dns', 'tls', 'http', 'smtp', 'fileinfo', 'alert'),
      body,
      fc.dictionary(
        fc.constantFrom('src_port', 'dest_port', 'flow', 'tcp', 'email', 'app_proto', 'direction', 'tx_id'),
        value,
      ),
      (kind, inner, outer) => {
        const { events } = read({ ...WAY, proto: 'TCP', event_type: kind, ...outer, [kind]: inner });
        for (const event of events) {
          assert.ok(Number.isFinite(event.time));
          if (!('sourcePort' in event)) continue;
          for (const port of [event.sourcePort, event.destinationPort]) assert.ok(port >= -1 && port <= 65_535);
          if (event.kind !== 'flow.ended') continue;
          assert.ok(event.bytesOut >= -1 && event.bytesIn >= -1 && event.startTime <= event.time);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const others = samplesAt('surevego-eve');

test("another project's log of Suricata 3: all is read", { skip: others.skip }, () => {
  const { events, verdicts, drops } = decodeText(eve, readFileSync(join(others.folder, 'eve.json')));
  const counts = tally(verdicts);
  assert.deepEqual(
    Object.keys(counts).filter(reason => reason.startsWith('reject')),
    [],
  );
  assert.deepEqual([...drops], []);
  assert.ok(kindOf(events, 'flow.ended').length > 5 && kindOf(events, 'http.seen').length > 5);
  assert.ok(kindOf(events, 'name.resolved').every(name => name.destinationPort === 53));
});

test('cut and stray lines are rejected one by one, and the rest is read', { skip: others.skip }, () => {
  const whole = decodeText(eve, readFileSync(join(others.folder, 'eve.json'))).events.length;
  const { events, verdicts } = decodeText(eve, readFileSync(join(others.folder, 'eve_broken.json')));
  assert.equal(tally(verdicts)['reject: not JSON (a record must stand on one line)'], 6);
  assert.ok(events.length >= whole - 2);
});
