/** Takes a part's encoded bytes in pieces and gives the content. Nothing is kept but what one piece cannot decide alone. */
export interface TransferDecoder {
  push(bytes: Buffer): Buffer;
  end(): Buffer;
  /** Something was there that the encoding does not have, or it ended in the middle. */
  readonly damaged: boolean;
}

/**
 * The decoder of a Content-Transfer-Encoding. An unknown one is taken as it stands (RFC 2045 section 6.4).
 *
 * Source: RFC 2045 sections 6.7 and 6.8; x-uuencode as POSIX uuencode writes it. Tolerant as clients are: characters
 * outside the alphabet are passed over, so that what a person would get is what is hashed.
 */
export function transferDecoder(encoding: string): TransferDecoder {
  switch (encoding) {
    case 'base64':
      return new Base64();
    case 'quoted-printable':
      return new QuotedPrintable();
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return new Uuencoded();
    default:
      return PLAIN;
  }
}

/** The bytes of the part lie in the file as they are. */
export const isPlainEncoding = (encoding: string): boolean => transferDecoder(encoding) === PLAIN;

const EMPTY = Buffer.alloc(0);
const PLAIN: TransferDecoder = { push: bytes => bytes, end: () => EMPTY, damaged: false };

const LETTERS = new Int8Array(256).fill(-1);
for (const [i, char] of Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').entries())
  LETTERS[char.charCodeAt(0)] = i;
const BLANK = -2;
const PAD = -3;
for (const blank of [9, 10, 13, 32]) LETTERS[blank] = BLANK;
LETTERS[0x3d] = PAD;

class Base64 implements TransferDecoder {
  damaged = false;
  #bits = 0;
  #count = 0;
  #padded = false;

  push(bytes: Buffer): Buffer {
    const out = Buffer.allocUnsafe(((bytes.length * 3) >> 2) + 4);
    let at = 0;
    let bits = this.#bits;
    let count = this.#count;
    for (let i = 0; i < bytes.length; i++) {
      const value = LETTERS[bytes[i] as number] as number;
      if (value >= 0) {
        // Letters after padding are a second text behind the first: some encoders write a part piece by piece.
        this.#padded = false;
        bits = (bits << 6) | value;
        count += 1;
        if (count < 4) continue;
        out[at] = bits >> 16;
        out[at + 1] = bits >> 8;
        out[at + 2] = bits;
        at += 3;
        bits = 0;
        count = 0;
      } else if (value === PAD) {
        if (count === 0 && !this.#padded) this.damaged = true;
        if (count > 0) at += flush(out, at, bits, count);
        this.damaged ||= count === 1;
        this.#padded = true;
        bits = 0;
        count = 0;
      } else if (value !== BLANK) this.damaged = true;
    }
    this.#bits = bits;
    this.#count = count;
    return out.subarray(0, at);
  }

  end(): Buffer {
    if (this.#count === 0) return EMPTY;
    // Padding left out is common and harmless; one letter alone is not enough for a byte.
    if (this.#count === 1) this.damaged = true;
    const out = Buffer.alloc(3);
    return out.subarray(0, flush(out, 0, this.#bits, this.#count));
  }
}

/** What two or three letters hold. */
function flush(out: Buffer, at: number, bits: number, count: number): number {
  if (count === 2) out[at] = bits >> 4;
  if (count === 3) {
    out[at] = bits >> 10;
    out[at + 1] = bits >> 2;
  }
  return Math.max(0, count - 1);
}

const HEX = new Int8Array(256).fill(-1);
for (const [i, char] of Array.from('0123456789abcdef').entries()) {
  HEX[char.charCodeAt(0)] = i;
  HEX[char.toUpperCase().charCodeAt(0)] = i;
}
const BLANKS_MAX = 1000;

class QuotedPrintable implements TransferDecoder {
  damaged = false;
  /** An escape that is not whole yet, or blanks that may end a line. */
  #held = EMPTY;

  push(bytes: Buffer): Buffer {
    return this.#decode(this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]), false);
  }

  end(): Buffer {
    const held = this.#held;
    this.#held = EMPTY;
    return held.length === 0 ? EMPTY : this.#decode(held, true);
  }

  #decode(bytes: Buffer, isLast: boolean): Buffer {
    const out = Buffer.allocUnsafe(bytes.length);
    let at = 0;
    let i = 0;
    while (i < bytes.length) {
      const code = bytes[i] as number;
      if (code === 0x3d) {
        const used = this.#escape(bytes, i, isLast);
        if (used.length === 0) break;
        if (used.value >= 0) out[at++] = used.value;
        i += used.length;
      } else if (code === 0x20 || code === 9) {
        let end = i;
        while (end < bytes.length && (bytes[end] === 0x20 || bytes[end] === 9) && end - i < BLANKS_MAX) end += 1;
        if (end === bytes.length && !isLast && end - i < BLANKS_MAX) break;
        const atLineEnd = end === bytes.length || bytes[end] === 10 || bytes[end] === 13;
        // Blanks at the end of a line were added on the way (RFC 2045 section 6.7, rule 3).
        if (!atLineEnd) for (let k = i; k < end; k++) out[at++] = bytes[k] as number;
        i = end;
      } else {
        out[at++] = code;
        i += 1;
      }
    }
    this.#held = i < bytes.length ? Buffer.from(bytes.subarray(i)) : EMPTY;
    return out.subarray(0, at);
  }

  /** How many bytes the escape at `i` takes (0: more are needed) and the byte it stands for (-1: a soft line end). */
  #escape(bytes: Buffer, i: number, isLast: boolean): { length: number; value: number } {
    let end = i + 1;
    while (end < bytes.length && (bytes[end] === 0x20 || bytes[end] === 9) && end - i < BLANKS_MAX) end += 1;
    const next = bytes[end];
    if (next === 10) return { length: end + 1 - i, value: -1 };
    if (next === 13 && bytes[end + 1] === 10) return { length: end + 2 - i, value: -1 };
    const isOpen = next === undefined ? end > i + 1 : next === 13 && bytes[end + 1] === undefined;
    if (isOpen && !isLast && end - i < BLANKS_MAX) return { length: 0, value: 0 };
    const high = HEX[bytes[i + 1] ?? 0] as number;
    const low = HEX[bytes[i + 2] ?? 0] as number;
    if (high >= 0 && low >= 0) return { length: 3, value: high * 16 + low };
    if (i + 2 >= bytes.length && !isLast && (i + 1 >= bytes.length || high >= 0)) return { length: 0, value: 0 };
    if (isLast && i + 1 >= bytes.length) return { length: 1, value: -1 };
    this.damaged = true;
    return { length: 1, value: 0x3d };
  }
}

class Uuencoded implements TransferDecoder {
  damaged = false;
  #state: 'before' | 'inside' | 'after' = 'before';
  #line = EMPTY;

  push(bytes: Buffer): Buffer {
    const found: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const piece = bytes.subarray(start, end);
      found.push(this.#take(this.#line.length === 0 ? piece : Buffer.concat([this.#line, piece])));
      this.#line = EMPTY;
      start = end + 1;
    }
    const rest = bytes.subarray(start);
    if (this.#line.length + rest.length > LINE_MAX) this.damaged = true;
    else if (rest.length > 0) this.#line = Buffer.concat([this.#line, rest]);
    return Buffer.concat(found);
  }

  end(): Buffer {
    const last = this.#take(this.#line);
    this.#line = EMPTY;
    if (this.#state !== 'after') this.damaged = true;
    return last;
  }

  #take(line: Buffer): Buffer {
    if (this.#state === 'before') {
      if (/^begin [0-7]{3,4} /.test(line.toString('latin1', 0, 16))) this.#state = 'inside';
      return EMPTY;
    }
    if (this.#state === 'after' || line.length === 0) return EMPTY;
    if (line.toString('latin1', 0, 4).trimEnd() === 'end') {
      this.#state = 'after';
      return EMPTY;
    }
    const length = ((line[0] as number) - 32) & 63;
    const out = Buffer.alloc(Math.ceil(length / 3) * 3);
    for (let i = 0, at = 1; i < length; i += 3, at += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map(k => ((line[at + k] ?? 32) - 32) & 63) as [number, number, number, number];
      out.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, i, 3);
    }
    return out.subarray(0, length);
  }
}

const LINE_MAX = 1024;
