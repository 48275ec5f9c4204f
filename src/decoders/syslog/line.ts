import type { StampReader } from './stamp.ts';

/** What a line turned out to be. `message`: all fields are set. The rest says why not. */
export type LineKind =
  | 'message'
  | 'repeat'
  | 'empty'
  | 'continuation'
  | 'journal-marker'
  | 'no-tag'
  | 'no-stamp'
  | 'bad-header';

/**
 * The framing of one syslog line, by bytes. One object is used for all lines: read it before the next `parse`.
 *
 *   line  := ["<" pri ">"] ( rfc5424 | plain )
 *   plain := stamp SP ["<" facility "." severity ">" SP] [host SP] [facility "." severity SP] tag [SP] text
 *   tag   := program ["[" pid "]"] [":"]          a ":" or "[" must follow the program
 *   rfc5424 := ["1" SP] iso SP host SP app SP procid SP msgid SP data [SP text]    "-" stands for nothing
 *   repeat := stamp SP host SP "last message repeated " n " times"
 *
 * A line that begins with a blank continues the one before (journalctl and old daemons break long messages so): it never
 * starts a record, or whoever can log two lines could forge a third.
 */
export class SyslogLine {
  hostStart = 0;
  hostEnd = 0;
  programStart = 0;
  programEnd = 0;
  pid = -1;
  textStart = 0;
  /** For `repeat`: how often. */
  repeats = 0;
  readonly stamp: StampReader;

  constructor(stamp: StampReader) {
    this.stamp = stamp;
  }

  parse(buffer: Buffer, start: number, end: number): LineKind {
    if (start >= end) return 'empty';
    const first = buffer[start] as number;
    if (first === SP || first === TAB) return isBlank(buffer, start, end) ? 'empty' : 'continuation';
    if (first === DASH && buffer[start + 1] === DASH && buffer[start + 2] === SP) return 'journal-marker';
    let p = start;
    let structured = false;
    if (first === 0x3c) {
      p = priorityEnd(buffer, start, end);
      if (p < 0) return 'no-stamp';
    }
    if (buffer[p] === 0x31 && buffer[p + 1] === SP && isDigit(buffer[p + 2])) {
      structured = true;
      p += 2;
    }
    if (!this.stamp.read(buffer, p, end)) return 'no-stamp';
    p = this.stamp.end;
    if (buffer[p] === 0x3a && !structured) p += 1;
    if (p >= end || buffer[p] !== SP) return 'bad-header';
    return structured ? this.#rfc5424(buffer, p + 1, end) : this.#plain(buffer, p + 1, end);
  }

  #plain(buffer: Buffer, start: number, end: number): LineKind {
    let p = start;
    while (p < end && buffer[p] === SP) p += 1;
    if (buffer[p] === 0x3c) p = markEnd(buffer, p, end);
    this.hostStart = p;
    p = tokenEnd(buffer, p, end);
    this.hostEnd = p;
    if (this.hostEnd === this.hostStart) return 'bad-header';
    if (buffer[p - 1] === 0x3a || buffer[p - 1] === 0x5d) {
      // No host: the tag follows the stamp at once.
      const tagStart = this.hostStart;
      this.hostEnd = this.hostStart;
      return this.#tag(buffer, tagStart, end) ? 'message' : 'no-tag';
    }
    if (p >= end) return 'no-tag';
    while (p < end && buffer[p] === SP) p += 1;
    if (this.#tag(buffer, p, end)) return 'message';
    if (startsWith(buffer, p, end, 'last message repeated ')) return this.#repeat(buffer, p + 22, end);
    const next = tokenEnd(buffer, p, end);
    if (next < end && isFacility(buffer, p, next) && this.#tag(buffer, next + 1, end)) return 'message';
    return 'no-tag';
  }

  /** `program[pid]: text`, `program: text`, `program[pid] text`. */
  #tag(buffer: Buffer, start: number, end: number): boolean {
    let p = start;
    while (p < end && isTagByte(buffer[p] as number)) p += 1;
    if (p === start || p >= end) return false;
    this.programStart = start;
    this.programEnd = p;
    this.pid = -1;
    if (buffer[p] === 0x5b) {
      const close = closeOf(buffer, p + 1, end);
      if (close < 0) return false;
      this.pid = numberAt(buffer, p + 1, close);
      p = close + 1;
    } else if (buffer[p] !== 0x3a) return false;
    if (buffer[p] === 0x3a) p += 1;
    if (p < end && buffer[p] !== SP && buffer[p - 1] !== 0x3a) return false;
    this.textStart = p < end && buffer[p] === SP ? p + 1 : p;
    return true;
  }

  #repeat(buffer: Buffer, start: number, end: number): LineKind {
    const stop = tokenEnd(buffer, start, end);
    const count = numberAt(buffer, start, stop);
    if (count < 1 || !startsWith(buffer, stop, end, ' time')) return 'no-tag';
    this.repeats = count;
    return 'repeat';
  }

  #rfc5424(buffer: Buffer, start: number, end: number): LineKind {
    this.hostStart = start;
    this.hostEnd = tokenEnd(buffer, start, end);
    this.programStart = this.hostEnd + 1;
    this.programEnd = tokenEnd(buffer, this.programStart, end);
    const procEnd = tokenEnd(buffer, this.programEnd + 1, end);
    const idEnd = tokenEnd(buffer, procEnd + 1, end);
    if (idEnd >= end || this.hostEnd === this.hostStart || this.programEnd === this.programStart) return 'bad-header';
    this.pid = numberAt(buffer, this.programEnd + 1, procEnd);
    if (isNil(buffer, this.hostStart, this.hostEnd)) this.hostEnd = this.hostStart;
    let p = dataEnd(buffer, idEnd + 1, end);
    if (p < 0) return 'bad-header';
    if (p < end && buffer[p] === SP) p += 1;
    if (buffer[p] === 0xef && buffer[p + 1] === 0xbb && buffer[p + 2] === 0xbf && p + 3 <= end) p += 3;
    this.textStart = Math.min(p, end);
    if (isNil(buffer, this.programStart, this.programEnd)) return 'no-tag';
    return 'message';
  }
}

const SP = 0x20;
const TAB = 0x09;
const DASH = 0x2d;
const PROGRAM_BYTES_MAX = 128;
const PID_BYTES_MAX = 32;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Printable, and none of blank, `:`, `[`, `]`, `"`, `<`, `>`, `=`, `{`, `,`: a program's name, not a piece of prose or JSON. */
const TAG_BYTES = new Uint8Array(256);
for (let byte = 0x21; byte < 0x7f; byte++) TAG_BYTES[byte] = ':[]"<>={},'.includes(String.fromCharCode(byte)) ? 0 : 1;
const isTagByte = (byte: number): boolean => TAG_BYTES[byte] === 1;

function isBlank(buffer: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (buffer[i] !== SP && buffer[i] !== TAB) return false;
  return true;
}

function tokenEnd(buffer: Buffer, start: number, end: number): number {
  let p = start;
  while (p < end && buffer[p] !== SP) p += 1;
  return p;
}

function priorityEnd(buffer: Buffer, start: number, end: number): number {
  let p = start + 1;
  while (p < end && p - start <= 3 && isDigit(buffer[p])) p += 1;
  return p > start + 1 && p < end && buffer[p] === 0x3e ? p + 1 : -1;
}

function closeOf(buffer: Buffer, start: number, end: number): number {
  const stop = Math.min(end, start + PID_BYTES_MAX);
  for (let p = start; p < stop; p++) {
    if (buffer[p] === 0x5d) return p;
    if (buffer[p] === SP) return -1;
  }
  return -1;
}

/** A number of up to nine digits, -1 for anything else. */
function numberAt(buffer: Buffer, start: number, end: number): number {
  if (end <= start || end - start > 9) return -1;
  let value = 0;
  for (let p = start; p < end; p++) {
    if (!isDigit(buffer[p])) return -1;
    value = value * 10 + (buffer[p] as number) - 0x30;
  }
  return value;
}

function startsWith(buffer: Buffer, start: number, end: number, text: string): boolean {
  if (end - start < text.length) return false;
  for (let i = 0; i < text.length; i++) if (buffer[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

const isNil = (buffer: Buffer, start: number, end: number): boolean => end - start === 1 && buffer[start] === DASH;

/** busybox writes `mail.info` between host and tag. */
function isFacility(buffer: Buffer, start: number, end: number): boolean {
  if (end - start < 5 || end - start > 20) return false;
  let dots = 0;
  for (let p = start; p < end; p++) {
    const byte = buffer[p] as number;
    if (byte === 0x2e) dots += 1;
    else if (!(byte >= 0x61 && byte <= 0x7a) && !isDigit(byte)) return false;
  }
  return dots === 1;
}

/** Position after `<mail.info> `, which syslogd(8) of the BSDs writes before the host when it is told -v; `start` when it is none. */
function markEnd(buffer: Buffer, start: number, end: number): number {
  const stop = tokenEnd(buffer, start, end);
  return buffer[stop - 1] === 0x3e && isFacility(buffer, start + 1, stop - 1) && stop < end ? stop + 1 : start;
}

/** End of RFC 5424 structured data: `-`, or `[id name="value" ...]` once or more; `\` quotes inside values. -1 when it does not close. */
function dataEnd(buffer: Buffer, start: number, end: number): number {
  if (buffer[start] === DASH) return start + 1;
  let p = start;
  if (p >= end || buffer[p] !== 0x5b) return -1;
  while (p < end && buffer[p] === 0x5b) {
    let quoted = false;
    p += 1;
    for (; p < end; p++) {
      const byte = buffer[p];
      if (quoted && byte === 0x5c) p += 1;
      else if (byte === 0x22) quoted = !quoted;
      else if (byte === 0x5d && !quoted) break;
    }
    if (p >= end) return -1;
    p += 1;
  }
  return p;
}

/** True when `length` bytes can be a program's name at all; longer ones are not looked up. */
export const isProgramLength = (length: number): boolean => length > 0 && length <= PROGRAM_BYTES_MAX;
