import { BoundedMap } from '../core/bounded-map.ts';
import { baseName } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { FileOpened, HostEvent } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import { ancestry } from './ancestry.ts';
import { isTypedAt, type ProcessState, programOf } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';

/** What shells run as they end: bash(1), zsh(1), tcsh(1). */
const AT_END = new Set('.bash_logout .zlogout .logout'.split(' '));
/** And as they begin; fish(1), ksh(1) and dash(1) besides. */
const AT_START = new Set(
  '.profile .bash_profile .bash_login .bashrc .bash_aliases .zshenv .zprofile .zshrc .zlogin .kshrc .mkshrc .shrc .login .cshrc .tcshrc config.fish'.split(
    ' ',
  ),
);
const HISTORY = /(?:^|[._])history$/i;

/** A shell runs such a file of its person. */
export const isLoginFile = (path: string): boolean => AT_END.has(baseName(path)) || AT_START.has(baseName(path));

/** Nobody types the first command as soon as a shell has begun. */
const TYPED_MS = 1000;
const FILES_MAX = 1024;
const SHELLS_MAX = 2048;

/** Who wrote to a file last. Plain data. */
export interface Author {
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  readonly pid: number;
  readonly program: string;
  readonly tty: string;
}

/** A shell took in the lines of a file of its person. Plain data. */
export interface LoginRead {
  readonly path: string;
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  /** Of the shell. */
  readonly pid: number;
  readonly start: EpochMs;
  readonly program: string;
  readonly isEnd: boolean;
  readonly author: Author | null;
}

/** What shells run of their own accord as they begin and end, and who wrote that. */
export class LoginFiles {
  readonly #authors = new BoundedMap<string, Author>(FILES_MAX);
  readonly #reads = new BoundedMap<number, LoginRead>(SHELLS_MAX);

  /** Whose writing was forgotten early: what runs out of such a file then has no author. */
  get evicted(): number {
    return this.#authors.evicted;
  }

  written(process: ProcessState, path: string, { time, order, ref }: HostEvent): void {
    const { pid, tty } = process;
    if (isLoginFile(path)) this.#authors.set(path, { time, order, ref, pid, program: programOf(process), tty });
  }

  /** A shell opens a file: one of these, or its history, by which it is ready for whoever types. */
  read(process: ProcessState, path: string, { time, order, ref, actor }: FileOpened): void {
    // What a shell reads that is told a line runs that line next.
    if ((process.classBits & CLASS.shell) === 0 || !process.execSeen || !isTypedAt(process)) return;
    if (!isSystemPath(process.exe)) return;
    const known = this.#reads.peek(process.pid);
    if (HISTORY.test(baseName(path))) {
      if (known !== undefined && !known.isEnd) this.#reads.delete(process.pid);
      return;
    }
    if (!isLoginFile(path) || actor.pid < 0) return;
    const isEnd = AT_END.has(baseName(path));
    const author = this.#authors.peek(path) ?? null;
    const { pid, start } = process;
    this.#reads.set(pid, { path, time, order, ref, pid, start, program: programOf(process), isEnd, author });
  }

  /** The file out of which this runs, be it some steps below; null where somebody may have typed it. */
  above(process: ProcessState): LoginRead | null {
    if (this.#reads.size === 0) return null;
    let child = process;
    for (const shell of ancestry(process).slice(1)) {
      const read = this.#reads.peek(shell.pid);
      if (read !== undefined && read.start === shell.start) {
        const since = child.start - read.time;
        return since >= 0 && (read.isEnd || since <= TYPED_MS) ? read : null;
      }
      child = shell;
    }
    return null;
  }

  snapshot() {
    return { authors: this.#authors.snapshot(), reads: this.#reads.snapshot() };
  }

  restore({ authors, reads }: ReturnType<LoginFiles['snapshot']>): void {
    this.#authors.restore(authors);
    this.#reads.restore(reads);
  }
}
