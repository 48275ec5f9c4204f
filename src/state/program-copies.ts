import { BoundedMap } from '../core/bounded-map.ts';
import { byWordsAndOne, byWordsAndTwo } from '../core/by-words.ts';
import { baseName, resolvePath } from '../core/paths.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { isDecoderProgram } from './decoder-names.ts';
import { CLASS, calledAs, classOfPath, isLoaderProgram, isSystemPath } from './programs.ts';

const COPIES_MAX = 2048;
const WORDS_MAX = 16;

const RUNS = CLASS.shell | CLASS.interpreter;

/** A program of the system that runs what it is given, or makes plain what was hidden: under another name it still does. */
const isFollowed = (path: string): boolean =>
  isSystemPath(path) && ((classOfPath(path) & RUNS) !== 0 || isLoaderProgram(path) || isDecoderProgram(path));

const COPIERS: ReadonlySet<string> = new Set(['cp', 'install', 'ln', 'dd', 'rsync']);

/** Such programs under other names: copied, linked, renamed. Path -> what it is a copy of. */
export class ProgramCopies {
  readonly #originals = new BoundedMap<string, string>(COPIES_MAX);

  get evicted(): number {
    return this.#originals.evicted;
  }

  /** What the program at `path` really is; itself where nothing else is known. */
  originalOf(path: string): string {
    return this.#originals.size === 0 ? path : (this.#originals.peek(path) ?? path);
  }

  /** A file got another name or one name more. */
  named(from: string, to: string): void {
    const original = this.originalOf(from);
    if ((original !== from || isFollowed(from)) && !isSystemPath(to)) this.#originals.set(to, original);
  }

  /** A file was written by a program that was given these words. */
  written(argv: readonly string[], cwd: string, to: string): void {
    if (argv.length < 2) return;
    const from = sourceIn(argv, cwd);
    if (from !== '') this.named(from, to);
    else if (this.#originals.peek(to) !== undefined) this.#originals.delete(to);
  }

  /** Where nothing records writes, the words of a copying tool tell: the last is the target. */
  started(event: ProcessStarted): void {
    const copied = copiedBy(event.argv, event.actor.exe, event.cwd);
    if (copied === null) return;
    const { from, to } = copied;
    this.named(from, to);
    this.named(from, `${to}/${baseName(from)}`);
  }

  snapshot() {
    return this.#originals.snapshot();
  }

  restore(data: ReturnType<ProgramCopies['snapshot']>): void {
    this.#originals.restore(data);
  }
}

const copiedBy = byWordsAndTwo(
  (all, exe: string, cwd: string): { readonly from: string; readonly to: string } | null => {
    const { name, argv } = calledAs(exe, all);
    if (!COPIERS.has(name) || argv.length < 3) return null;
    const from = sourceIn(argv, cwd);
    const last = argv.at(-1) as string;
    const to = resolvePath(last.startsWith('of=') ? last.slice(3) : last, cwd);
    return from === '' || to === from ? null : { from, to };
  },
);

/** The first word after the command that is such a program: `/bin/dash`, `if=/bin/dash`. */
const sourceIn = byWordsAndOne((argv, cwd: string): string => {
  for (let i = 1; i < argv.length && i < WORDS_MAX; i++) {
    const word = argv[i] as string;
    const path = resolvePath(word.startsWith('if=') ? word.slice(3) : word, cwd);
    if (isFollowed(path)) return path;
  }
  return '';
});
