/** What is remembered of one file that mail software put into a store. */
export interface DeliveredFile {
  readonly pid: number;
  readonly time: number;
  readonly path: string;
}

const SLOTS = 65_536;

/**
 * Files that delivery agents wrote, by device and inode: enough to say which delivery a message file came from when it is
 * read days later. A ring: the oldest goes first. Compact, because a mail server writes one a message.
 */
export class DeliveredFiles {
  #nodes = new Float64Array(SLOTS).fill(-1);
  #pids = new Int32Array(SLOTS);
  #times = new Float64Array(SLOTS);
  #paths: string[] = [];
  #slots = new Map<number, number>();
  #next = 0;

  set(node: number, pid: number, time: number, path: string): void {
    if (node < 0) return;
    let slot = this.#slots.get(node);
    if (slot === undefined) {
      slot = this.#next % SLOTS;
      this.#next += 1;
      const old = this.#nodes[slot] as number;
      if (old >= 0) this.#slots.delete(old);
      this.#slots.set(node, slot);
    }
    this.#nodes[slot] = node;
    this.#pids[slot] = pid;
    this.#times[slot] = time;
    this.#paths[slot] = path;
  }

  get(node: number): DeliveredFile | undefined {
    const slot = node < 0 ? undefined : this.#slots.get(node);
    if (slot === undefined) return undefined;
    return { pid: this.#pids[slot] as number, time: this.#times[slot] as number, path: this.#paths[slot] as string };
  }

  snapshot(): unknown {
    return {
      nodes: this.#nodes,
      pids: this.#pids,
      times: this.#times,
      paths: this.#paths,
      slots: this.#slots,
      next: this.#next,
    };
  }

  restore(data: unknown): void {
    const from = data as {
      nodes: Float64Array<ArrayBuffer>;
      pids: Int32Array<ArrayBuffer>;
      times: Float64Array<ArrayBuffer>;
      paths: string[];
      slots: Map<number, number>;
      next: number;
    };
    this.#nodes = from.nodes;
    this.#pids = from.pids;
    this.#times = from.times;
    this.#paths = from.paths;
    this.#slots = from.slots;
    this.#next = from.next;
  }
}
