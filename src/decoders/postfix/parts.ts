/** The pieces that Postfix's lines are made of. Positions are indexes into the text; -1 and null mean "not that shape". */

/** `name[address]`, `[address]`, with an optional `:port`. `end` is the position after it. */
export interface Client {
  readonly name: string;
  readonly address: string;
  readonly end: number;
}

export function clientAt(text: string, at: number): Client | null {
  const open = text.indexOf('[', at);
  if (open < 0 || open - at > 512) return null;
  const close = text.indexOf(']', open);
  if (close < 0 || close - open > 64) return null;
  const address = text.slice(open + 1, close);
  if (!isAddress(address) && address !== 'unknown') return null;
  for (let i = at; i < open; i++) if (text.charCodeAt(i) <= 0x20) return null;
  let end = close + 1;
  if (text.charCodeAt(end) === COLON && isDigit(text.charCodeAt(end + 1))) {
    end += 1;
    while (isDigit(text.charCodeAt(end))) end += 1;
  }
  return { name: text.slice(at, open), address, end };
}

/** True for what could be an IPv4 or IPv6 address (with a zone): digits, hex, dots and colons only. */
export function isAddress(text: string): boolean {
  if (text.length < 2 || text.length > 45) return false;
  let marks = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON || code === 0x2e) marks += 1;
    else if (code === 0x25) return marks > 1;
    else if (!isDigit(code) && !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)) return false;
  }
  return marks >= 2;
}

/** The first bracketed address in the text, or the one after "address "; '' when there is none. */
export function addressIn(text: string, at: number): string {
  const marker = text.lastIndexOf('does not resolve to address ');
  if (marker >= at) {
    const from = marker + 28;
    const stop = text.indexOf(': ', from);
    const address = text.slice(from, stop < 0 ? undefined : stop);
    return isAddress(address) ? address : '';
  }
  const open = text.indexOf('[', at);
  if (open < 0) return '';
  const close = text.indexOf(']', open);
  const address = close < 0 ? '' : text.slice(open + 1, close);
  return isAddress(address) ? address : '';
}

/**
 * Position of the `>` that closes the path opened by `<` at `at`. A quoted local part may hold `>` and blanks, as Postfix 3.5
 * and later print addresses in their external form.
 */
export function pathEnd(text: string, at: number): number {
  const plain = text.indexOf('>', at);
  if (plain < 0) return -1;
  const quote = text.indexOf('"', at);
  if (quote < 0 || quote > plain) return plain;
  let quoted = false;
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i += 1;
    else if (code === 0x22) quoted = !quoted;
    else if (code === 0x3e && !quoted) return i;
  }
  return -1;
}

/** The address between `<` at `at` and its `>` when `after` follows, else with the first `>` that `after` follows. */
export function pathBefore(
  text: string,
  at: number,
  after: readonly string[],
): { address: string; end: number } | null {
  if (text.charCodeAt(at) !== 0x3c) return null;
  const end = pathEnd(text, at);
  if (end >= 0 && after.some(mark => text.startsWith(mark, end + 1)))
    return { address: text.slice(at + 1, end), end: end + 1 };
  // An unbalanced quote: Postfix before 3.5 prints the internal form, which quotes nothing.
  let first = -1;
  for (const mark of after) {
    const found = text.indexOf(`>${mark}`, at);
    if (found >= 0 && (first < 0 || found < first)) first = found;
  }
  return first < 0 ? null : { address: text.slice(at + 1, first), end: first + 1 };
}

/** What ends a refusal: `; from=<a> to=<b> proto=ESMTP helo=<name>`, some of it, to the very end of the line. */
export interface Tail {
  readonly at: number;
  readonly sender: string;
  readonly recipient: string;
  readonly helo: string;
}

const TAILS_TRIED_MAX = 24;

/**
 * The first place from which the rest of the line is nothing but tail fields. A client can write `; from=<x>` into an
 * address or a greeting, but not so that what follows it is whole.
 */
export function tailOf(text: string, at: number): Tail | null {
  let from = text.indexOf('; ', at);
  for (let tried = 0; from >= 0 && tried < TAILS_TRIED_MAX; tried++) {
    const tail = tailAt(text, from);
    if (tail !== null) return tail;
    from = text.indexOf('; ', from + 2);
  }
  if (from < 0) return null;
  from = text.lastIndexOf('; ');
  for (let tried = 0; from >= at && tried < TAILS_TRIED_MAX; tried++) {
    const tail = tailAt(text, from);
    if (tail !== null) return tail;
    from = text.lastIndexOf('; ', from - 1);
  }
  return null;
}

function tailAt(text: string, at: number): Tail | null {
  let p = at + 2;
  let sender = '';
  let recipient = '';
  let helo = '';
  let fields = 0;
  while (p < text.length) {
    const equals = text.indexOf('=', p);
    if (equals < 0 || equals - p > 20) return null;
    const key = text.slice(p, equals);
    let end: number;
    let value: string;
    if (text.charCodeAt(equals + 1) === 0x3c) {
      const close = pathEnd(text, equals + 1);
      if (close < 0) return null;
      value = text.slice(equals + 2, close);
      end = close + 1;
    } else {
      end = equals + 1;
      while (end < text.length && text.charCodeAt(end) !== 0x20 && text.charCodeAt(end) !== COMMA) end += 1;
      value = text.slice(equals + 1, end);
    }
    if (key === 'from') sender = value;
    else if (key === 'to') recipient = value;
    else if (key === 'helo') helo = value;
    else if (key !== 'proto' && key !== 'sasl_method' && key !== 'sasl_username' && key !== 'sasl_sender') return null;
    fields += 1;
    if (text.charCodeAt(end) === COMMA) end += 1;
    if (end < text.length && text.charCodeAt(end) !== 0x20) return null;
    p = end + 1;
  }
  return fields === 0 ? null : { at, sender, recipient, helo };
}

/** `450 4.7.1 text`, `4.7.1 text`, `text`. */
export function replyOf(text: string, from: number, to: number): { code: number; dsn: string; text: string } {
  let p = from;
  let code = 0;
  if (isDigit(text.charCodeAt(p)) && isDigit(text.charCodeAt(p + 1)) && isDigit(text.charCodeAt(p + 2))) {
    const next = text.charCodeAt(p + 3);
    if (next === 0x20 || next === 0x2d || p + 3 >= to) {
      code = Number(text.slice(p, p + 3));
      p = Math.min(to, p + 4);
    }
  }
  const blank = text.indexOf(' ', p);
  const stop = blank < 0 || blank > to ? to : blank;
  const dsn = isDsn(text, p, stop) ? text.slice(p, stop) : '';
  if (dsn !== '') p = Math.min(to, stop + 1);
  return { code, dsn, text: text.slice(p, to) };
}

function isDsn(text: string, from: number, to: number): boolean {
  if (to - from < 5 || to - from > 9) return false;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) dots += 1;
    else if (!isDigit(code)) return false;
  }
  return dots === 2 && text.charCodeAt(from + 1) === 0x2e;
}

/** A decimal number with an optional fraction between the positions, -1 for anything else. */
export function decimalOf(text: string, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e && dots === 0) dots = 1;
    else if (!isDigit(code)) return -1;
  }
  return Number(text.slice(from, to));
}

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const COLON = 0x3a;
const COMMA = 0x2c;
