import type { FileOpened } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import { isMailSoftware, type ProcessState } from './processes.ts';

/** The MTA opens such a file, to take it over: from then on its log tells of the message. */
export function tellTaken(host: HostState, process: ProcessState, event: FileOpened): void {
  if (!isMailSoftware(process)) return;
  const path = host.queued.take(event.file.node);
  if (path === '') return;
  notify(host, process, event, { kind: 'queue.taken', path, ownerUid: event.file.ownerUid });
}
