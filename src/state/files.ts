import { BoundedMap } from '../core/bounded-map.ts';
import { NumberSieve } from '../core/number-sieve.ts';
import { baseName, dirName, isWithin } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { FileId } from '../events/host-events.ts';
import { FolderTree } from './folder-tree.ts';
import { assumptionRank, type Taint, type TaintStep } from './taint.ts';

/** A file worth remembering because it is tainted. */
export interface FileState {
  path: string;
  node: number;
  taints: Taint[];
  /** Steps that change no content: chmod, rename. Shown when the file is executed. */
  notes: TaintStep[];
  time: EpochMs;
  /** Its inode is another file's now: only the name is left, and what is made under that is a new file. */
  loose?: true;
}

export const FILES_MAX = 24_576;
const PATHS_MAX = FILES_MAX * 8;
const FOLDERS_MAX = 1024;
const TAINTS_MAX = 4;
/** A name that holds commands of a shell: sh(1), command substitution, lists and pipelines. */
const HOLDS_COMMAND = /[`|;&]\s*\{?[A-Za-z_]|\$\(/;
const COMMANDS_MAX = 64;
/** A folder of settings, each file of which counts: hier(7), systemd's and Debian's custom. */
const OF_SETTINGS = /^\/etc\/[^/]+\.d\/[^/]+$/;
const NOTES_MAX = 6;

/** Files by inode and by path. A path whose inode is known and differs from the one asked for is another file. */
export class FileTable {
  readonly byNode = new BoundedMap<number, FileState>(FILES_MAX);
  readonly byPath = new BoundedMap<string, FileState>(FILES_MAX * 2);
  /** Folders of settings by the file that was put there last. */
  readonly settings = new BoundedMap<string, FileState>(FOLDERS_MAX);
  /** Those whose name holds commands of a shell, by path. */
  readonly commands = new BoundedMap<string, FileState>(COMMANDS_MAX);
  /** How many files were remembered without an inode. */
  pathOnly = 0;
  #names = new Set<string>();
  readonly #folders = new FolderTree();
  /** Above this it is made anew, without the paths that are gone. */
  #foldersMax = PATHS_MAX;
  #nodes = new NumberSieve(FILES_MAX * 2);

  /** After a restore: what only saves work is derived. */
  rebuildNames(): void {
    this.#names = new Set([...this.byPath.entries.keys()].map(baseName));
    this.#rebuildFolders();
    this.#nodes.refill(this.byNode.entries.keys());
    for (const state of this.byPath.values()) this.#noteSpecial(state);
  }

  find(file: FileId): FileState | undefined {
    if (this.byPath.size === 0 && this.byNode.size === 0) return undefined;
    if (file.node >= 0) {
      const known = this.#nodes.mayHold(file.node) ? this.byNode.peek(file.node) : undefined;
      if (known !== undefined) return known;
      // Only files whose inode was never seen are known by their path alone.
      if (this.pathOnly === 0) return undefined;
    }
    if (file.path === '') return undefined;
    const named = this.byPath.peek(file.path);
    if (named === undefined || (named.node >= 0 && file.node >= 0 && named.node !== file.node)) return undefined;
    return named;
  }

  /** Cheap and sometimes wrong: false means that no remembered file has this last part of its name. */
  mayKnow(name: string): boolean {
    return this.#names.has(name);
  }

  byName(path: string): FileState | undefined {
    return this.byPath.peek(path);
  }

  /** The one file remembered whose path ends so, in whatever folder; null where there is none, or more than one. */
  onlyNamed(rest: string): FileState | null {
    if (rest === '' || rest.includes('..') || !this.mayKnow(baseName(rest))) return null;
    let found: FileState | null = null;
    for (const [path, state] of this.byPath.entries) {
      if (!path.endsWith(`/${rest}`)) continue;
      if (found !== null && found !== state) return null;
      found = state;
    }
    return found;
  }

  remember(file: FileId, time: EpochMs): FileState {
    const known = this.find(file);
    if (known !== undefined) return known;
    const state: FileState = { path: file.path, node: file.node, taints: [], notes: [], time };
    this.#index(state);
    return state;
  }

  /** The file got another name (rename keeps one, link keeps both). */
  rename(state: FileState, to: FileId, keepOld: boolean): void {
    if (!keepOld && state.path !== '') this.byPath.delete(state.path);
    state.path = to.path;
    if (to.node >= 0) state.node = to.node;
    this.#index(state);
  }

  /** A folder got another name, and every file in it with it: those remembered. What lay below the new name is gone. */
  moveFolder(from: string, to: string): FileState[] {
    if (to === '' || isWithin(to, from) || !(this.#folders.has(from) || this.#folders.has(to))) return [];
    const isThere = (path: string): boolean => this.byPath.peek(path) !== undefined;
    const below = this.#folders.below(from, isThere);
    if (isThere(from)) below.push(from);
    for (const path of [to, ...this.#folders.below(to, isThere)]) if (!isWithin(path, from)) this.byPath.delete(path);
    this.#folders.cut(from);
    const moved = new Set<FileState>();
    for (const path of below) {
      const state = this.byPath.peek(path) as FileState;
      moved.add(state);
      const next = to + path.slice(from.length);
      this.byPath.delete(path);
      if (state.path !== path) this.#set(next, state);
      else {
        state.path = next;
        this.#index(state);
      }
    }
    return [...moved];
  }

  forget(file: FileId): void {
    const state = this.find(file);
    if (state === undefined) return;
    if (this.byPath.peek(file.path) === state) this.byPath.delete(file.path);
    // Other hard links may remain; the inode goes only with its last known name.
    if (state.path === file.path && state.node >= 0) this.byNode.delete(state.node);
  }

  /**
   * A new file got the number of one that a client had saved: that one is gone. Another may have taken its name, moved there with no record
   * (browsers hold a name with an empty file, and move the download over it): the name stays.
   */
  reused({ path, node }: FileId): void {
    if (this.pathOnly > 0 && this.byPath.peek(path)?.loose === true) this.byPath.delete(path);
    if (node < 0 || !this.#nodes.mayHold(node)) return;
    const known = this.byNode.peek(node);
    if (known === undefined || known.path === path || !known.taints.some(isSaved)) return;
    this.byNode.delete(node);
    known.node = -1;
    known.loose = true;
    this.pathOnly += 1;
  }

  #index(state: FileState): void {
    if (this.#names.size > FILES_MAX * 4) this.#names = new Set([...this.byPath.entries.keys()].map(baseName));
    this.#names.add(baseName(state.path));
    if (state.node < 0) this.pathOnly += 1;
    if (state.node >= 0) {
      if (this.#nodes.isFull) this.#nodes.refill(this.byNode.entries.keys());
      this.#nodes.add(state.node);
      this.byNode.set(state.node, state);
    }
    if (state.path !== '') this.#set(state.path, state);
    this.#noteSpecial(state);
  }

  #set(path: string, state: FileState): void {
    this.byPath.set(path, state);
    if (this.#folders.size > this.#foldersMax) this.#rebuildFolders();
    else this.#folders.note(path);
  }

  #rebuildFolders(): void {
    this.#folders.clear();
    for (const path of this.byPath.entries.keys()) this.#folders.note(path);
    // Files that lie deep, each in folders of its own, are many paths and all there: to look again at each one more would find nothing.
    this.#foldersMax = Math.max(PATHS_MAX, 2 * this.#folders.size);
  }

  #noteSpecial(state: FileState): void {
    if (HOLDS_COMMAND.test(baseName(state.path))) this.commands.set(state.path, state);
    if (state.path.startsWith('/etc/') && OF_SETTINGS.test(state.path)) this.settings.set(dirName(state.path), state);
  }

  get evicted(): number {
    return this.byNode.evicted + this.byPath.evicted;
  }
}

/** A client saved it, which may put it in place at the end. */
const isSaved = ({ origin }: Taint): boolean => origin.basis === 'client-wrote';

/** Adds a taint unless one of the same origin is there. The newest few stay. */
export function taintFile(state: FileState, taint: Taint): boolean {
  for (let i = 0; i < state.taints.length; i++) {
    const held = state.taints[i] as Taint;
    if (held.origin.id !== taint.origin.id) continue;
    if (
      assumptionRank(taint) < assumptionRank(held) ||
      (held.step.strength === 'inferred' && taint.step.strength === 'observed')
    ) {
      state.taints[i] = taint;
      return true;
    }
    return false;
  }
  if (state.taints.length >= TAINTS_MAX) {
    // A mail store's origin stands for a whole box; of single messages the newest few are enough.
    const isInferred = (held: Taint) => held.origin.kind !== 'mailstore' && held.step.strength === 'inferred';
    let at = state.taints.findIndex(isInferred);
    // What was seen never makes room for what is only thought.
    if (at < 0 && taint.step.strength === 'inferred' && taint.origin.kind !== 'mailstore') return false;
    if (at < 0) at = state.taints.findIndex(held => held.origin.kind !== 'mailstore');
    state.taints.splice(at < 0 ? 0 : at, 1);
  }
  state.taints.push(taint);
  return true;
}

export function noteOnFile(state: FileState, step: TaintStep): void {
  if (state.notes.some(note => note.kind === step.kind && note.time === step.time && note.order === step.order)) return;
  if (state.notes.length >= NOTES_MAX) state.notes.shift();
  state.notes.push(step);
}
