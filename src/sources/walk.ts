import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InputProblem } from './problem.ts';
import { inputProblem, systemProblem } from './problems.ts';

/** A regular file found, not yet opened. */
export interface FoundFile {
  readonly name: string;
  readonly path: string;
  readonly stat: Stats;
}

const DEPTH_MAX = 64;

/**
 * Finds regular files behind names and in folders. Names are visited in sorted order and every real folder and file once,
 * so the outcome does not depend on the order of the arguments.
 */
export class Walk {
  readonly files: FoundFile[] = [];
  readonly problems: InputProblem[] = [];
  readonly #filesMax: number;
  readonly #folders = new Set<string>();
  /** Absolute path by device and inode. */
  readonly #seen = new Map<string, string>();
  #full = false;

  constructor(filesMax: number) {
    this.#filesMax = filesMax;
  }

  /** `name` is shown to the user, `path` is opened. `explicit` when the user named it, not a folder's listing. */
  visit(name: string, path: string, explicit: boolean): void {
    this.#visit(name, path, explicit, []);
  }

  #visit(name: string, path: string, explicit: boolean, above: readonly string[]): void {
    if (this.#full) return;
    let stat: Stats;
    try {
      stat = statSync(path);
    } catch (error) {
      this.problems.push(notReached(error, name, explicit));
      return;
    }
    const node = `${stat.dev}:${stat.ino}`;
    if (stat.isDirectory()) this.#visitFolder(name, path, node, above);
    else if (stat.isFile()) this.#add(name, path, stat, node);
    else this.problems.push(inputProblem(explicit ? 'E_NOT_REGULAR' : 'E_SPECIAL_SKIPPED', name, kindOf(stat)));
  }

  #visitFolder(name: string, path: string, node: string, above: readonly string[]): void {
    if (above.includes(node)) {
      this.problems.push(inputProblem('E_DIRECTORY_LOOP', name));
      return;
    }
    if (this.#folders.has(node)) return;
    if (above.length >= DEPTH_MAX) {
      this.problems.push(inputProblem('E_TOO_DEEP', name));
      return;
    }
    this.#folders.add(node);
    let children: string[];
    try {
      children = readdirSync(path).sort();
    } catch (error) {
      this.problems.push(systemProblem(error, name));
      return;
    }
    const inside = [...above, node];
    for (const child of children) this.#visit(join(name, child), join(path, child), false, inside);
  }

  #add(name: string, path: string, stat: Stats, node: string): void {
    const first = this.#seen.get(node);
    if (first !== undefined) {
      if (path !== first) this.problems.push(inputProblem('E_SAME_FILE', name));
      return;
    }
    if (this.files.length >= this.#filesMax) {
      this.#full = true;
      this.problems.push(inputProblem('E_TOO_MANY_FILES', name));
      return;
    }
    this.#seen.set(node, path);
    this.files.push({ name, path, stat });
  }
}

function notReached(error: unknown, name: string, explicit: boolean): InputProblem {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ELOOP') return inputProblem('E_DIRECTORY_LOOP', name, 'links that name each other');
  // A folder lists it, and under the name that its bytes were made into there is nothing.
  if (code === 'ENOENT' && !explicit && name.includes('\ufffd')) return inputProblem('E_NAME', name);
  return systemProblem(error, name);
}

function kindOf(stat: Stats): string {
  if (stat.isFIFO()) return 'a pipe';
  if (stat.isSocket()) return 'a socket';
  return 'a device';
}
