import { BoundedMap } from '../../core/bounded-map.ts';
import type { DirectoryDescriptors } from './build.ts';

const PROCESSES_MAX = 4096;
const DESCRIPTORS_MAX = 64;

/** Open directory descriptors by process: what `openat(fd, "name")` is relative to. Bounded; the longest unused goes. */
export class DirectoryTable implements DirectoryDescriptors {
  #byPid = new BoundedMap<number, Map<number, string>>(PROCESSES_MAX);

  get(pid: number, fd: number): string | undefined {
    return this.#byPid.peek(pid)?.get(fd);
  }

  set(pid: number, fd: number, path: string): void {
    let fds = this.#byPid.peek(pid);
    if (fds === undefined) {
      fds = new Map();
      this.#byPid.set(pid, fds);
    }
    if (!fds.has(fd) && fds.size >= DESCRIPTORS_MAX) fds.delete(fds.keys().next().value as number);
    fds.set(fd, path);
  }

  snapshot(): unknown {
    return this.#byPid.snapshot();
  }

  restore(data: unknown): void {
    this.#byPid.restore(data as ReturnType<BoundedMap<number, Map<number, string>>['snapshot']>);
  }
}
