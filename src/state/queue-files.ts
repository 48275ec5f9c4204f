import { BoundedMap } from '../core/bounded-map.ts';
import type { FileId } from '../events/host-events.ts';

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
