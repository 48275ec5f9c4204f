/**
 * Walks the text form that aliases(5) and Postfix's lookup tables share: an entry begins at the start of a line, a line that
 * begins with a blank goes on with the entry before, and empty lines and lines that begin with `#` say nothing.
 *
 * `begin` reads the first line of an entry and gives what `more` then adds to; null when the line is bad or not wanted, and what goes on
 * with it is reported as continuing nothing.
 */
export function readTable<T>(
  text: string,
  report: (line: number, reason: string) => void,
  begin: (line: string, number: number) => T | null,
  more: (entry: T, rest: string, number: number) => void,
): void {
  let number = 0;
  let current: T | null = null;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    const rest = line.trimStart();
    if (rest === '' || rest.startsWith('#')) continue;
    if (rest.length === line.length) current = begin(line, number);
    else if (current === null) report(number, 'continues nothing');
    else more(current, rest, number);
  }
}
