import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ROOT } from '../../../scripts/lib/tree.ts';
import type { WatchEvent } from '../../events/event.ts';
import { decodeAll, formatOf } from '../recorded.test-support.ts';
import { JSON_FORMATS } from './records.ts';

const CASE = 'fires.zip-hidden-child';
const SENSORS = {
  ecs: `ecs/converted/${CASE}/auditbeat.ndjson.gz`,
  endpoint: `ecs/converted/${CASE}/endpoint.ndjson.gz`,
  tetragon: `tetragon/converted/${CASE}/tetragon.log.gz`,
  falco: `falco/converted/${CASE}/falco.json.gz`,
  tracee: `tracee/converted/${CASE}/tracee.json.gz`,
  ocsf: `ocsf/converted/${CASE}/ocsf.ndjson.gz`,
} as const;

function linesOf(path: string): string[] {
  const text = gunzipSync(readFileSync(join(ROOT, 'src/decoders', path))).toString('utf8');
  return text.split('\n').filter(line => line !== '');
}

const all = Object.values(SENSORS).map(linesOf);

/** One after the other, a line of each in turn. */
function interleaved(parts: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...parts.map(part => part.length));
  return Array.from({ length: longest }, (_, at) => parts.flatMap(part => part.slice(at, at + 1))).flat();
}

const bytes = (lines: readonly string[], end = '\n') => Buffer.from(lines.map(line => `${line}${end}`).join(''));

/**
 * What is told of, apart from how events of one moment stand. Two records that are equal to the byte are one; the same two
 * with numbers of their own in an index are two: each counts once.
 */
const said = (events: readonly WatchEvent[]) =>
  [...new Set(events.map(({ ref: _, order: __, ...rest }) => JSON.stringify(rest)))].sort();

const apart = said(all.flatMap(lines => decodeAll(formatOf(bytes(lines)), bytes(lines)).events));

test('a file of many sensors says what their own files say', () => {
  const mixed = bytes(interleaved(all));
  const { events, verdicts } = decodeAll(formatOf(mixed), mixed);
  assert.deepEqual(
    verdicts.filter(each => each.tag === 'reject'),
    [],
  );
  // What two sensors say of one process is told by both; only what one log says twice is dropped.
  const kinds = (of: readonly string[]) => new Set(of.map(each => (JSON.parse(each) as { kind: string }).kind));
  assert.deepEqual(kinds(said(events)), kinds(apart));
  const missing = apart.filter(each => !said(events).includes(each));
  assert.deepEqual(missing.length, 0, missing[0]);
});

test('a file of many sensors is recognised, and is of the one that wrote most of it', () => {
  const sample = bytes(interleaved(all.map(lines => lines.slice(0, 12)))).subarray(0, 65_536);
  assert.ok(formatOf(sample).recognise(sample) > 0.7);
  const most = bytes([...(all[3] as string[]).slice(0, 10), ...(all[2] as string[]).slice(0, 5), '{"a":1}']);
  assert.equal(formatOf(most).id, 'falco');
  const few = bytes([...(all[3] as string[]).slice(0, 1), ...Array.from({ length: 9 }, (_, i) => `{"a":${i}}`)]);
  assert.ok(formatOf(few).recognise(few) < 0.2);
});

test('a file that was cut at its head, or is one long answer, is recognised by what is whole in its beginning', () => {
  for (const lines of all) {
    const whole = bytes(lines);
    const id = formatOf(whole).id;
    const cut = whole.subarray(Math.floor((lines[0] as string).length / 2));
    assert.equal(formatOf(cut).id, id);
    assert.ok(formatOf(cut).recognise(cut.subarray(0, 65_536)) > 0.9, id);
    const answer = Buffer.from(
      `{"took":3,"hits":{"total":{"value":9},"hits":[${lines.map(each => `{"_index":"a","_source":${each}}`).join(',')}]}}\n`,
    );
    for (const one of [answer, Buffer.from(`[${lines.join(',')}]\n`)]) {
      const sample = one.subarray(0, Math.min(65_536, one.length - 10));
      assert.equal(formatOf(sample).id, id);
      assert.ok(formatOf(sample).recognise(sample) > 0.9, id);
    }
  }
  const deep = Buffer.from('[{"a":'.repeat(9000));
  for (const format of JSON_FORMATS) assert.equal(format.recognise(deep), 0);
});

test('an index of many sensors, as hits and as answers of searches, says the same', () => {
  const lines = interleaved(all);
  const plain = said(decodeAll(formatOf(bytes(lines)), bytes(lines)).events);
  const hits = bytes(lines.map((line, index) => `{"_index":"logs","_id":"${index}","_source":${line}}`));
  assert.deepEqual(said(decodeAll(formatOf(hits), hits).events), plain);
  const shipped = bytes(
    lines.map(line =>
      JSON.stringify({ '@timestamp': '2026-11-21T10:00:00Z', message: line, log: { file: { path: '/var/log/x' } } }),
    ),
  );
  assert.deepEqual(said(decodeAll(formatOf(shipped), shipped).events), plain);
});

test('line ends, a byte order mark and brackets around the records are of no matter', () => {
  for (const lines of all) {
    const format = formatOf(bytes(lines));
    const plain = said(decodeAll(format, bytes(lines)).events);
    for (const other of [
      bytes(lines, '\r\n'),
      Buffer.concat([Buffer.from('\ufeff'), bytes(lines)]),
      Buffer.from(`[\n${lines.join(',\n')}\n]\n`),
    ]) {
      assert.equal(formatOf(other).id, format.id);
      assert.deepEqual(said(decodeAll(format, other).events), plain);
    }
  }
});

test('cut, spoilt and foreign lines between the records lose nothing else', () => {
  const spoil = [
    Buffer.from('{"process_exec":{"process":{"pid":1'),
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.from(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`),
    Buffer.from('{"class_uid":1007,"metadata":{},"time":"\u0000\u001b[2J"}'),
    Buffer.from('null'),
    Buffer.from(
      '{"__proto__":{"pid":1},"constructor":7,"@timestamp":"2026-11-21T09:37:10Z","event":{"category":"process"}}',
    ),
    Buffer.from('Nov 21 09:37:10 mx1 postfix/qmgr[1]: A: removed'),
  ];
  for (const lines of all) {
    const format = formatOf(bytes(lines));
    const plain = said(decodeAll(format, bytes(lines)).events);
    const many = Buffer.concat(
      lines.flatMap((line, index) => [
        Buffer.from(`${line}\n`),
        spoil[index % spoil.length] as Buffer,
        Buffer.from('\n'),
      ]),
    );
    assert.deepEqual(said(decodeAll(format, many).events), plain);
  }
});

const records = all.flatMap(lines => lines.slice(0, 40).map(line => JSON.parse(line) as Record<string, unknown>));
const odd = fc.oneof(
  fc.constantFrom(null, true, -1, 2 ** 60, 1e308, '', '0', '\u0000\u202e', 'x'.repeat(70_000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A record with one value somewhere in it exchanged. */
function exchanged(record: unknown, path: number, value: unknown, depth = 0): unknown {
  if (typeof record !== 'object' || record === null || depth > 6) return value;
  const keys = Object.keys(record);
  if (keys.length === 0) return value;
  const key = keys[path % keys.length] as string;
  const inner = (record as Record<string, unknown>)[key];
  const next = path % 3 === 0 ? value : exchanged(inner, Math.floor(path / 3), value, depth + 1);
  return Array.isArray(record)
    ? (record as unknown[]).map((each, index) => (String(index) === key ? next : each))
    : { ...record, [key]: next };
}

test('no value anywhere in a record makes a decoder throw or tell impossible things', () => {
  fc.assert(
    fc.property(fc.nat(records.length - 1), fc.nat(1_000_000), odd, (which, path, value) => {
      const line = Buffer.from(`${JSON.stringify(exchanged(records[which], path, value))}\n`);
      for (const format of JSON_FORMATS.slice(0, 1)) {
        for (const event of decodeAll(format, line).events) {
          assert.ok(Number.isFinite(event.time) && Number.isFinite(event.order) && event.order >= 0);
          assert.equal(typeof event.host, 'string');
          if (!('actor' in event)) continue;
          for (const id of [event.actor.pid, event.actor.ppid, event.actor.uid])
            assert.ok(Number.isSafeInteger(id) && id >= -1, String(id));
        }
      }
    }),
    { numRuns: 1500 },
  );
});
