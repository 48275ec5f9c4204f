import { isAddress, isDigit } from '../postfix/parts.ts';

/** The pieces that Sendmail's lines are made of. Positions are indexes into the text; -1 means "not that shape". */

/**
 * End of the queue id at `at`: letters and digits, the last five of them the process id's; -1 when there is none.
 *
 *   since 8.10 := 8 letters or digits, then the process id in at least 6 digits
 *   before     := 1 to 3 letters or more, then the process id in 5 digits
 *
 * Source: assign_queueid() in queue.c.
 */
export function queueIdEnd(text: string, at: number): number {
  let end = at;
  while (end - at <= ID_MAX && isLetterOrDigit(text.charCodeAt(end))) end += 1;
  if (end - at < ID_MIN || end - at > ID_MAX) return -1;
  for (let i = end - 5; i < end; i++) if (!isDigit(text.charCodeAt(i))) return -1;
  return end;
}

const ID_MIN = 7;
const ID_MAX = 24;

function isLetterOrDigit(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

/** The first `mark` that stands outside of double quotes; where the quotes do not match, the first one. */
export function outside(text: string, at: number, mark: string): number {
  const first = text.indexOf(mark, at);
  const quote = text.indexOf('"', at);
  if (first < 0 || quote < 0 || quote > first) return first;
  let quoted = false;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i += 1;
    else if (code === 0x22) quoted = !quoted;
    else if (!quoted && text.startsWith(mark, i)) return i;
  }
  return first;
}

/** `<a@b>` without its brackets. */
export const bare = (path: string): string =>
  path.startsWith('<') && path.endsWith('>') && path.length > 1 ? path.slice(1, -1) : path;

/** The addresses of a `to=` list: commas outside of quotes and brackets divide them. */
export function addressesOf(list: string, max: number): string[] {
  const found: string[] = [];
  let quoted = false;
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= list.length && found.length < max; i++) {
    const code = i < list.length ? list.charCodeAt(i) : COMMA;
    if (code === 0x5c) i += 1;
    else if (code === 0x22) quoted = !quoted;
    else if (code === 0x3c && !quoted) depth += 1;
    else if (code === 0x3e && !quoted && depth > 0) depth -= 1;
    if (i < list.length && (code !== COMMA || quoted || depth > 0)) continue;
    const each = list.slice(start, i).trim();
    if (each !== '') found.push(each);
    start = i + 1;
  }
  return found;
}

const COMMA = 0x2c;

/** A peer: its name, '' when the line has none, and the address of the socket. */
export interface Peer {
  readonly name: string;
  readonly address: string;
}

/**
 *   peer := [[user "@"] name " "] "[" ["IPv6:"] address "]" [" (may be forged)"]          the whole of text[from, to)
 *
 * Source: CurSmtpClient, macro `_`, getauthinfo() in daemon.c. The address is the socket's. A name that "may be forged" did
 * not lead back to the address; a user before `@` is what the peer's own ident daemon said. Both are left out.
 */
export function peerIn(text: string, from: number, to: number): Peer | null {
  let end = to;
  const forged = text.endsWith(FORGED, end) || text.startsWith(FORGED, end - FORGED.length);
  if (forged) end -= FORGED.length;
  if (text.charCodeAt(end - 1) !== 0x5d) return null;
  const open = text.lastIndexOf('[', end);
  if (open < from) return null;
  const inside = text.slice(open + 1, end - 1);
  const address = inside.startsWith('IPv6:') ? inside.slice(5) : inside;
  if (!isAddress(address)) return null;
  if (open > from && text.charCodeAt(open - 1) !== 0x20) return null;
  const name = text.slice(from, Math.max(from, open - 1));
  if (name.includes(' ')) return null;
  return { name: forged || name.startsWith('[') ? '' : name.slice(name.lastIndexOf('@') + 1), address };
}

const FORGED = ' (may be forged)';

/** The first peer that begins at `from` and that `after` follows, or that ends the text when `after` is ''. */
export function peerBefore(text: string, from: number, after: string): Peer | null {
  if (after === '') return peerIn(text, from, text.length);
  for (let end = text.indexOf(after, from), tried = 0; end >= 0 && tried < TRIED_MAX; tried++) {
    const peer = peerIn(text, from, end);
    if (peer !== null) return peer;
    end = text.indexOf(after, end + 1);
  }
  return null;
}

const TRIED_MAX = 8;

/** Seconds of `hh:mm:ss` or `d+hh:mm:ss`, -1 for anything else. Source: pintvl() in convtime.c. */
export function intervalOf(text: string): number {
  const plus = text.indexOf('+');
  const days = plus < 0 ? 0 : numberIn(text, 0, plus);
  const at = plus + 1;
  if (days < 0 || text.length !== at + 8 || text.charCodeAt(at + 2) !== 0x3a || text.charCodeAt(at + 5) !== 0x3a)
    return -1;
  const [hours, minutes, seconds] = [at, at + 3, at + 6].map(each => numberIn(text, each, each + 2)) as [
    number,
    number,
    number,
  ];
  return hours < 0 || minutes < 0 || seconds < 0 ? -1 : days * 86_400 + hours * 3600 + minutes * 60 + seconds;
}

/** The decimal number between the positions, -1 for anything else. */
export function numberIn(text: string, from: number, to: number): number {
  if (to <= from || to - from > 12) return -1;
  let number = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    number = number * 10 + code - 0x30;
  }
  return number;
}
