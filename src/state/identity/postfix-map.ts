import type { FileProblem } from './contract.ts';
import { shareOfLines } from './passwd.ts';
import { readTable } from './table.ts';

export interface PostfixMap {
  /** What is looked up, in lower case, and what it becomes: one result or several. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly FileProblem[];
}

const ENTRIES_MAX = 500_000;
const RESULTS_MAX = 1000;
const PROBLEMS_MAX = 100;

/**
 * Reads the source text of a Postfix lookup table, as postmap(1) does; Sendmail's virtusertable has the same form.
 *
 *   entry   := pattern blank result *("," result)      a line that begins with a blank goes on with the entry before
 *   pattern := user@domain | user | @domain | domain   may be in double quotes
 *
 * Source: Postfix postmap(1), virtual(5), canonical(5). Of two entries with one pattern the first counts and the other is
 * reported; postmap keeps the first too, with a warning.
 */
export function parsePostfixMap(text: string): PostfixMap {
  const entries = new Map<string, string[]>();
  const problems: FileProblem[] = [];
  const report = (line: number, reason: string): void => {
    if (problems.length < PROBLEMS_MAX) problems.push({ line, reason });
  };
  const begin = (line: string, number: number): string[] | null => {
    const [pattern, after] = patternOf(line);
    if (pattern === '') report(number, 'quote is not closed');
    else if (after === '') report(number, 'pattern without a result');
    else if (entries.has(pattern)) report(number, 'pattern occurs twice');
    else if (entries.size >= ENTRIES_MAX) report(number, 'too many entries');
    else {
      const results: string[] = [];
      entries.set(pattern, results);
      addResults(results, after, number, report);
      return results;
    }
    return null;
  };
  readTable(text, report, begin, (results, rest, number) => addResults(results, rest, number, report));
  return { entries, problems };
}

function patternOf(line: string): [pattern: string, rest: string] {
  let end = 0;
  let quoted = false;
  for (; end < line.length; end++) {
    const code = line.charCodeAt(end);
    if (code === 0x22) quoted = !quoted;
    else if (!quoted && (code === 0x20 || code === 0x09)) break;
  }
  if (quoted) return ['', ''];
  return [line.slice(0, end).replaceAll('"', '').toLowerCase(), line.slice(end).trim()];
}

function addResults(into: string[], text: string, line: number, report: (line: number, reason: string) => void): void {
  for (const word of text.split(',')) {
    const result = word.trim();
    if (result === '') continue;
    if (into.length >= RESULTS_MAX) return report(line, 'too many results');
    into.push(result);
  }
}

/** 0 to 1: how much of it has the form of such a table. Other things have that form too: only together with its name it says what it is. */
export function recognisePostfixMap(sample: Buffer): number {
  return shareOfLines(sample, line => {
    const rest = line.trimStart();
    if (rest.length < line.length) return true;
    const [pattern, after] = patternOf(line);
    return pattern !== '' && after !== '' && !pattern.endsWith(':') && after[0] !== '=';
  });
}
