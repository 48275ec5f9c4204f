import { baseName } from '../core/paths.ts';
import { HOUR_MS } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
import type { HostState } from './host.ts';
import { opensMailbox } from './opens-mailbox.ts';
import { type Carry, type ProcessState, programOf } from './processes.ts';
import { isSystemPath } from './programs.ts';
import { argumentPaths } from './tool-words.ts';
import { putAt } from './unseen-moves.ts';

const SAVED = 'root gives this file away beside the open mailbox, and no record tells where it came from';

/**
 * A mail program keeps what its user reads where the user says, by keys that no record tells (mailx(1p), `copy` and `save`). Where no
 * rule watches that place, a file of which nothing is known, and which root then gives away beside it, is taken for what was saved.
 */
export function inferSaved(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (event.actor.uid !== 0 || baseName(programOf(process)) !== 'chown' || !host.has('file:written')) return;
  const paths = argumentPaths(process).filter(
    path =>
      path.startsWith('/') && !isSystemPath(path) && !host.areas.has(path) && host.files.byName(path) === undefined,
  );
  if (paths.length === 0) return;
  for (const { reader, carry } of openedBeside(host, process, event.time)) {
    if (isVoid(host, carry.taint)) continue;
    for (const path of paths) putAt(host, reader, path, carry.taint, event, SAVED);
  }
}

/** Mail programs that root opened a store with in the same login, as sudo(8) lets a person do. */
const openedBeside = (host: HostState, { ses }: ProcessState, now: number): { reader: ProcessState; carry: Carry }[] =>
  host.recent
    .filter(each => each.ses === ses && each.uid === 0 && now - each.execTime <= HOUR_MS && opensMailbox(each))
    .flatMap(reader =>
      reader.carries.filter(({ taint }) => taint.origin.kind === 'mailstore').map(carry => ({ reader, carry })),
    );
