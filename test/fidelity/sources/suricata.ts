import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/tree.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import { contentOf } from '../../support/recordings.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isTold, jsonFormatNamed, readOne } from './lines.ts';

type Json = Readonly<Record<string, unknown>>;
const at = (json: Json, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Json)[name] : undefined),
    json,
  );
const text = (json: Json, ...path: readonly string[]): string => {
  const value = at(json, ...path);
  return typeof value === 'string' ? value : '';
};
const number = (json: Json, ...path: readonly string[]): number => {
  const value = at(json, ...path);
  return typeof value === 'number' ? value : -1;
};

/** Addresses of both sides with their ports, without saying who opened the connection. */
const sides = (...pairs: readonly (readonly [string, number])[]): string =>
  pairs
    .map(([address, port]) => `${address.includes(':') ? 'IPv6' : address} ${port}`)
    .sort()
    .join(' - ');

function toldOf(event: WatchEvent | undefined): object | undefined {
  if (event === undefined || !('sourceAddress' in event)) return event;
  const ends = sides([event.sourceAddress, event.sourcePort], [event.destinationAddress, event.destinationPort]);
  const half = event.kind === 'flow.ended' ? Math.max(event.bytesOut, event.bytesIn) : -1;
  return { ...event, sides: ends, second: Math.floor(event.time / 1000), half };
}

const second = (time: string): number => Math.floor(Date.parse(time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) / 1000);

/** What a record says, by the names of Suricata's EVE documentation. */
const EXPECTED: Readonly<Record<string, (json: Json) => object>> = {
  http: json => ({
    method: text(json, 'http', 'http_method'),
    name: text(json, 'http', 'hostname'),
    path: text(json, 'http', 'url'),
  }),
  fileinfo: json => ({
    name: text(json, 'fileinfo', 'filename').replace(/^.*\//, ''),
    sha256: text(json, 'fileinfo', 'sha256'),
  }),
  alert: json => ({ signature: text(json, 'alert', 'signature') }),
  flow: json => ({ bytesOut: number(json, 'flow', 'bytes_toserver'), bytesIn: number(json, 'flow', 'bytes_toclient') }),
  // One direction of a flow, a record of its own.
  netflow: json => ({ half: number(json, 'netflow', 'bytes') }),
  tls: json => ({ name: text(json, 'tls', 'sni') }),
  smtp: json => ({ helo: text(json, 'smtp', 'helo') }),
  dns: json => ({ name: text(json, 'dns', 'rrname') || text(json, 'dns', 'queries', '0', 'rrname') }),
};

function compareEve(content: string): Comparison {
  const comparison = new Comparison();
  const format = jsonFormatNamed('suricata-eve');
  for (const [i, line] of content.split('\n').entries()) {
    if (line === '') continue;
    const read = readOne(format, line);
    if (!isTold(read, `line ${i + 1}`, comparison)) continue;
    const json = JSON.parse(Buffer.from(line, 'latin1').toString()) as Json;
    const kind = text(json, 'event_type');
    const expected = EXPECTED[kind];
    if (expected === undefined) {
      comparison.unexplained(`line ${i + 1}: ${kind} is told`);
      continue;
    }
    const common = {
      flowId: String(at(json, 'flow_id')),
      sides: sides(
        [text(json, 'src_ip'), number(json, 'src_port')],
        [text(json, 'dest_ip'), number(json, 'dest_port')],
      ),
      ...(kind === 'flow' || kind === 'netflow' ? {} : { second: second(text(json, 'timestamp')) }),
    };
    comparison.record(
      `line ${i + 1} ${kind}`,
      toldOf(read.events[0]),
      { ...common, ...expected(json) },
      (field, told, wanted) =>
        field === 'name' && String(told) === String(wanted).toLowerCase()
          ? 'names of hosts are told in lower case'
          : '',
    );
  }
  return comparison;
}

const AGAINST = "each record's own JSON: flow, both sides, time, and the fields of its kind";

export const suricataSources: readonly FidelitySource[] = [
  {
    id: 'surevego-eve',
    title: 'Suricata 3 EVE lines of package downloads (surevego)',
    origin: 'others',
    against: AGAINST,
    skip: samplesAt('surevego-eve').skip,
    measure: () => compareEve(readFileSync(join(samplesAt('surevego-eve').folder, 'eve.json'), 'latin1')).done(),
  },
  {
    id: 'own-suricata',
    title: 'Suricata 7, recorded: mail and web',
    origin: 'own',
    against: AGAINST,
    skip: false,
    measure() {
      const all = new Comparison();
      for (const name of ['smtp', 'web'])
        all.add(
          compareEve(contentOf(join(ROOT, 'src/decoders/suricata/recordings', name, 'eve.json.gz')).toString('latin1')),
        );
      return all.done();
    },
  },
];
