import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;

/** Columns a text takes on a terminal. The text is printable: one line without control characters. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text;
}

/** Lines of at most `wanted` columns, or one where there is no room at all, broken at blanks, and inside a word only where the word alone is too wide. Never empty. */
export function wrap(text: string, wanted: number): string[] {
  const columns = Math.max(1, wanted);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    let rest = word;
    let width = widthOf(rest);
    if (used > 0 && used + 1 + width <= columns) {
      line += ` ${rest}`;
      used += 1 + width;
      continue;
    }
    if (used > 0) lines.push(line);
    while (width > columns) {
      const head = headOf(rest, columns);
      lines.push(head);
      rest = rest.slice(head.length);
      width = widthOf(rest);
    }
    line = rest;
    used = width;
  }
  if (used > 0 || lines.length === 0) lines.push(line);
  return lines;
}

/** As much of the text as fits, at least one grapheme, so that wrapping always gets on. */
export function headOf(text: string, columns: number): string {
  if (PLAIN.test(text)) return text.slice(0, Math.max(1, columns));
  let end = 0;
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const width = stringWidth(segment);
    if (end > 0 && used + width > columns) break;
    used += width;
    end += segment.length;
  }
  return text.slice(0, end);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Wrapped text behind a prefix, later lines in the same column; below the prefix where too little room is left beside it. */
export function hanging(prefix: string, text: string, columns: number): string[] {
  const room = columns - widthOf(prefix);
  if (room < 20) return [prefix.trimEnd(), ...wrap(text, columns - 8).map(line => `        ${line}`)];
  const indent = ' '.repeat(columns - room);
  return wrap(text, room).map((line, i) => (i === 0 ? prefix : indent) + line);
}

/** 1234567 as `1,234,567`. */
export const count = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
