import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { isAddress, microsOf } from './fields.ts';
import { decodeText, saidBy, tally } from './replay.test-support.ts';
import { zeekTsvFormat } from './tsv.ts';
import { unescaped } from './unescape.ts';

const zeekJson = JSON_FORMATS.find(format => format.id === 'zeek-json');
assert.ok(zeekJson !== undefined);
const here = join(import.meta.dirname, 'converted');
const read = (...path: string[]): string => readFileSync(join(here, ...path), 'utf8');

const HEAD = '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n';
const CONN =
  '#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\n';
const row = (ts: string, more = '') =>
  `${ts}\tC1\t192.0.2.7\t40000\t203.0.113.9\t443\ttcp\tssl\t2.5\t100\t200\tSF${more}\n`;
const tsv = (text: string) => decodeText(zeekTsvFormat, text);

test('TSV and JSON of one log say the same, records and order alike', () => {
  for (const log of ['conn', 'dns', 'smtp', 'files']) {
    const asTsv = tsv(read('fires.zip-hidden-child', `${log}.log`));
    const asJson = decodeText(zeekJson, read('fires.zip-hidden-child', `${log}.json.log`));
    assert.ok(asTsv.events.length > 0, log);
    assert.deepEqual(saidBy(asJson.events), saidBy(asTsv.events), log);
  }
});

test('a connection is told when it ends, with its start, bytes and what it was', () => {
  const { events } = tsv(read('fires.zip-hidden-child', 'conn.log'));
  const { ref, order, ...rest } = events.at(-1) as WatchEvent;
  assert.ok(order > 0 && ref.length > 0);
  assert.deepEqual(rest, {
    kind: 'flow.ended',
    time: 1795343074336.4,
    host: 'sensor.example.org',
    flowId: 'Ckz5afk95uc3rgm2wn',
    communityId: '',
    sourceAddress: '198.51.100.10',
    sourcePort: 53275,
    destinationAddress: '203.0.113.67',
    destinationPort: 4444,
    startTime: 1795343073798.4,
    transport: 'tcp',
    service: '',
    bytesOut: 3184,
    bytesIn: 9274,
    counted: 'payload',
    established: true,
  });
});

test('an SMTP transaction has its envelope, ids and files, and nothing of its content', () => {
  const { events } = tsv(read('fires.zip-hidden-child', 'smtp.log'));
  const mail = events.find(event => event.kind === 'smtp.seen' && event.fileIds.length === 2);
  assert.ok(mail?.kind === 'smtp.seen');
  assert.equal(mail.sender, 'dispatch@example.net');
  assert.deepEqual(mail.recipients, ['sales@example.org']);
  assert.equal(mail.messageId, '<1a202c907fb.1@mail.example.net>');
  assert.equal(mail.lastReply, '250 2.0.0 Ok: queued as E662DE4674');
  assert.deepEqual(mail.fileIds, ['F263hulattzv1h6voc', 'F688jugx1q3he1x03s']);
  const said = 'secret words';
  const json = JSON.stringify({
    ts: 1795253823.5,
    uid: 'C1',
    'id.orig_h': '192.0.2.7',
    'id.resp_h': '192.0.2.8',
    trans_depth: 1,
    subject: said,
    date: said,
    from: said,
    first_received: said,
    tls: false,
  });
  assert.ok(!JSON.stringify(decodeText(zeekJson, json).events).includes(said));
});

test('a file has its connection, type, size and hash; rows of older releases have hosts in sets', () => {
  const { events } = tsv(read('fires.zip-hidden-child', 'files.log'));
  const zip = events.find(event => event.kind === 'file.transferred' && event.name !== '');
  assert.ok(zip?.kind === 'file.transferred');
  assert.deepEqual(
    [zip.name, zip.type, zip.sizeBytes, zip.service, zip.outbound, zip.flowId, zip.sha256.length],
    ['delivery-papers.zip', 'application/zip', 3133, 'SMTP', true, 'C23jbkksn169hq5g0a', 64],
  );
  const older = JSON.stringify({
    ts: 1588206049.3,
    fuid: 'F1',
    tx_hosts: ['192.0.2.4'],
    rx_hosts: ['192.0.2.6'],
    conn_uids: ['C9'],
    source: 'HTTP',
    is_orig: false,
    seen_bytes: 22,
    total_bytes: 40,
  });
  const [file] = decodeText(zeekJson, older).events;
  assert.ok(file?.kind === 'file.transferred');
  assert.deepEqual(
    [file.flowId, file.sourceAddress, file.destinationAddress, file.sizeBytes, file.outbound],
    ['C9', '192.0.2.6', '192.0.2.4', 40, false],
  );
});

test('each rotation brings its own header, also in the middle of a file', () => {
  const other =
    '#separator |\n#set_separator|;\n#empty_field|EMPTY\n#unset_field|NONE\n#path|dns\n#fields|query|ts|answers|id.orig_h|id.resp_h|uid|rtt\n#types|string|time|vector[string]|addr|addr|string|interval\nwww.example.net|1320279560.0|203.0.113.9;alias.example.net;2001:DB8::1|192.0.2.7|192.0.2.1|C2|NONE\n';
  const { events, verdicts } = tsv(HEAD + CONN + row('1320279554.496300') + other + HEAD + CONN + row('1320279570.0'));
  assert.deepEqual(
    events.map(event => event.kind),
    ['flow.ended', 'name.resolved', 'flow.ended'],
  );
  const [, name] = events;
  assert.ok(name?.kind === 'name.resolved');
  assert.deepEqual([name.name, name.answers], ['www.example.net', ['203.0.113.9', '2001:db8::1']]);
  assert.equal(tally(verdicts).emit, 3);
});

test('a row of another width, before any header, or without a time is rejected and said so', () => {
  const { events, verdicts } = tsv(
    row('1320279554.4') + HEAD + CONN + row('1320279554.4', '\textra') + row('-') + row('XXXXXXXXXX.XXXXXX') + '1\t2\n',
  );
  assert.deepEqual(events, []);
  assert.deepEqual(tally(verdicts.filter(verdict => verdict.tag === 'reject')), {
    'reject: Zeek row before any #fields': 1,
    'reject: Zeek row with another number of columns than #fields': 2,
    'reject: record without a readable time': 2,
  });
});

test('times are read as seconds, milliseconds and ISO 8601', () => {
  assert.equal(microsOf('1320279554.496300'), 1320279554496300);
  assert.equal(microsOf(1320279554.4963), 1320279554496300);
  assert.equal(microsOf(1320279554496), 1320279554496000);
  assert.equal(microsOf('2011-11-03T00:19:14.496300Z'), 1320279554496300);
  for (const text of ['1320279554.496300', '2011-11-03T00:19:14.496300Z'])
    assert.equal(tsv(HEAD + CONN + row(text)).events[0]?.time, 1320279556996.3);
});

test('unset is unknown, empty is empty, and lines may end in CR LF', () => {
  const unset = '1320279554.4\tC1\t192.0.2.7\t-\t203.0.113.9\t443\t-\t-\t-\t-\t-\t-\n';
  const { events } = tsv((HEAD + CONN + unset).replaceAll('\n', '\r\n'));
  const [flow] = events;
  assert.ok(flow?.kind === 'flow.ended');
  assert.deepEqual(
    [flow.sourcePort, flow.transport, flow.service, flow.bytesOut, flow.bytesIn, flow.established],
    [-1, 'other', '', -1, -1, false],
  );
  assert.equal(flow.time, flow.startTime);
});

test('escapes are undone as the JSON writer shows them', () => {
  assert.equal(unescaped('\\x2d'), '-');
  assert.equal(unescaped('fa\\x7c\\x7cure'), 'fa||ure');
  assert.equal(unescaped('\\xc3\\xbcber'), 'über');
  assert.equal(unescaped('uurimisr\\xfchma'), 'uurimisr\\xfchma');
  assert.equal(unescaped('non_printable_\\x07'), 'non_printable_\\x07');
  assert.equal(unescaped('literal_\\\\x07'), 'literal_\\x07');
});

test('JSON is recognised by the name it bears or by the keys of its log', () => {
  const id = { ts: 1795253823.5, uid: 'C1', 'id.orig_h': '192.0.2.7', 'id.resp_h': '192.0.2.8' };
  const nested = { ts: 1795253823.5, uid: 'C1', id: { orig_h: '192.0.2.7', resp_h: '192.0.2.8' } };
  const kinds: [object, string][] = [
    [{ ...id, conn_state: 'SF' }, 'flow.ended'],
    [{ ...nested, conn_state: 'SF' }, 'flow.ended'],
    [{ ...id, trans_depth: 1, tls: true }, 'smtp.seen'],
    [{ ...id, AA: false, rejected: false, query: 'www.example.net' }, 'name.resolved'],
    [{ ...id, trans_depth: 1, request_body_len: 0 }, 'http.seen'],
    [{ ...id, established: true, resumed: false, server_name: 'www.example.net' }, 'tls.name-seen'],
    [{ ...id, _path: 'ssl', server_name: 'www.example.net' }, 'tls.name-seen'],
    [{ ...id, note: 'SSL::Invalid_Server_Cert', suppress_for: 3600 }, 'sensor.alert'],
    [{ ...id, '@stream': 'ftp', command: 'RETR', arg: 'ftp://192.0.2.8/pub/x.tgz' }, 'file.transferred'],
  ];
  for (const [record, kind] of kinds) {
    const text = JSON.stringify(record);
    assert.ok(zeekJson.recognise(Buffer.from(text)) > 0.9, text);
    assert.deepEqual(
      decodeText(zeekJson, text).events.map(event => event.kind),
      [kind],
      text,
    );
  }
  const others = [{ ts: 1, level: 'info', msg: 'x' }, { uid: 'C1' }, { ts: 1795253823.5, uid: 7, conn_state: 'SF' }];
  for (const record of others) assert.equal(zeekJson.recognise(Buffer.from(JSON.stringify(record))), 0);
  const [skipped] = decodeText(zeekJson, JSON.stringify({ ...id, _path: 'weird', name: 'x' })).verdicts;
  assert.deepEqual(skipped, { tag: 'skip', reason: 'Zeek weird log' });
});

test('lines that stand minutes late, as conn.log has them, come in the order of their times', () => {
  const lines = [400, 100, 350, 90, 380].map(at => row(String(1320279554 + at))).join('');
  const { events, drops } = tsv(HEAD + CONN + lines);
  const times = events.map(event => event.time);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  assert.deepEqual([...drops], []);
});

const wild = fc.string({ unit: 'binary', maxLength: 40 }).map(text => text.replaceAll('\n', ' '));

test('whatever stands in the columns, only addresses are addresses and only counts are counts', () => {
  const cells = fc.array(fc.oneof(wild, fc.constantFrom('-', '(empty)', '1', '192.0.2.7', '1e9', 'T', '\\x0')), {
    minLength: 9,
    maxLength: 14,
  });
  fc.assert(
    fc.property(cells, many => {
      const { events } = tsv(`${HEAD}${CONN}1320279554.4\tC1\t${many.join('\t')}\n`);
      for (const event of events) {
        assert.ok(event.kind === 'flow.ended');
        assert.ok(isAddress(event.sourceAddress) && isAddress(event.destinationAddress));
        for (const count of [event.bytesOut, event.bytesIn, event.sourcePort, event.destinationPort])
          assert.ok(count >= -1);
        assert.ok(event.startTime <= event.time);
      }
    }),
    { numRuns: 500 },
  );
});

test('gigantic fields are cut, and thousands of columns or nested values do no harm', () => {
  const big = 'x'.repeat(300_000);
  const smtp = `${HEAD}#path\tsmtp\n#fields\tts\tuid\tid.orig_h\tid.resp_h\thelo\trcptto\n#types\ttime\tstring\taddr\taddr\tstring\tset[string]\n1320279554.4\tC1\t192.0.2.7\t192.0.2.8\t${big}\t${'a@example.org,'.repeat(20_000)}\n`;
  const [mail] = tsv(smtp).events;
  assert.ok(mail?.kind === 'smtp.seen');
  assert.equal(mail.helo.length, 65_536);
  assert.equal(mail.recipients.length, 256);
  const wide = `#separator \\x09\n#path\tconn\n#fields\t${'a\t'.repeat(5000)}b\n${'1\t'.repeat(5000)}2\n`;
  assert.deepEqual(tally(tsv(wide).verdicts), { 'skip: Zeek header': 3, 'reject: Zeek row before any #fields': 1 });
  const deep = `{"ts":1795253823.5,"uid":"C1","id":${'{"orig_h":'.repeat(4000)}1${'}'.repeat(4000)},"conn_state":"SF"}`;
  assert.deepEqual(decodeText(zeekJson, deep).events, []);
});

test('a session saved between header and rows goes on', () => {
  const context = { source: 0, defaultHost: 'h', notAfter: epochMs(0), zoneOffsetMinutes: 0, latenessMs: 0 };
  const first = zeekTsvFormat.open(context, () => assert.fail());
  for (const line of (HEAD + CONN).trimEnd().split('\n'))
    first.pushLine(Buffer.from(line), 0, Buffer.byteLength(line), 0);
  const events: WatchEvent[] = [];
  const second = zeekTsvFormat.open(context, event => events.push(event));
  second.restore(deserialize(serialize(first.snapshot())));
  const line = row('1320279554.4').trimEnd();
  assert.equal(second.pushLine(Buffer.from(line), 0, line.length, 0).tag, 'emit');
  second.tick(Number.POSITIVE_INFINITY);
  assert.equal(events.length, 1);
});
