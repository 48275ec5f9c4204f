import { fileNamed, type ProcessStarted } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { fetchedInto } from './fetched-into.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';
import { extendTaint, type Taint } from './taint.ts';

/** The file holds what was fetched, as far as the words tell. */
export function noteFetched(host: HostState, process: ProcessState, taint: () => Taint, event: ProcessStarted): void {
  if (host.has('file:written')) return;
  const name = programName(process.exe);
  const path = fetchedInto(process.argv, name, process.cwd);
  if (!path.startsWith('/') || path.startsWith('/dev/')) return;
  const why = 'named in its arguments; file creation is not recorded here';
  const step = stepOf(event, 'file.written', process, 'puts it at', path, 'inferred', why);
  const onward = extendTaint(taint(), step, { assumes: 'file:written' });
  if (onward === null) return;
  const state = host.files.remember(fileNamed(path), event.time);
  if (taintFile(state, onward)) noteOnFile(state, step);
}
