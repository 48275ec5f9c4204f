import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saidBy } from '../../../src/decoders/zeek/replay.test-support.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isTold, jsonFormatNamed, readOne, TSV } from './lines.ts';

type Row = Readonly<Record<string, unknown>>;

const text = (row: Row, name: string): string => (typeof row[name] === 'string' ? (row[name] as string) : '');
const number = (row: Row, name: string): number => (typeof row[name] === 'number' ? (row[name] as number) : -1);
const address = (row: Row, name: string): string => text(row, name).toLowerCase();

/** Fields of every log with a connection, by Zeek's names of them. */
const ofFlow = (row: Row) => ({
  flowId: text(row, 'uid'),
  sourceAddress: address(row, 'id.orig_h'),
  sourcePort: number(row, 'id.orig_p'),
  destinationAddress: address(row, 'id.resp_h'),
  destinationPort: number(row, 'id.resp_p'),
});

/** What each log says, by hand from Zeek's documentation of its fields; nothing of the decoder is used. */
const EXPECTED: Readonly<Record<string, (row: Row) => object>> = {
  conn: row => ({
    ...ofFlow(row),
    startTime: Math.round(number(row, 'ts') * 1e6) / 1e3,
    bytesOut: number(row, 'orig_bytes'),
    bytesIn: number(row, 'resp_bytes'),
    service: text(row, 'service'),
  }),
  dns: row => ({ ...ofFlow(row), name: text(row, 'query') }),
  http: row => ({ ...ofFlow(row), method: text(row, 'method'), name: text(row, 'host'), path: text(row, 'uri') }),
  ssl: row => ({ ...ofFlow(row), name: text(row, 'server_name') }),
  smtp: row => ({ ...ofFlow(row), helo: text(row, 'helo'), transaction: number(row, 'trans_depth') }),
  notice: row => ({ ...ofFlow(row), signature: text(row, 'note') }),
  files: row => ({ fileId: text(row, 'fuid'), type: text(row, 'mime_type'), sha256: text(row, 'sha256') }),
};

/** A TSV row as its header says: `-` is unset, `(empty)` is empty, `\xNN` stands for a byte. */
function rowOf(fields: readonly string[], types: readonly string[], line: string): Row {
  const cells = line.split('\t');
  const row: Record<string, unknown> = {};
  fields.forEach((name, i) => {
    const cell = cells[i] ?? '-';
    if (cell === '-') return;
    const type = types[i] ?? 'string';
    if (/^(?:time|interval|double|count|int|port)$/.test(type)) row[name] = Number(cell);
    else
      row[name] =
        cell === '(empty)'
          ? ''
          : cell.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  });
  return row;
}

const headerOf = (lead: string, name: string): string[] =>
  (new RegExp(`^#${name}\\t(.*)$`, 'm').exec(lead)?.[1] ?? '').split('\t');

function compareTsv(comparison: Comparison, where: string, content: string): void {
  let second = 1_700_000_000;
  const timed = content.replaceAll('XXXXXXXXXX.XXXXXX', () => `${second++}.250000`);
  const lines = timed.split('\n').filter(line => line !== '' && !line.startsWith('###'));
  const lead = lines
    .filter(line => line.startsWith('#') && !line.startsWith('#close'))
    .map(line => `${line}\n`)
    .join('');
  const path = headerOf(lead, 'path')[0] ?? '';
  const expected = EXPECTED[path];
  if (expected === undefined) return;
  const [fields, types] = [headerOf(lead, 'fields'), headerOf(lead, 'types')];
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    const read = readOne(TSV, line, lead);
    if (!isTold(read, where, comparison)) continue;
    comparison.record(`${where}: ${line.slice(0, 60)}`, read.events[0], expected(rowOf(fields, types, line)), explain);
  }
}

const explain = (field: string, told: unknown, expected: unknown): string => {
  if (field === 'name' && typeof told === 'string' && typeof expected === 'string') {
    if (told === expected.toLowerCase() || told === expected.replace(/\.$/, '').toLowerCase())
      return 'names of hosts are told in lower case, without the dot at their end';
    if (told === expected.replace(/:\d+$/, '')) return 'the port is told apart from the name of the host';
  }
  return '';
};

function zeekTests(): Comparison {
  const comparison = new Comparison();
  const { folder } = samplesAt('zeek-btest');
  for (const each of readdirSync(folder)
    .filter(name => name.startsWith('scripts.'))
    .sort()) {
    if (each.includes('frameworks.logging')) continue;
    for (const name of readdirSync(join(folder, each)).sort())
      compareTsv(comparison, `${each}/${name}`, readFileSync(join(folder, each, name), 'latin1'));
  }
  return comparison;
}

/** One log that Zeek's own test writes in both forms. */
function zeekPair(): Comparison {
  const comparison = new Comparison();
  const { folder } = samplesAt('zeek-btest');
  const pair = join(folder, 'scripts.base.frameworks.logging.json-non-printable-escaping');
  const timed = (name: string): string[] => {
    let second = 1_700_000_000;
    return readFileSync(join(pair, name), 'latin1')
      .replaceAll('XXXXXXXXXX.XXXXXX', () => `${second++}.250000`)
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('###'));
  };
  const tsv = timed('http.log.tsv');
  const lead = tsv
    .filter(line => line.startsWith('#') && !line.startsWith('#close'))
    .map(line => `${line}\n`)
    .join('');
  const rows = tsv.filter(line => !line.startsWith('#'));
  const json = timed('http.log.json');
  const format = jsonFormatNamed('zeek-json');
  rows.forEach((row, i) => {
    const [one] = saidBy(readOne(TSV, row, lead).events);
    const [other] = saidBy(readOne(format, json[i] ?? '').events);
    comparison.record(`row ${i}`, { said: one }, { said: other });
  });
  return comparison;
}

const dotted = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/^id_(orig|resp)_/, 'id.$1_'), value]));

function apt29(): Comparison {
  const comparison = new Comparison();
  const { folder } = samplesAt('otrf-security-datasets', 'zeek-apt29-day1');
  const format = jsonFormatNamed('zeek-json');
  const lines = readFileSync(join(folder, 'combined_zeek.log'), 'latin1').split('\n').filter(Boolean);
  for (const [i, line] of lines.entries()) {
    const read = readOne(format, line);
    const row = dotted(JSON.parse(Buffer.from(line, 'latin1').toString()) as Row);
    if (!isTold(read, `line ${i + 1}`, comparison)) continue;
    const expected = EXPECTED[text(row, '@stream').replace(/^.*\//, '')];
    if (expected === undefined) comparison.unexplained(`line ${i + 1}: ${text(row, '@stream')} is told`);
    else comparison.record(`line ${i + 1}`, read.events[0], expected(row), explain);
  }
  return comparison;
}

const SELF = 'the fields of each row, taken apart by hand as its header or its JSON names them';

export const zeekSources: readonly FidelitySource[] = [
  {
    id: 'zeek-btest',
    title: "Zeek TSV: conn, dns, http, ssl, smtp and files logs of Zeek's own tests",
    origin: 'others',
    against: SELF,
    skip: samplesAt('zeek-btest').skip,
    measure: () => zeekTests().done(),
  },
  {
    id: 'zeek-btest-pair',
    title: 'Zeek: one log that its own test writes as TSV and as JSON, with escapes',
    origin: 'others',
    against: 'both forms say the same',
    skip: samplesAt('zeek-btest').skip,
    measure: () => zeekPair().done(),
  },
  {
    id: 'lnav-bro',
    title: 'Bro, before it was Zeek: conn and http logs (lnav)',
    origin: 'others',
    against: SELF,
    skip: samplesAt('lnav').skip,
    measure() {
      const comparison = new Comparison();
      for (const name of ['logfile_bro_conn.log.0', 'logfile_bro_http.log.0'])
        compareTsv(comparison, name, readFileSync(join(samplesAt('lnav').folder, name), 'latin1'));
      return comparison.done();
    },
  },
  {
    id: 'otrf-zeek-apt29',
    title: 'Zeek JSON of two sensors (OTRF, APT29 day 1)',
    origin: 'others',
    against: SELF,
    skip: samplesAt('otrf-security-datasets').skip,
    measure: () => apt29().done(),
  },
];
