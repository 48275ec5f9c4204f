/** The pieces that OpenSMTPD's lines are made of. */

/** `0123456789abcdef` of so many digits at `at`. */
export function isHex(text: string, at: number, digits: number): boolean {
  if (at + digits > text.length) return false;
  for (let i = at; i < at + digits; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}

/** Value of ` key=word` from `at` on, up to the next blank or the end; '' when there is none. */
export function wordOf(text: string, at: number, key: string): string {
  const found = text.indexOf(` ${key}=`, at);
  if (found < 0) return '';
  const from = found + key.length + 2;
  const blank = text.indexOf(' ', from);
  return text.slice(from, blank < 0 ? undefined : blank);
}

/** Text between ` key=<` and the first `>` that a blank or the end follows, with the position after it; null when there is none. */
export function pathOf(text: string, at: number, key: string): { value: string; end: number } | null {
  const found = text.indexOf(` ${key}=<`, at);
  if (found < 0) return null;
  const from = found + key.length + 3;
  for (let close = text.indexOf('>', from); close >= 0; close = text.indexOf('>', close + 1)) {
    if (close + 1 === text.length || text.charCodeAt(close + 1) === 0x20)
      return { value: text.slice(from, close), end: close + 1 };
  }
  return null;
}

/** A number in decimal digits, -1 for anything else. */
export function numberOf(text: string): number {
  if (text === '' || text.length > 12) return -1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return -1;
  return Number(text);
}
