/**
 * LAUREL's texts as the bytes that the kernel wrote: UTF-8, and `%` with two hex digits for every other byte
 * (src/quote.rs, URIEscapeWriter). A number is its decimal text. null for anything else: `null` stands for a value that is not there.
 */
export function bytesOf(value: unknown): Buffer | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Buffer.from(String(value)) : null;
  if (typeof value !== 'string') return null;
  const bytes = Buffer.from(value, 'utf8');
  const first = bytes.indexOf(PERCENT);
  if (first < 0) return bytes;
  let to = first;
  for (let from = first; from < bytes.length; from++, to++) {
    const byte = bytes[from] as number;
    const high = byte === PERCENT ? digit(bytes[from + 1]) : -1;
    const low = high < 0 ? -1 : digit(bytes[from + 2]);
    bytes[to] = low < 0 ? byte : high * 16 + low;
    if (low >= 0) from += 2;
  }
  return bytes.subarray(0, to);
}

const PERCENT = 0x25;
const QUOTE = 0x22;

function digit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** As the kernel writes text (or bytes) that it does not trust: in quotes when it is plain, else in hex (audit_log_untrustedstring). */
export function untrustedString(value: unknown): string {
  const bytes = Buffer.isBuffer(value) ? value : bytesOf(value);
  if (bytes === null) return '(null)';
  for (const byte of bytes) if (byte === QUOTE || byte < 0x21 || byte > 0x7e) return hexOf(bytes);
  return `"${bytes.toString('latin1')}"`;
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** A word that stands without quotes; '?' for what is not there or would not read as one. */
export function word(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length <= 4096 && /^[!#-&(-~]+$/.test(text) ? text : '?';
}

/** `0x1f` or a number as `1f`; '?' for anything else. */
export function hexNumber(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value.toString(16) : '?';
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/.test(value) ? value.slice(2) : '?';
}

/** `0o755` as `0755`; '?' for anything else but 0. */
export function octalNumber(value: unknown): string {
  if (value === 0) return '0';
  return typeof value === 'string' && /^0o?[0-7]{1,12}$/.test(value) ? `0${value.replace(/^0o?/, '')}` : '?';
}
