import { NumberTable } from '../core/number-table.ts';

/** What is remembered of one file that mail software put into a store. */
export interface DeliveredFile {
  readonly pid: number;
  readonly time: number;
  readonly path: string;
}

/** At least this many of the last are remembered. */
const KEPT_MIN = 32_768;

/**
 * Files that delivery agents wrote, by device and inode: enough to say which delivery a message file came from when it is
 * read days later. The oldest go first. Compact, because a mail server writes one a message.
 */
export class DeliveredFiles {
  readonly #nodes = new NumberTable(KEPT_MIN);
  #pids = new Int32Array(this.#nodes.rows);
  #times = new Float64Array(this.#nodes.rows);
  #paths = new Array<string>(this.#nodes.rows).fill('');

  set(node: number, pid: number, time: number, path: string): void {
    if (node < 0) return;
    const row = this.#nodes.claim(node);
    this.#pids[row] = pid;
    this.#times[row] = time;
    this.#paths[row] = path;
  }

  /** It got the name under which it stays: local(8) of Postfix links `new/` to what it wrote in `tmp/`, a client moves it to a folder. */
  rename(node: number, path: string): void {
    const row = node < 0 ? -1 : this.#nodes.find(node);
    if (row >= 0) this.#paths[row] = path;
  }

  /** The file is gone, and its number may be another's. */
  forget(node: number): void {
    this.rename(node, '');
  }

  /** Where it lies; '' for a file that nothing delivered. Asked for every file that is opened: makes no object. */
  pathOf(node: number): string {
    const row = node < 0 ? -1 : this.#nodes.find(node);
    return row < 0 ? '' : (this.#paths[row] as string);
  }

  get(node: number): DeliveredFile | undefined {
    const row = node < 0 ? -1 : this.#nodes.find(node);
    if (row < 0 || this.#paths[row] === '') return undefined;
    return { pid: this.#pids[row] as number, time: this.#times[row] as number, path: this.#paths[row] as string };
  }

  snapshot(): unknown {
    return { nodes: this.#nodes.snapshot(), pids: this.#pids, times: this.#times, paths: this.#paths };
  }

  restore(data: unknown): void {
    const from = data as {
      nodes: unknown;
      pids: Int32Array<ArrayBuffer>;
      times: Float64Array<ArrayBuffer>;
      paths: string[];
    };
    this.#nodes.restore(from.nodes);
    this.#pids = from.pids;
    this.#times = from.times;
    this.#paths = from.paths;
  }
}
