import { findElder } from './ancestry.ts';
import { opensSessions } from './context.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

const ELDERS_MAX = 4;

/**
 * Executables of processes whose start must have been recorded and was not: they are younger than the log, and run something else
 * than who forked them. Rules that watch programs by name, or those of root only, or lost records.
 */
export function* programsWithoutStart(host: HostState): Generator<string> {
  for (const process of host.processes.byPid.values()) {
    const { execSeen, exe, parent } = process;
    if (execSeen || exe === '') continue;
    const isOther = parent?.execSeen === true && parent.exe !== exe && !parent.images.includes(exe);
    if (isOther || isOfNewSession(host, process)) yield exe;
  }
}

/** Of a login that the records show beginning: in it everything was started but what opened it. */
function isOfNewSession(host: HostState, process: ProcessState): boolean {
  const { ses, exe, classBits } = process;
  const session = host.sessions.peek(ses);
  if (session === undefined || classBits & CLASS.scheduler) return false;
  if (exe === session.program || opensSessions(exe)) return false;
  return findElder(process, ELDERS_MAX, elder => elder.exe === exe || elder.images.includes(exe)) === undefined;
}
