const AREAS_MAX = 64;

/**
 * Where on a host writes are recorded: rules name folders, and what is written elsewhere leaves no record. An area is a folder
 * of the root, or of /var.
 */
export class WrittenAreas {
  #areas = new Set<string>();

  note(path: string): void {
    if (this.#areas.size < AREAS_MAX) this.#areas.add(areaOf(path));
  }

  /** Whether a write at this path would have been recorded, as far as earlier ones tell. */
  has(path: string): boolean {
    return this.#areas.has(areaOf(path));
  }

  snapshot(): ReadonlySet<string> {
    return this.#areas;
  }

  restore(areas: ReadonlySet<string>): void {
    this.#areas = new Set(areas);
  }
}

function areaOf(path: string): string {
  const end = path.indexOf('/', path.startsWith('/var/') ? 5 : 1);
  return end < 0 ? path : path.slice(0, end);
}
