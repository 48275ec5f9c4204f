import { resolvePath } from '../core/paths.ts';
import { onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import { commandsIn } from './line-memory.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { isCommand } from './shell-lines.ts';

const NONE: readonly string[] = [];
const RELAYS_MAX = 4;

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
