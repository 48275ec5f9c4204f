import { BoundedMap } from '../core/bounded-map.ts';
import type { FileId, FileOpened } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { isMailSoftware, type ProcessState } from './processes.ts';

const QUEUED_MAX = 256;

/** Files that something other than the MTA's tools put into its queue, by inode: the MTA knows them by another path (chroot). */
export class QueueFiles {
  readonly #byNode = new BoundedMap<number, string>(QUEUED_MAX);

  get any(): boolean {
    return this.#byNode.size > 0;
  }

  written({ node, path }: FileId): void {
    if (node >= 0) this.#byNode.set(node, path);
  }

  /** The path under which it was put there, '' for any other file; and it is taken now. */
  take(node: number): string {
    const path = this.#byNode.peek(node);
    if (path === undefined) return '';
    this.#byNode.delete(node);
    return path;
  }

  snapshot() {
    return this.#byNode.snapshot();
  }

  restore(from: ReturnType<QueueFiles['snapshot']>): void {
    this.#byNode.restore(from);
  }
}

/** The MTA opens such a file, to take it over: from then on its log tells of the message. */
export function tellTaken(host: HostState, process: ProcessState, event: FileOpened): void {
  if (!isMailSoftware(process)) return;
  const path = host.queued.take(event.file.node);
  if (path === '') return;
  const { time, ref } = event;
  host.setting.notify({
    kind: 'queue.taken',
    time,
    host: host.host,
    process,
    ref,
    path,
    ownerUid: event.file.ownerUid,
  });
}
