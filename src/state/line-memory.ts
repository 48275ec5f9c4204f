import { BoundedMap } from '../core/bounded-map.ts';
import { byWords } from '../core/by-words.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, classOfPath } from './programs.ts';
import { commandsOf, type LineCommand } from './shell-lines.ts';
import { commandOption } from './shell-words.ts';

const NONE: readonly string[] = [];
const LINES_MAX = 1024;

/** The command of a line that a shell becomes leaves no shell above it: the line is kept. By pid. Plain data. */
export class ShellLines {
  readonly #byPid = new BoundedMap<number, { readonly start: number; readonly words: readonly string[] }>(LINES_MAX);

  /** This process becomes another program; of what it was before these still tell. */
  leaves({ pid, start, program, argv }: ProcessState): void {
    if ((classOfPath(program) & CLASS.shell) === 0 || commandsIn(argv).length === 0) return;
    this.#byPid.set(pid, { start, words: argv });
  }

  of({ pid, start }: ProcessState): readonly string[] {
    const held = this.#byPid.peek(pid);
    return held === undefined || held.start !== start ? NONE : held.words;
  }

  snapshot() {
    return this.#byPid.snapshot();
  }

  restore(from: ReturnType<ShellLines['snapshot']>): void {
    this.#byPid.restore(from);
  }
}

/** The commands of a line given to a shell that name a file for output; most have none. */
export const commandsIn = byWords((argv): readonly LineCommand[] => {
  const at = commandOption(argv);
  const line = at < 0 ? '' : (argv[at + 1] ?? '');
  return line.includes('>') ? commandsOf(line).filter(({ outputs }) => outputs.length > 0) : [];
});
