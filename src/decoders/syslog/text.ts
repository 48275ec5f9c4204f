/**
 * The text of a line as a string. Bytes that are not UTF-8 become U+FFFD; nothing throws. rsyslog writes control characters
 * as `#` and three octal digits (`#011` a tab, `#012` a line feed): they are put back, so that a decoder sees what the
 * program said. A program that itself wrote `#012` cannot be told from that.
 */
export function lineText(buffer: Buffer, start: number, end: number, ascii: boolean, escaped: boolean): string {
  const text = buffer.toString(ascii ? 'latin1' : 'utf8', start, end);
  return escaped ? unescapeControls(text) : text;
}

function unescapeControls(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    const code = octal(text, at + 1);
    if (code < 0 || (code >= 0x20 && code !== 0x7f)) continue;
    out += text.slice(from, at) + String.fromCharCode(code);
    from = at + 4;
  }
  return from === 0 ? text : out + text.slice(from);
}

function octal(text: string, at: number): number {
  let code = 0;
  for (let i = at; i < at + 3; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 7)) return -1;
    code = code * 8 + digit;
  }
  return code;
}
