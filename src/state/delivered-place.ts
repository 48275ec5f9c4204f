import { baseName } from '../core/paths.ts';
import type { FileId } from '../events/host-events.ts';
import type { FileState } from './files.ts';
import type { HostState } from './host.ts';
import type { Place } from './places.ts';

/**
 * A message that lies in a mounted or linked folder keeps its inode and the name that its delivery gave it, and a box that is one
 * file its inode, under whatever name it is opened: it is mail all the same.
 */
export function placeOf(host: HostState, file: FileId, known: FileState | undefined): Place {
  const place = host.place(file.path);
  // It was taken out of the store before: that reading is told already, and goes on with this one.
  if (place.box === '' && known?.taints.some(({ origin }) => origin.kind === 'mailstore') === true) return place;
  const delivered = host.delivered.pathOf(file.node);
  if (delivered === '') return place;
  const stored = host.place(delivered);
  return stored.kind === 'mbox' || withoutFlags(delivered) === withoutFlags(file.path) ? stored : place;
}

/** The name of a message without the flags behind it (maildir(5)). */
const withoutFlags = (path: string): string => baseName(path).split(':', 1)[0] as string;
