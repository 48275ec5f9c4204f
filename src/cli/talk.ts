import { printable } from '../sinks/printable.ts';

/** One line to the user, on standard error. */
export function talk(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A complaint. The text may hold names that others chose. */
export function complain(text: string): void {
  talk(`watchpost: ${printable(text)}`);
}

/** Whether colours are wanted on a stream: only on a terminal, and never against NO_COLOR. */
export function wantsColor(stream: { readonly isTTY?: boolean }, colorOption: boolean): boolean {
  return colorOption && stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** Where the width is not known: no terminal, or one that says 0, as serial lines and `script` do. */
const COLUMNS_UNKNOWN = 100;
/** Tables need this much; on a narrower terminal its own wrapping does the rest. */
const COLUMNS_MIN = 40;

/** Columns to lay a text out for. */
export function columnsOf(stream: { readonly columns?: number }): number {
  return stream.columns ? Math.max(COLUMNS_MIN, stream.columns) : COLUMNS_UNKNOWN;
}
