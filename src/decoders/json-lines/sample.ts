import type { JsonObject } from './record.ts';
import { CEE, jsonOfLine } from './split.ts';
import { unwrapped } from './unwrap.ts';

const RECORDS_SAMPLED_MAX = 100;
const DEPTH_MAX = 64;

/**
 * Objects on the complete lines of a sample; none when the sample is no JSON at all. A file that was cut at its head (`tail -c`,
 * a log that is copied and truncated) begins in the middle of a record: then its second line is the first. Of one line that is
 * longer than the sample, as a search answers, the whole objects of its list are taken.
 */
export function sampleRecords(sample: Buffer): JsonObject[] {
  const found: JsonObject[] = [];
  let start = firstRecordAt(sample);
  if (start < 0) return found;
  for (let lines = 0; lines < RECORDS_SAMPLED_MAX && start < sample.length; lines++) {
    const feed = sample.indexOf(0x0a, start);
    if (feed < 0 && lines > 0) break;
    const end = feed < 0 ? sample.length : feed;
    const text = sample.toString('utf8', start, end);
    try {
      collect(jsonOfLine(text), found);
    } catch {
      // A damaged line of the sample says nothing about the format.
      if (feed < 0) collect(elementsIn(text), found);
    }
    start = end + 1;
  }
  return found;
}

/** Where the first record begins that is not cut off at its head; -1 when there is none. */
function firstRecordAt(sample: Buffer): number {
  if (isBeginning(sample, 0)) return 0;
  const second = sample.indexOf(0x0a) + 1;
  return second > 0 && isBeginning(sample, second) ? second : -1;
}

function isBeginning(sample: Buffer, start: number): boolean {
  const first = sample
    .toString('latin1', start, start + 64)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return first.startsWith('{') || first.startsWith('[') || first.startsWith(CEE);
}

function collect(value: unknown, into: JsonObject[]): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (isRecord(item)) into.push(...unwrapped(item));
  } else if (isRecord(value)) into.push(...unwrapped(value));
}

/** The whole objects of the outermost list in a text that breaks off. */
function elementsIn(text: string): unknown[] {
  const found: { readonly depth: number; readonly from: number; readonly to: number }[] = [];
  const open: { readonly isList: boolean; readonly from: number }[] = [];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === '\\') i += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      if (open.length === DEPTH_MAX) break;
      open.push({ isList: sign === '[', from: i });
    } else if (sign === '}' || sign === ']') {
      const closed = open.pop();
      if (closed === undefined) break;
      if (!closed.isList && open.at(-1)?.isList === true)
        found.push({ depth: open.length, from: closed.from, to: i + 1 });
    }
  }
  const outermost = found.reduce((least, { depth }) => Math.min(least, depth), DEPTH_MAX);
  const values: unknown[] = [];
  for (const { from, to } of found.filter(({ depth }) => depth === outermost).slice(0, RECORDS_SAMPLED_MAX)) {
    try {
      values.push(JSON.parse(text.slice(from, to)));
    } catch {
      // Brackets that fit around what is no JSON.
    }
  }
  return values;
}

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
