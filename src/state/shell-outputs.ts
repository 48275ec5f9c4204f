import { BoundedMap } from '../core/bounded-map.ts';
import { byWords } from '../core/by-words.ts';
import { resolvePath } from '../core/paths.ts';
import { onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, classOfPath } from './programs.ts';
import { commandsOf, isCommand, type LineCommand } from './shell-lines.ts';
import { commandOption } from './shell-words.ts';

const NONE: readonly string[] = [];
const LINES_MAX = 1024;
const RELAYS_MAX = 4;

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
const commandsIn = byWords((argv): readonly LineCommand[] => {
  const at = commandOption(argv);
  const line = at < 0 ? '' : (argv[at + 1] ?? '');
  return line.includes('>') ? commandsOf(line).filter(({ outputs }) => outputs.length > 0) : [];
});

/** The files that the shell above it, or that it was before, opened for its output, as its line says; absolute. */
export function redirectedTo(host: HostState, process: ProcessState): readonly string[] {
  // sudo(8) and its like hand their output on to what they start.
  let each: ProcessState | null = process;
  for (let i = 0; i < RELAYS_MAX && each !== null; i++) {
    const { parent, argv, cwd }: ProcessState = each;
    const above = parent !== null && (parent.classBits & CLASS.shell) !== 0 ? parent.argv : NONE;
    for (const line of [host.lines.of(each), above]) {
      const found = line.length === 0 ? undefined : commandsIn(line).find(command => isCommand(command, argv));
      if (found !== undefined) return found.outputs.map(path => resolvePath(path, cwd));
    }
    each = parent !== null && onlyStarts(parent) ? parent : null;
  }
  return NONE;
}
