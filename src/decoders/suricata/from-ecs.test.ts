import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { contentOf } from '../../../test/support/recordings.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { decodeAll, formatOf } from '../recorded.test-support.ts';

type Doc = Record<string, unknown>;

const RECORDS: readonly Doc[] = ['web', 'inbound', 'smtp'].flatMap(folder =>
  contentOf(join(import.meta.dirname, 'recordings', folder, 'eve.json.gz'))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Doc),
);

const at = (record: JsonObject, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Doc | undefined)?.[key], record);

/** Takes keys out of a part of the record, and gives what they held. */
function taken(eve: Doc, part: string, ...keys: string[]): unknown[] {
  const body = eve[part] as Doc | undefined;
  return keys.map(key => {
    const value = body?.[key];
    if (body !== undefined) delete body[key];
    return value;
  });
}

/** What Elastic's integration makes of a record when the original is not kept: its pipeline, step by step. */
function integration(record: Doc): Doc {
  const eve = structuredClone(record);
  const [start, end, sentPackets, gotPackets, sent, got] = taken(
    eve,
    'flow',
    'start',
    'end',
    'pkts_toserver',
    'pkts_toclient',
    'bytes_toserver',
    'bytes_toclient',
  );
  const [hostname, url, length, agent] = taken(eve, 'http', 'hostname', 'url', 'length', 'http_user_agent');
  const [filename, size] = taken(eve, 'fileinfo', 'filename', 'size');
  const [sni] = taken(eve, 'tls', 'sni');
  const answers =
    eve.event_type === 'dns' && at(eve, 'dns', 'answers') !== undefined ? taken(eve, 'dns', 'answers')[0] : undefined;
  const { timestamp, src_ip, src_port, dest_ip, dest_port, proto, app_proto, community_id, ...rest } = eve;
  return {
    '@timestamp': new Date(String(timestamp).replace('+0000', 'Z')).toISOString(),
    ecs: { version: '8.17.0' },
    event: { kind: 'event', category: ['network'], module: 'suricata', dataset: 'suricata.eve', start, end },
    host: { name: 'sensor1' },
    source: { ip: src_ip, address: src_ip, port: src_port, bytes: sent, packets: sentPackets },
    destination: { ip: dest_ip, port: dest_port, bytes: got, packets: gotPackets, domain: hostname ?? sni },
    network: { transport: String(proto).toLowerCase(), protocol: app_proto, community_id },
    ...(url === undefined ? {} : { url: { original: url, domain: hostname } }),
    ...(agent === undefined ? {} : { user_agent: { original: agent } }),
    ...(length === undefined ? {} : { http: { response: { body: { bytes: length } } } }),
    ...(filename === undefined ? {} : { file: { path: filename, size } }),
    ...(answers === undefined
      ? {}
      : {
          dns: {
            answers: (answers as Doc[]).map(each => ({ name: each.rrname, type: each.rrtype, data: each.rdata })),
          },
        }),
    suricata: { eve: rest },
  };
}

/** What filebeat's module, or the integration with preserve_original_event, adds. */
const withOriginal = (record: Doc): Doc => {
  const document = integration(record);
  return { ...document, event: { ...(document.event as Doc), original: JSON.stringify(record) } };
};

/** filebeat without a module: the line as a message. */
const asMessage = (record: Doc): Doc => ({
  '@timestamp': '2026-11-21T16:00:00.000Z',
  log: { file: { path: '/var/log/suricata/eve.json' }, offset: 0 },
  host: { name: 'sensor1' },
  message: JSON.stringify(record),
});

function flat(document: Doc): Doc {
  const found: Doc = {};
  const walk = (value: Doc, prefix: string): void => {
    for (const [key, each] of Object.entries(value))
      if (typeof each === 'object' && each !== null && !Array.isArray(each)) walk(each as Doc, `${prefix}${key}.`);
      else if (each !== undefined) found[`${prefix}${key}`] = each;
  };
  walk(document, '');
  return found;
}

const bytesOf = (records: readonly Doc[]) => Buffer.from(records.map(each => `${JSON.stringify(each)}\n`).join(''));

function told(records: readonly Doc[], wholeTimes: boolean): string[] {
  const bytes = bytesOf(records);
  const format = formatOf(bytes);
  assert.equal(format.id, 'suricata-eve');
  const rounded = (key: string, value: unknown): unknown =>
    !wholeTimes && /time$/i.test(key) && typeof value === 'number' ? Math.floor(value) : value;
  return decodeAll(format, bytes)
    .events.map((event: WatchEvent) => {
      const { ref: _, order: __, host: ___, ...rest } = event;
      return JSON.stringify(rest, rounded);
    })
    .sort();
}

test('what filebeat carries with the whole record in it is read as the record', () => {
  const expected = told(RECORDS, true);
  assert.ok(expected.length > 100);
  assert.deepEqual(told(RECORDS.map(asMessage), true), expected);
  assert.deepEqual(told(RECORDS.map(withOriginal), true), expected);
  assert.deepEqual(
    told(
      RECORDS.map(each => flat(withOriginal(each))),
      true,
    ),
    expected,
  );
});

test('a document that the whole record was dropped from is put together again, to the millisecond', () => {
  const expected = told(RECORDS, false);
  assert.deepEqual(told(RECORDS.map(integration), false), expected);
  assert.deepEqual(
    told(
      RECORDS.map(each => flat(integration(each))),
      false,
    ),
    expected,
  );
});

test('wrong types and keys of objects themselves do no harm', () => {
  const base = { '@timestamp': '2026-11-21T16:00:00.000Z' };
  for (const odd of [
    { ...base, suricata: { eve: { event_type: 'flow', flow: [] } }, source: 7, destination: null },
    { ...base, 'suricata.eve.event_type': 'http', 'suricata.eve.__proto__.polluted': 1, 'suricata.eve.http': 3 },
    { ...base, 'suricata.eve.event_type': 'tls', 'suricata.eve.tls.constructor.prototype.polluted': 1 },
    { ...base, suricata: { eve: { event_type: 'dns' } }, dns: { answers: [null, 3, { name: [] }] } },
  ])
    assert.equal(decodeAll(formatOf(bytesOf([odd])), bytesOf([odd])).verdicts[0]?.tag, 'reject');
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});
