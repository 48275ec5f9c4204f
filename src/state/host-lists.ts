import type { ProcessListed } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { programOf } from './processes.ts';
import { isSystemPath } from './programs.ts';

/** A process that runs already: who it is, so far as nothing better is known. It counts as no execution. */
export function onListed(host: HostState, event: ProcessListed): void {
  if (event.actor.pid < 0) return;
  const process = host.process(event.actor, event.time);
  if (process.execSeen || process.argv.length > 0) return;
  process.argv = event.argv;
  process.cwd = event.cwd;
  process.trusted = isSystemPath(process.exe);
  process.program = programOf(process);
}
