import type { ProcessStarted } from '../events/host-events.ts';
import { acquire, firstTaint, originOf, stepOf } from './carry.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import { partsTaken } from './parts-by-words.ts';
import { idOf, type ProcessState } from './processes.ts';

const WHY = 'its words tell it to take a part out of a message; reads of mail stores are not recorded here';

/**
 * Mail programs of the command line know the messages of who runs them by number: no path is named, and where no reads are recorded
 * nothing else says that what they write, or print into a pipe, came in a message.
 */
export function takeParts(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (!process.trusted || host.has('store:read') || partsTaken(process)?.ofOwnMail !== true) return;
  const step = stepOf(event, 'store.read', process, 'takes a part out of', 'a message', 'inferred', WHY);
  const origin = originOf(host, process, event.time, {
    kind: 'mail',
    basis: 'store-read',
    strength: 'inferred',
    person: host.userName(actingUid(process)),
    key: `${idOf(process)} part`,
  });
  const taint = firstTaint(origin, step, 'store:read');
  acquire(host, process, { taint, time: event.time, strength: 'inferred', why: WHY }, event);
}
