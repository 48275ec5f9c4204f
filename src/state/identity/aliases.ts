import type { FileProblem } from './contract.ts';
import { shareOfLines } from './passwd.ts';
import { readTable } from './table.ts';

/** Where an alias leads. An `include` is named and never opened. */
export interface AliasTarget {
  readonly kind: 'address' | 'command' | 'file' | 'include';
  readonly value: string;
}

export interface AliasesFile {
  /** By lower-case name. */
  readonly aliases: ReadonlyMap<string, readonly AliasTarget[]>;
  readonly problems: readonly FileProblem[];
}

const ALIASES_MAX = 200_000;
const TARGETS_MAX = 10_000;
const PROBLEMS_MAX = 100;

/**
 * Reads aliases(5).
 *
 *   entry  := name ":" [target *("," target)]      a line that begins with a blank goes on with the entry before
 *   name   := word | '"' text '"'
 *   target := address | "\" word | "|" command | "/" file | ":include:" path | '"' any of these '"'
 *
 * Source: Postfix and Sendmail aliases(5). Bad lines are reported and passed over; of two entries with one name the first counts.
 */
export function parseAliases(text: string): AliasesFile {
  const aliases = new Map<string, AliasTarget[]>();
  const problems: FileProblem[] = [];
  const report = (line: number, reason: string): void => {
    if (problems.length < PROBLEMS_MAX) problems.push({ line, reason });
  };
  const begin = (line: string, number: number): AliasTarget[] | null => {
    const colon = nameEnd(line);
    const name = colon < 0 ? '' : unquoted(line.slice(0, colon).trim()).toLowerCase();
    if (name === '') report(number, 'no name before a colon');
    else if (aliases.has(name)) report(number, 'name occurs twice');
    else if (aliases.size >= ALIASES_MAX) report(number, 'too many aliases');
    else {
      const targets: AliasTarget[] = [];
      aliases.set(name, targets);
      addTargets(targets, line.slice(colon + 1), number, report);
      return targets;
    }
    return null;
  };
  readTable(text, report, begin, (targets, rest, number) => addTargets(targets, rest, number, report));
  return { aliases, problems };
}

/**
 * Reads the list behind an `:include:`: targets as in aliases(5), separated by commas or lines; `#` begins a comment.
 *
 * Source: Postfix local(8) and Sendmail aliases(5), "Include files".
 */
export function parseAliasList(text: string): {
  readonly targets: readonly AliasTarget[];
  readonly problems: readonly FileProblem[];
} {
  const targets: AliasTarget[] = [];
  const problems: FileProblem[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (targets.length >= TARGETS_MAX) {
      problems.push({ line: number, reason: 'too many targets' });
      break;
    }
    addTargets(targets, line, number, (at, reason) => {
      if (problems.length < PROBLEMS_MAX) problems.push({ line: at, reason });
    });
  }
  return { targets, problems };
}

function nameEnd(line: string): number {
  if (!line.startsWith('"')) return line.indexOf(':');
  const close = line.indexOf('"', 1);
  return close < 0 ? -1 : line.indexOf(':', close);
}

function addTargets(
  into: AliasTarget[],
  text: string,
  line: number,
  report: (line: number, reason: string) => void,
): void {
  let from = 0;
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c && quoted) i += 1;
    else if (code === 0x22) quoted = !quoted;
    if (i < text.length && (code !== 0x2c || quoted)) continue;
    const word = text.slice(from, i).trim();
    from = i + 1;
    if (word === '') continue;
    if (into.length >= TARGETS_MAX) return report(line, 'too many targets');
    into.push(targetOf(unquoted(word)));
  }
  if (quoted) report(line, 'quote is not closed');
}

function targetOf(word: string): AliasTarget {
  if (word.startsWith('|')) return { kind: 'command', value: unquoted(word.slice(1).trim()) };
  if (word.startsWith('/')) return { kind: 'file', value: word };
  if (word.toLowerCase().startsWith(':include:')) return { kind: 'include', value: unquoted(word.slice(9)) };
  return { kind: 'address', value: (word.startsWith('\\') ? word.slice(1) : word).toLowerCase() };
}

function unquoted(word: string): string {
  if (word.length < 2 || !word.startsWith('"') || !word.endsWith('"')) return word;
  let out = '';
  for (let i = 1; i < word.length - 1; i++) {
    if (word.charCodeAt(i) === 0x5c && i + 1 < word.length - 1) i += 1;
    out += word.charAt(i);
  }
  return out;
}

/** Names that nearly every aliases file has and few other files with colons do. */
const USUAL = new Set([
  'postmaster',
  'mailer-daemon',
  'root',
  'abuse',
  'webmaster',
  'hostmaster',
  'nobody',
  'noc',
  'security',
]);

/** 0 (not an aliases file) to 1 (certain), from the beginning of the content. */
export function recogniseAliases(sample: Buffer): number {
  let usual = 0;
  const share = shareOfLines(sample, line => {
    if (/^\s/.test(line)) return true;
    const colon = nameEnd(line);
    const name = colon < 0 ? '' : unquoted(line.slice(0, colon).trim());
    if (name === '' || name.includes('/') || (name.includes(' ') && !line.startsWith('"'))) return false;
    const rest = line.slice(colon + 1).trim();
    // passwd and group have more colons; an alias's value has none outside ":include:" and commands.
    if (rest.includes(':') && !rest.includes(':include:') && !rest.includes('|') && !rest.includes('@[')) return false;
    if (USUAL.has(name.toLowerCase())) usual += 1;
    return true;
  });
  if (share < 0.9) return 0;
  return usual > 0 ? share : share * 0.4;
}
