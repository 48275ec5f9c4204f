import { visible } from '../core/untrusted.ts';

/**
 * The one way on which text reaches a terminal or a report. It makes control, bidi and invisible characters visible as
 * `visible` does, and leaves backslashes alone: text of an alert has been through `visible` before and stays as it is.
 */
export function printable(text: string, charsMax = 4096): string {
  if (text.length > charsMax * 2) return `${printable(cutAt(text, charsMax), charsMax)}…(+${text.length - charsMax})`;
  const parts = text.split('\\');
  return parts.length === 1 ? visible(text, charsMax * 2) : parts.map(part => visible(part, charsMax * 2)).join('\\');
}

/** The first `chars` units, not ending inside a surrogate pair. */
function cutAt(text: string, chars: number): string {
  const last = text.charCodeAt(chars - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? chars - 1 : chars);
}

/** A word of a shell command that stands for exactly this text. */
export function shellWord(text: string): string {
  const shown = printable(text);
  return /^[\w@%+=:,./-]+$/.test(shown) && !shown.startsWith('-') ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
