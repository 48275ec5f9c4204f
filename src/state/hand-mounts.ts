import { BoundedMap } from '../core/bounded-map.ts';
import { isWithin, resolvePath } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import { FOR_A_WHILE, mountWords } from './mount-words.ts';
import { MountedImages } from './mounted-images.ts';
import { type ProcessState, programOf } from './processes.ts';
import { calledAs } from './programs.ts';

const MOUNTS_MAX = 1024;

/** mount(8) or umount(8) at work: who had it done, in which login. */
interface Act {
  readonly time: EpochMs;
  readonly uid: number;
  readonly ses: number;
  readonly pid: number;
  readonly program: string;
  readonly ref: Ref | null;
}

/** A folder that somebody mounted or unmounted. Plain data. */
export interface HandMount {
  readonly path: string;
  readonly mounted: Act | null;
  /** Its words named no device: fstab(5) does, which is root's. */
  readonly ofHost: boolean;
  readonly unmounted: Act | null;
}

/** Disks that came and went, by the words of mount(8) and umount(8). */
export class HandMounts {
  readonly #byPath = new BoundedMap<string, HandMount>(MOUNTS_MAX);
  readonly images = new MountedImages();

  /** `uid`: who logged in, whatever account runs it. */
  started(process: ProcessState, uid: number): void {
    const { name, argv } = calledAs(process.exe, process.argv);
    if (!process.trusted || (name !== 'mount' && name !== 'umount')) return;
    const { operands, hasDevice, isNoDisk } = mountWords(argv.slice(1));
    const word = operands.at(-1) ?? '';
    if (word === '' || isNoDisk || word.startsWith('/dev/')) return;
    const path = resolvePath(word, process.cwd);
    if (!path.startsWith('/') || path === '/') return;
    const act = {
      time: process.execTime,
      uid,
      ses: process.ses,
      pid: process.pid,
      program: programOf(process),
      ref: process.execRef,
    };
    const known = this.#byPath.peek(path);
    if (name === 'mount')
      this.#byPath.set(path, { path, mounted: act, ofHost: !hasDevice && operands.length < 2, unmounted: null });
    else
      this.#byPath.set(path, {
        path,
        mounted: known?.mounted ?? null,
        ofHost: known?.ofHost ?? false,
        unmounted: act,
      });
  }

  /** The innermost of these that holds the path. */
  above(path: string): HandMount | undefined {
    let found: HandMount | undefined;
    for (const mount of this.#byPath.values())
      if (isWithin(path, mount.path) && mount.path.length > (found?.path.length ?? 0)) found = mount;
    return found;
  }

  /** Something else than the host's own file systems lies there, as far as its place or who mounted it tells. */
  mayHold(path: string): boolean {
    if (FOR_A_WHILE.test(path)) return true;
    return this.#byPath.size > 0 && this.above(path)?.ofHost === false;
  }

  snapshot() {
    return { disks: this.#byPath.snapshot(), images: this.images.snapshot() };
  }

  restore(from: ReturnType<HandMounts['snapshot']>): void {
    this.#byPath.restore(from.disks);
    this.images.restore(from.images);
  }
}
