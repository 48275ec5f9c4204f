import type { FileProblem } from './contract.ts';

/** One account of passwd(5). */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface PasswdFile {
  readonly accounts: readonly Account[];
  readonly problems: readonly FileProblem[];
}

const ACCOUNTS_MAX = 200_000;
const PROBLEMS_MAX = 100;

/**
 * Reads passwd(5).
 *
 *   line := name ":" password ":" uid ":" gid ":" gecos ":" home ":" shell | "#" comment | ("+" | "-") nis
 *
 * Source: shadow passwd(5). Bad lines are reported and passed over; of two lines with one name the first counts, as in getpwnam(3).
 */
export function parsePasswd(text: string): PasswdFile {
  const accounts: Account[] = [];
  const problems: FileProblem[] = [];
  const names = new Set<string>();
  const report = (line: number, reason: string): void => {
    if (problems.length < PROBLEMS_MAX) problems.push({ line, reason });
  };
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '' || line.startsWith('#') || line.startsWith('+') || line.startsWith('-')) continue;
    const fields = line.split(':');
    const [name, , uidText, gidText, , home, shell] = fields;
    if (fields.length !== 7 || !name || uidText === undefined || gidText === undefined) {
      report(number, 'not seven fields');
      continue;
    }
    const uid = idOf(uidText);
    const gid = idOf(gidText);
    if (uid < 0 || gid < 0) report(number, 'uid or gid is not a number');
    else if (names.has(name)) report(number, 'name occurs twice');
    else if (accounts.length >= ACCOUNTS_MAX) report(number, 'too many accounts');
    else {
      names.add(name);
      accounts.push({ name, uid, gid, home: home ?? '', shell: shell ?? '' });
    }
  }
  return { accounts, problems };
}

/** A number of 32 bits, -1 for anything else. */
export function idOf(text: string): number {
  if (text.length === 0 || text.length > 10) return -1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return -1;
  const id = Number(text);
  return id <= 4_294_967_295 ? id : -1;
}

/** 0 (not a passwd file) to 1 (certain), from the beginning of the content. */
export function recognisePasswd(sample: Buffer): number {
  return shareOfLines(sample, line => {
    const fields = line.split(':');
    return fields.length === 7 && idOf(fields[2] ?? '') >= 0 && idOf(fields[3] ?? '') >= 0;
  });
}

/** The share of whole lines that `fits`; comments and empty lines do not count. A last line without an end may be cut. */
export function shareOfLines(sample: Buffer, fits: (line: string) => boolean): number {
  const text = sample.toString('latin1', 0, 65_536);
  const lines = text.split('\n');
  if (lines.length > 1) lines.pop();
  let good = 0;
  let total = 0;
  for (const raw of lines.slice(0, 2000)) {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) continue;
    total += 1;
    if (fits(line)) good += 1;
  }
  return total === 0 ? 0 : good / total;
}
