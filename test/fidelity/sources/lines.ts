import type { Verdict } from '../../../src/core/verdict.ts';
import type { FileFormat } from '../../../src/decoders/contract.ts';
import { JSON_FORMATS } from '../../../src/decoders/json-lines/records.ts';
import { decodeAll, formatOf } from '../../../src/decoders/recorded.test-support.ts';
import { zeekTsvFormat } from '../../../src/decoders/zeek/tsv.ts';
import type { WatchEvent } from '../../../src/events/event.ts';
import type { Comparison } from '../comparison.ts';

export interface Read {
  readonly verdict: Verdict | undefined;
  readonly events: readonly WatchEvent[];
}

/** One record, alone in its file but for the lines that lead it. */
export function readOne(format: FileFormat, record: string, lead = ''): Read {
  const { events, verdicts } = decodeAll(format, Buffer.from(`${lead}${record}\n`, 'latin1'));
  return { verdict: verdicts.at(-1), events };
}

/** Counts what is no event; true when there is one to compare. */
export function isTold({ verdict, events }: Read, where: string, comparison: Comparison): boolean {
  if (verdict?.tag === 'skip') comparison.leftOut(verdict.reason);
  else if (verdict?.tag === 'reject') comparison.differs(`rejected: ${verdict.reason}`);
  else if (events.length === 0) comparison.unexplained(`${where}: taken and nothing told`);
  else return true;
  return false;
}

export function jsonFormatNamed(id: string): FileFormat {
  const found = JSON_FORMATS.find(format => format.id === id);
  if (found === undefined) throw new Error(`no JSON format ${id}`);
  return found;
}

export const TSV = zeekTsvFormat;
export const best = formatOf;
