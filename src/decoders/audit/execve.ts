import type { ByteTable } from '../../core/byte-table.ts';
import { decimal, stringValue, type Texts } from './bytes.ts';
import { type Pending, setArgument } from './pending.ts';
import { ENRICHED, keyEnd, QUOTE, SPACE, valueEnd } from './record.ts';

/** Arguments kept of one execve: count and bytes of each. The rest is cut and said to be. */
export const ARGS_MAX = 256;
export const ARG_BYTES_MAX = 4096;
const INTERNED_ARG_BYTES_MAX = 64;

/** The words of one EXECVE record. */
export interface Words {
  readonly argc: number;
  readonly argv: readonly string[];
}

/**
 * EXECVE. Command lines come again and again, from scripts and timers: one that came before gives the same list of words, so that
 * whoever works on them later can know them again.
 */
export function takeExecve(
  b: Buffer,
  start: number,
  end: number,
  into: Pending,
  texts: Texts,
  known: ByteTable<Words>,
): boolean {
  if (!isFirst(into)) return addExecve(b, start, end, into, texts);
  const held = known.find(b, start, end);
  if (held !== undefined) {
    takeWords(into, held);
    return true;
  }
  const whole = addExecve(b, start, end, into, texts);
  const words = wordsOf(into);
  if (words !== null) known.keep(b, start, end, words);
  return whole;
}

/** No EXECVE of the event came before. */
export const isFirst = (p: Pending): boolean => p.words === null && p.argCount === 0 && p.pieces === null;

export function takeWords(into: Pending, words: Words): void {
  into.argc = words.argc;
  into.words = words.argv;
}

/** The words of an event whose first EXECVE told all of them: kept as one list; null when more are to come. */
export function wordsOf(p: Pending): Words | null {
  if (p.pieces !== null || p.argCount === 0 || p.argc !== p.argCount) return null;
  const words: Words = { argc: p.argc, argv: p.argv.slice(0, p.argCount) };
  p.words = words.argv;
  return words;
}

/** One more EXECVE of the event. */
export function addExecve(b: Buffer, start: number, end: number, into: Pending, texts: Texts): boolean {
  spread(into);
  return parseExecve(b, start, end, into, texts);
}

/** Another record tells of the same command: the words are put together one by one. */
function spread(into: Pending): void {
  const { words } = into;
  if (words === null) return;
  into.words = null;
  for (const [i, word] of words.entries()) setArgument(into, i, word);
}

/**
 * EXECVE, one of possibly several: `argc=N a0=v a1=v …`, a long argument as `aN_len=L aN[0]=piece aN[1]=piece`.
 */
function parseExecve(b: Buffer, start: number, end: number, into: Pending, texts: Texts): boolean {
  let i = start;
  while (i < end) {
    if (b[i] === SPACE) {
      i += 1;
      continue;
    }
    const k = i;
    i = keyEnd(b, i, end);
    if (i >= end || b[i] === ENRICHED) break;
    const v = i + 1;
    const stop = valueEnd(b, v, end);
    if (b[k] === 97 && b[k + 1] === 114) into.argc = decimal(b, v, stop);
    else if (b[k] === 97) argument(b, k, i, v, stop, into, texts);
    i = stop;
  }
  return true;
}

function argument(b: Buffer, k: number, keyStop: number, v: number, stop: number, into: Pending, texts: Texts): void {
  let digits = k + 1;
  let index = 0;
  while (digits < keyStop) {
    const d = (b[digits] as number) - 48;
    if (d < 0 || d > 9) break;
    index = index * 10 + d;
    digits += 1;
  }
  if (digits === k + 1 || index >= ARGS_MAX) return;
  const cutStop = Math.min(stop, v + ARG_BYTES_MAX * 2);
  if (digits === keyStop) {
    const textStop = cutStop === stop ? stop : cutStop - ((cutStop - v) % 2);
    // Long arguments rarely come again: remembering them would push out what does.
    const once = b[v] === QUOTE && b[textStop - 1] === QUOTE && textStop - v > INTERNED_ARG_BYTES_MAX;
    setArgument(into, index, once ? b.toString('latin1', v + 1, textStop - 1) : stringValue(b, v, textStop, texts));
    return;
  }
  if (b[digits] !== 91) return;
  const part = decimal(b, digits + 1, keyStop - 1);
  if (part < 0 || part >= 64) return;
  into.pieces ??= new Map();
  const pieces = into.pieces.get(index) ?? [];
  pieces[part] = stringValue(b, v, cutStop, texts);
  into.pieces.set(index, pieces);
}
