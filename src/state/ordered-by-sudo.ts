import { resolvePath } from '../core/paths.ts';
import { SECOND_MS } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { isSystemPath, programName } from './programs.ts';

/** sudo(8), doas(1), pkexec(1): letters and long names of options that take a value. */
const VALUED: Readonly<Record<string, { readonly letters: string; readonly long: ReadonlySet<string> }>> = {
  sudo: {
    letters: 'CDghpRrTtUu',
    long: new Set(
      '--close-from --chdir --group --host --prompt --chroot --role --type --command-timeout --other-user --user'.split(
        ' ',
      ),
    ),
  },
  doas: { letters: 'Cu', long: new Set() },
  pkexec: { letters: '', long: new Set(['--user']) },
};
/** Nothing is run: a list, an edit of a copy, a password asked for or forgotten. A shell runs the words behind it, if any. */
const RUNS_NOTHING = /[leKVv]/;
const LONG_RUNS_NOTHING = /^--(?:list|edit|remove-timestamp|version|validate)$/;

interface Ordered {
  readonly words: readonly string[];
  /** Where it is run, and as whom; '' as the words say nothing. */
  readonly folder: string;
  readonly user: string;
}

/** The command that such a program is told to run, and as whom; null where it runs none of its own words. */
export function orderedBy(argv: readonly string[]): Ordered | null {
  const grammar = VALUED[programName(argv[0] ?? '')];
  if (grammar === undefined) return null;
  let folder = '';
  let user = '';
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') return i + 1 < argv.length ? { words: argv.slice(i + 1), folder, user } : null;
    if (!word.startsWith('-')) {
      if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(word)) continue;
      return { words: argv.slice(i), folder, user };
    }
    const long = /^(--[^=]+)(?:=(.*))?$/s.exec(word);
    const at = long === null ? valuedAt(word, grammar.letters) : 0;
    const letters = long === null ? word.slice(1, at < 0 ? word.length : at) : '';
    if (RUNS_NOTHING.test(letters) || LONG_RUNS_NOTHING.test(long?.[1] ?? '')) return null;
    const flag =
      long === null ? (at > 0 ? `-${word[at]}` : '') : grammar.long.has(long[1] ?? '') ? (long[1] ?? '') : '';
    if (flag === '') continue;
    const value = (long === null ? word.slice(at + 1) : (long[2] ?? '')) || (argv[++i] ?? '');
    if (flag === '-u' || flag === '--user') user = value;
    if (flag === '-D' || flag === '--chdir') folder = value;
  }
  return null;
}

/** Where in a word of short options the first one stands that takes a value; -1 for none. */
const valuedAt = (word: string, letters: string): number =>
  word.split('').findIndex((letter, i) => i > 0 && letters.includes(letter));

/**
 * Rules that record programs with a set-user-ID bit alone (a STIG's) tell of sudo and never of what it starts: its words are all the record there
 * is of what root ran. Null where other starts are recorded, as the program itself then is, and before a second such record shows that
 * none is.
 */
export function orderedUnseen(host: HostState, process: ProcessState, event: ProcessStarted): ProcessState | null {
  if (host.has('process:ordinary') || !process.trusted) return null;
  const isAlone = (each: ProcessState): boolean => each !== process && event.time - each.execTime >= SECOND_MS;
  if (!host.recent.some(isAlone)) return null;
  const ordered = orderedBy([programName(process.exe), ...process.argv.slice(1)]);
  const [program = ''] = ordered?.words ?? [];
  if (ordered === null || program === '') return null;
  const cwd = ordered.folder === '' ? process.cwd : resolvePath(ordered.folder, process.cwd);
  const exe = program.includes('/') ? resolvePath(program, cwd) : `/usr/bin/${program}`;
  const uid = uidOf(host, ordered.user);
  return {
    ...process,
    uid,
    euid: uid,
    exe,
    workedAs: exe,
    argv: ordered.words,
    cwd,
    classBits: host.classOf(exe),
    program: exe,
    trusted: isSystemPath(exe),
    parent: process,
    carries: [],
    writes: [],
    told: null,
    storeReads: null,
  };
}

/** `clerk`, or `#1003` as sudo(8) takes a number. */
function uidOf(host: HostState, user: string): number {
  if (user === '' || user === 'root') return 0;
  return /^#\d{1,10}$/.test(user) ? Number(user.slice(1)) : host.setting.identity.uidOf(user);
}
