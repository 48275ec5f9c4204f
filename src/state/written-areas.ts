import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';

const AREAS_MAX = 64;
const MADE_MAX = 4096;

/**
 * Where on a host writes are recorded: rules name folders, and what is written elsewhere leaves no record. An area is a folder
 * of the root, or of /var.
 */
export class WrittenAreas {
  #areas = new Set<string>();
  /** When the first record was made that tells of programs or files: what is there and none shows coming is older. */
  began = Number.POSITIVE_INFINITY;

  /** Files that were seen to be made where clients save, of which nothing says that they came from outside. */
  readonly #made = new BoundedMap<string, true>(MADE_MAX);

  made(path: string): void {
    this.#made.set(path, true);
  }

  /** It lies there by a hand that is recorded. */
  isMade(path: string): boolean {
    return this.#made.peek(path) !== undefined;
  }

  begin(time: EpochMs): void {
    if (time < this.began) this.began = time;
  }

  note(path: string): void {
    if (this.#areas.size < AREAS_MAX) this.#areas.add(areaOf(path));
  }

  /** Whether a write at this path would have been recorded, as far as earlier ones tell. */
  has(path: string): boolean {
    return this.#areas.has(areaOf(path));
  }

  snapshot() {
    return { areas: this.#areas as ReadonlySet<string>, began: this.began, made: this.#made.snapshot() };
  }

  restore({ areas, began, made }: ReturnType<WrittenAreas['snapshot']>): void {
    this.#areas = new Set(areas);
    this.began = began;
    this.#made.restore(made);
  }
}

function areaOf(path: string): string {
  const end = path.indexOf('/', path.startsWith('/var/') ? 5 : 1);
  return end < 0 ? path : path.slice(0, end);
}
