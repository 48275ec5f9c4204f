/** Makes texts of bytes. */
export interface Texts {
  latin1(bytes: Buffer, start: number, end: number): string;
}

/** Byte-level readers for audit values. All take `[start, end)` of one line's buffer and never read past `end`. */
const DIGIT_0 = 48;

/** Unsigned decimal; -1 when a byte is no digit or there are none. Past 2^53 precision is lost, never the call. */
export function decimal(b: Buffer, start: number, end: number): number {
  if (start >= end) return -1;
  let n = 0;
  for (let i = start; i < end; i++) {
    const d = (b[i] as number) - DIGIT_0;
    if (d < 0 || d > 9) return -1;
    n = n * 10 + d;
  }
  return n;
}

/** Signed decimal; NaN when malformed. */
export function signed(b: Buffer, start: number, end: number): number {
  if (b[start] === 45) {
    const n = decimal(b, start + 1, end);
    return n < 0 ? Number.NaN : -n;
  }
  const n = decimal(b, start, end);
  return n < 0 ? Number.NaN : n;
}

export function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 65 && c <= 70) return c - 55;
  if (c >= 97 && c <= 102) return c - 87;
  return -1;
}

/** Hexadecimal; -1 when malformed. Values over 2^53 keep only their low 53 bits' worth of meaning. */
export function hex(b: Buffer, start: number, end: number): number {
  if (start >= end) return -1;
  let n = 0;
  for (let i = start; i < end; i++) {
    const d = hexDigit(b[i] as number);
    if (d < 0) return -1;
    n = n * 16 + d;
  }
  return n;
}

/** The low 32 bits of a hexadecimal number of any width, as syscall arguments are read; -1 when malformed. */
export function hexLow32(b: Buffer, start: number, end: number): number {
  if (start >= end) return -1;
  let n = 0;
  for (let i = start; i < end; i++) {
    const d = hexDigit(b[i] as number);
    if (d < 0) return -1;
    n = (n << 4) | d;
  }
  return n >>> 0;
}

/** Octal, as modes and open flags are written; -1 when malformed. */
export function octal(b: Buffer, start: number, end: number): number {
  if (start >= end) return -1;
  let n = 0;
  for (let i = start; i < end; i++) {
    const d = (b[i] as number) - DIGIT_0;
    if (d < 0 || d > 7) return -1;
    n = n * 8 + d;
  }
  return n;
}

/** The low 32 bits of a syscall argument as a signed descriptor, so that AT_FDCWD is -100 however wide it was printed. */
export function descriptor(argument: number): number {
  const low = argument % 4294967296;
  return low > 2147483647 ? low - 4294967296 : low;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text: UTF-8 when valid, else each byte over 0x7f as `\xNN`, so that different names stay different. */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    let out = '';
    for (const byte of bytes)
      out += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
    return out;
  }
}

/** Decodes a run of hex digit pairs; null when it is no such run. A NUL ends it unless `keepNul`. */
export function hexBytes(b: Buffer, start: number, end: number): Uint8Array | null {
  const length = end - start;
  if (length === 0 || length % 2 !== 0) return null;
  // Most words that come here (tty1, pts0) are no hex: nothing is made for them.
  for (let i = start; i < end; i++) if (hexDigit(b[i] as number) < 0) return null;
  const out = new Uint8Array(length / 2);
  for (let i = 0; i < out.length; i++)
    out[i] = hexDigit(b[start + 2 * i] as number) * 16 + hexDigit(b[start + 2 * i + 1] as number);
  return out;
}

/**
 * A string value as the kernel logs untrusted text (audit_log_untrustedstring): "quoted" when it is plain, upper-case hex
 * when it is not, (null) when absent. Plain unquoted words (tty, enriched values) come back as they are.
 */
export function stringValue(b: Buffer, start: number, end: number, texts: Texts): string {
  if (start >= end) return '';
  const first = b[start];
  if (first === 34) {
    const stop = b[end - 1] === 34 && end - 1 > start ? end - 1 : end;
    return texts.latin1(b, start + 1, stop);
  }
  if (first === 40) return '';
  const bytes = hexBytes(b, start, end);
  if (bytes !== null) return textOf(bytes);
  return texts.latin1(b, start, end);
}
