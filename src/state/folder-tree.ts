/**
 * Which paths lie below a folder, without looking at all of them. It holds every path that was noted since it was last made
 * anew: whether one is still there, the caller knows. Absolute paths only. Not part of a snapshot.
 */
export class FolderTree {
  /** Folder -> what lies directly in it, files and folders. */
  readonly #children = new Map<string, Set<string>>();
  /** Paths held, gone ones among them: the caller begins anew when there are too many. */
  size = 0;

  note(path: string): void {
    if (!path.startsWith('/')) return;
    for (let child = path, end = path.lastIndexOf('/'); end > 0; end = child.lastIndexOf('/')) {
      const folder = child.slice(0, end);
      const known = this.#children.get(folder);
      if (known === undefined) this.#children.set(folder, new Set([child]));
      else if (known.has(child)) return;
      else known.add(child);
      this.size += 1;
      if (known !== undefined) return;
      child = folder;
    }
  }

  /** Something was noted below it. */
  has(folder: string): boolean {
    return this.#children.has(folder);
  }

  /** The paths noted below `folder`, itself not among them, in the order of their letters. Those gone are forgotten. */
  below(folder: string, isThere: (path: string) => boolean): string[] {
    const found: string[] = [];
    const open = [folder];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const children = this.#children.get(at);
      if (children === undefined) continue;
      for (const child of children) {
        const isKnown = isThere(child);
        if (isKnown) found.push(child);
        if (this.#children.has(child)) open.push(child);
        else if (!isKnown) {
          children.delete(child);
          this.size -= 1;
        }
      }
    }
    return found.sort();
  }

  /** Nothing lies there any more. */
  cut(folder: string): void {
    const open = [folder];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const children = this.#children.get(at);
      if (children === undefined) continue;
      this.#children.delete(at);
      this.size -= children.size;
      open.push(...children);
    }
  }

  clear(): void {
    this.#children.clear();
    this.size = 0;
  }
}
