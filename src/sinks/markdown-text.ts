import { printable } from './printable.ts';

/** Words that a renderer would make a link, a mention or a reference, whatever is escaped in them. */
const LINKING = /@|:\/\/|\bwww\.|#\w|\bmailto:|:[a-z_]+:/i;

/** What would begin a list, a quotation or a heading if the text stood at the beginning of a line. */
const BEGINNING = /^(?:[-+>#=:~]|\d+[.)])/;

/**
 * Outsiders' text for a line of Markdown: no markup, HTML, link or table cell can come of it. Words that renderers link on
 * their own become code, where nothing is linked; all other markup characters are escaped.
 */
export function markdownText(text: string): string {
  return printable(text)
    .trimStart()
    .split(' ')
    .map((word, i) => {
      if (LINKING.test(word) || (i === 0 && BEGINNING.test(word))) {
        const end = /[.,;)]*$/.exec(word)?.[0] ?? '';
        const start = word.startsWith('(') ? '(' : '';
        return start + codeSpan(word.slice(start.length, word.length - end.length)) + end;
      }
      return word.replace(/[\\`*_[\]<>#|!&~$^]/g, char => `\\${char}`);
    })
    .join(' ');
}

/** A code span whose fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const shown = printable(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Raw lines as a code block that they cannot end. `indent` keeps it inside a list item. */
export function codeBlock(lines: readonly string[], indent: string): string[] {
  const shown = lines.map(line => printable(line, 16384));
  const fence = '`'.repeat(Math.max(3, ...shown.map(line => longestRun(line) + 1)));
  return [`${fence}text`, ...shown, fence].map(line => indent + line);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
}
