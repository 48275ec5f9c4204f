import { isAddress, isDigit } from '../postfix/parts.ts';

/** The pieces that Exim's lines are made of. Positions are indexes into the text. */

/** A peer: `name` as verified by DNS ('' when it is not), the address of the socket, and the position after it. */
export interface Peer {
  readonly name: string;
  readonly address: string;
  readonly end: number;
}

/**
 *   peer := [name " "] ["(" helo ") "] "[" address "]" [":" port]        host_build_sender_fullhost() in host.c
 *
 * Between `at` and `limit`, which is where the first words of the peer's own after its greeting stand. A greeting may hold
 * blanks and brackets where the administrator lets it: the last address before `limit` is the socket's.
 */
export function peerAt(text: string, at: number, limit: number): Peer | null {
  for (let open = openBefore(text, limit); open >= at; open = openBefore(text, open)) {
    if (open > at && text.charCodeAt(open - 1) !== 0x20) continue;
    const close = text.indexOf(']', open);
    if (close < 0 || close >= limit || close - open > ADDRESS_CHARS_MAX) continue;
    const address = plainAddress(text.slice(open + 1, close));
    if (address === '') continue;
    let end = close + 1;
    if (text.charCodeAt(end) === 0x3a && isDigit(text.charCodeAt(end + 1))) {
      end += 1;
      while (isDigit(text.charCodeAt(end))) end += 1;
    }
    const first = text.charCodeAt(at);
    const blank = text.indexOf(' ', at);
    const named = first !== 0x28 && first !== 0x5b && blank > at && blank < open;
    return { name: named ? text.slice(at, blank) : '', address, end };
  }
  return null;
}

/** Longer than any address in brackets, `IPv6:` and a zone with it. */
const ADDRESS_CHARS_MAX = 96;

/** The last `[` before `limit`, -1 when there is none. lastIndexOf takes a negative position for 0: it would find the first one again for ever. */
const openBefore = (text: string, limit: number): number => (limit <= 0 ? -1 : text.lastIndexOf('[', limit - 1));

/** The address in brackets, `IPv6:` cut; '' for what is none. */
function plainAddress(text: string): string {
  const address = text.toLowerCase().startsWith('ipv6:') ? text.slice(5) : text;
  return isAddress(address) ? address : '';
}

/** End of a word that may hold blanks inside of double quotes. */
export function wordEnd(text: string, at: number): number {
  let quoted = false;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c && quoted) i += 1;
    else if (code === 0x22) quoted = !quoted;
    else if (code === 0x20 && !quoted) return i;
  }
  // An unbalanced quote hides nothing: then the first blank ends the word.
  const blank = quoted ? text.indexOf(' ', at) : -1;
  return blank < 0 ? text.length : blank;
}

/** The text between the quote at `at` and the one that ends it, backslashes undone; `end` is the position after that. */
export function quotedAt(text: string, at: number): { value: string; end: number } {
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return { value, end: i + 1 };
    if (code === 0x5c) i += 1;
    value += text.charAt(i);
  }
  return { value, end: text.length };
}

/** Seconds of `0.123s`, `3s`, `2m42s`, `1d2h3m4s`; -1 for anything else. Source: string_timediff(), readconf_printtime(). */
export function durationOf(text: string): number {
  let seconds = 0;
  let number = '';
  let units = 0;
  for (const char of text) {
    if ((char >= '0' && char <= '9') || char === '.') {
      number += char;
      continue;
    }
    const scale = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 }[char];
    const value = Number(number);
    if (scale === undefined || number === '' || !Number.isFinite(value)) return -1;
    seconds += value * scale;
    number = '';
    units += 1;
  }
  return units > 0 && number === '' ? Math.round(seconds * 1000) / 1000 : -1;
}

/**
 * End of the message id at `at`, -1 when there is none.
 *
 *   old := 6 "-" 6 "-" 2       16 characters, to 4.96
 *   new := 6 "-" 11 "-" 4      23 characters, since 4.97         all of 0-9 A-Z a-z
 *
 * Source: Exim specification, 3.4 Message identification.
 */
export function messageIdEnd(text: string, at: number): number {
  if (!isWord(text, at, 6) || text.charCodeAt(at + 6) !== 0x2d) return -1;
  if (text.charCodeAt(at + 13) === 0x2d && isWord(text, at + 7, 6) && isWord(text, at + 14, 2))
    return ends(text, at + 16);
  if (text.charCodeAt(at + 18) === 0x2d && isWord(text, at + 7, 11) && isWord(text, at + 19, 4))
    return ends(text, at + 23);
  return -1;
}

const ends = (text: string, at: number): number => (at === text.length || text.charCodeAt(at) === 0x20 ? at : -1);

function isWord(text: string, at: number, length: number): boolean {
  if (at + length > text.length) return false;
  for (let i = at; i < at + length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code) && !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)) return false;
  }
  return true;
}
