/**
 * The value that one line of a JSON log holds. Written one a line, or as an array with one record a line: an opening
 * bracket before the first, a comma or a closing bracket behind; behind the cookie `@cee:` (rsyslog's mmjsonparse, LAUREL's
 * `line-prefix`). Returns undefined for a line that holds brackets only.
 * Throws SyntaxError as JSON.parse does.
 */
export function jsonOfLine(text: string): unknown {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  if (text.charCodeAt(from) === 0x40 && text.startsWith(CEE, from)) from += CEE.length;
  const whole = text.slice(from, to);
  try {
    return JSON.parse(whole) as unknown;
  } catch (error) {
    if (whole.startsWith('[') || whole.startsWith(',')) from += 1;
    if (whole.endsWith(',')) to -= 1;
    else if (whole.endsWith(']') && !whole.startsWith('[')) to -= 1;
    const rest = text.slice(from, to).trim();
    if (rest === '') return undefined;
    if (rest.length === whole.length) throw error;
    return JSON.parse(rest) as unknown;
  }
}

export const CEE = '@cee:';

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0d || code === 0xfeff || code === 0x1e;
