import type { ProcessState } from './processes.ts';

/**
 * Executables of processes whose start must have been recorded and was not: the parent's start is recorded, so that the child is
 * younger than the log, and it runs something else than any image of its parent. Rules that watch programs by name, or lost records.
 */
export function* programsWithoutStart(processes: Iterable<ProcessState>): Generator<string> {
  for (const { execSeen, exe, parent } of processes)
    if (!execSeen && exe !== '' && parent?.execSeen === true && parent.exe !== exe && !parent.images.includes(exe))
      yield exe;
}
