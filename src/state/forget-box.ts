import type { FileId } from '../events/host-events.ts';
import type { HostState } from './host.ts';

/** A box that is one file is gone, or another file has its number. What a message of a Maildir was known by stays: it has several names. */
export function forgetBox(host: HostState, { node }: FileId): void {
  const path = host.delivered.pathOf(node);
  if (path !== '' && host.place(path).kind === 'mbox') host.delivered.forget(node);
}
