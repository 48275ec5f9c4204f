import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchEvent } from '../../../src/events/event.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isTold, jsonFormatNamed, readOne } from './lines.ts';

type Columns = Readonly<Record<string, string>>;

interface Sample {
  readonly action?: string;
  readonly columns?: Columns;
  readonly snapshot?: readonly Columns[];
  readonly diffResults?: { readonly added: readonly Columns[]; readonly removed: readonly Columns[] };
}

/** Rows of one record: those that a query found, in order. */
function rowsOf(sample: Sample): readonly Columns[] {
  if (sample.columns !== undefined) return [sample.columns];
  if (sample.snapshot !== undefined) return sample.snapshot;
  if (sample.diffResults !== undefined) return [...sample.diffResults.added, ...sample.diffResults.removed];
  return [sample as Columns];
}

/** What a row says, by the columns' own names (osquery's tables). */
function expectedOf(row: Columns): object {
  return {
    ...(row.pid === undefined ? {} : { pid: Number(row.pid) }),
    ...(row.remote_address === undefined ? {} : { address: row.remote_address, port: Number(row.remote_port) }),
    ...(row.target_path === undefined ? {} : { path: row.target_path }),
    ...(row.path === undefined || row.pid === undefined ? {} : { exe: row.path }),
    ...(row.cmdline === undefined ? {} : { command: row.cmdline }),
    ...(row.auid === undefined ? {} : { auid: Number(row.auid) }),
  };
}

function toldOf(event: WatchEvent | undefined): object | undefined {
  if (event === undefined) return undefined;
  return {
    ...('actor' in event ? event.actor : {}),
    ...(event.kind === 'network.connected' ? { address: event.address, port: event.port } : {}),
    ...('file' in event ? { path: event.file.path } : {}),
    ...('argv' in event ? { command: event.argv.join(' ') } : {}),
  };
}

function documented(): Comparison {
  const comparison = new Comparison();
  const format = jsonFormatNamed('osquery');
  const lines = readFileSync(join(samplesAt('osquery').folder, 'samples.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean);
  for (const [i, line] of lines.entries()) {
    const { sample } = JSON.parse(line) as { readonly sample: Sample };
    const read = readOne(format, JSON.stringify(sample));
    if (!isTold(read, `sample ${i + 1}`, comparison)) continue;
    const rows = rowsOf(sample);
    const told = rows.map((_, at) => toldOf(read.events[at]));
    const wanted = rows.map(expectedOf);
    const expected = Object.fromEntries(
      wanted.flatMap((row, at) => Object.entries(row).map(([name, value]) => [`${at}.${name}`, value])),
    );
    const flat = Object.fromEntries(
      told.flatMap((row, at) => Object.entries(row ?? {}).map(([name, value]) => [`${at}.${name}`, value])),
    );
    comparison.record(`sample ${i + 1}`, flat, expected);
  }
  return comparison;
}

export const osquerySources: readonly FidelitySource[] = [
  {
    id: 'osquery',
    title: 'osquery: the result lines of its documentation',
    origin: 'others',
    against: "each row's own columns: process, program, arguments, file, address",
    skip: samplesAt('osquery').skip,
    measure: () => documented().done(),
  },
];
