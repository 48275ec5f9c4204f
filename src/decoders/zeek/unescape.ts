const BACKSLASH = 0x5c;

/**
 * Undoes Zeek's escapes: `\xHH` stands for a byte, `\\` for a backslash. Bytes that make up UTF-8 text become that text; a
 * control character and a byte that is no UTF-8 stay as `\xHH`, which is how Zeek's JSON writer shows them too.
 */
export function unescaped(text: string): string {
  return undone(text, textOfBytes);
}

/** A separator as `#separator` and `#set_separator` spell it: every byte counts, a tab above all. */
export function separatorOf(text: string): string {
  return undone(text, bytes => Buffer.from(bytes).toString('utf8'));
}

function undone(text: string, make: (bytes: readonly number[]) => string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  let bytes: number[] = [];
  const settle = (): void => {
    if (bytes.length > 0) out += make(bytes);
    bytes = [];
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) {
      const byte = hexAt(text, i + 1);
      if (byte >= 0) {
        bytes.push(byte);
        i += 3;
        continue;
      }
      if (text.charCodeAt(i + 1) === BACKSLASH) i += 1;
    }
    settle();
    out += text.charAt(i);
  }
  settle();
  return out;
}

/** The byte of `xHH` at `at`, -1 when it is something else. */
function hexAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x78) return -1;
  const high = digit(text.charCodeAt(at + 1));
  const low = digit(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function textOfBytes(bytes: readonly number[]): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (text.includes('\ufffd')) return bytes.map(shown).join('');
  let out = '';
  for (const char of text) out += (char.codePointAt(0) as number) < 0x20 || char === '\x7f' ? escaped(char) : char;
  return out;
}

const shown = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
const escaped = (char: string): string => shown(char.charCodeAt(0));
