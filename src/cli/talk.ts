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
