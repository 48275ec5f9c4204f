import { BoundedMap } from '../core/bounded-map.ts';
import type { FileDeleted, FileId, FileMoved } from '../events/host-events.ts';
import { TTY_UNKNOWN } from '../events/host-events.ts';
import { pipelineOf } from './pipelines.ts';
import { inLogin, isTypedAt, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath, programName } from './programs.ts';

const FILES_MAX = 4096;

/** Programs in which people write text, and sed(1), which changes it in place. */
const EDITORS = new Set(
  'vi vim vim.basic vim.tiny vim.nox vim.gtk3 nvim nano pico ed ex red sed emacs emacs-nox emacs-gtk joe jed mg micro ne mcedit kak gedit kate kwrite gnome-text-editor mousepad pluma xed featherpad geany leafpad'.split(
    ' ',
  ),
);
const IN_PLACE = /^(?:-[a-zA-Z]*i|--in-place)/;
/** What a shell opens a file for and which writes nothing but what stands in its words or is typed. */
const SAYS = new Set(['echo', 'printf']);

interface Made {
  readonly node: number;
  /** Who made it; what a shell opens for a command it opens in a child, which becomes the command only then. */
  readonly maker: ProcessState;
}

/**
 * Files that a person made where clients save: the shell at which that person types, or an editor, was seen to create them, and
 * held nothing from elsewhere. They lie beside downloads, and are none. Only who creates a file made it: one that an editor changes was
 * there before.
 */
export class OwnWork {
  readonly #made = new BoundedMap<string, Made>(FILES_MAX);
  /** Names that editors freed for what they write next: it is what lay there before, changed. */
  readonly #changed = new BoundedMap<string, true>(FILES_MAX);

  get evicted(): number {
    return this.#made.evicted;
  }

  /** A file was written, and took on nothing; `isNew`: the record shows it being created. */
  written({ path, node }: FileId, maker: ProcessState, isNew: boolean): void {
    if (isNew && this.#changed.peek(path) === undefined && isByHand(maker)) this.#made.set(path, { node, maker });
    else if (this.#made.peek(path) !== undefined && !isByHand(maker)) this.#made.delete(path);
  }

  /** It holds something from elsewhere now. */
  lost(path: string): void {
    this.#made.delete(path);
  }

  moved({ kind, from, to }: FileMoved, mover: ProcessState): void {
    if (kind !== 'file.renamed') return;
    const made = this.#made.peek(from.path);
    const isOwn = made !== undefined && isSame(made.node, from.node) && mover.controlled === null;
    // Editors write beside a file and put that in its place: the file is what it was before.
    const isChange = isOwn && made.maker.pid === mover.pid && this.#made.peek(to.path) === undefined;
    this.#made.delete(from.path);
    if (isOwn && !(isChange && isEditor(mover))) this.#made.set(to.path, { node: to.node, maker: made.maker });
    else this.#made.delete(to.path);
    if (!isOwn && isEditor(mover)) this.#changed.set(from.path, true);
  }

  deleted({ file: { path } }: FileDeleted, by: ProcessState): void {
    if (this.#made.peek(path) === undefined && isEditor(by)) this.#changed.set(path, true);
    else this.#changed.delete(path);
    this.#made.delete(path);
  }

  /** `node`: of what is there now, -1 where no record tells. */
  has(path: string, node = -1): boolean {
    const made = this.#made.peek(path);
    return made !== undefined && isSame(made.node, node) && wroteItself(made.maker);
  }

  snapshot() {
    return { made: this.#made.snapshot(), changed: this.#changed.snapshot() };
  }

  restore({ made, changed }: ReturnType<OwnWork['snapshot']>): void {
    this.#made.restore(made);
    this.#changed.restore(changed);
  }
}

const isSame = (a: number, b: number): boolean => a < 0 || b < 0 || a === b;

/** sed(1) that changes nothing in place prints what it was given to read, changed or not. */
const isEditor = ({ trusted, exe, argv }: ProcessState): boolean =>
  trusted && EDITORS.has(programName(exe)) && (programName(exe) !== 'sed' || argv.some(word => IN_PLACE.test(word)));

/** In a person's login, with nothing from elsewhere: what content of a message runs in is nobody's hand. */
function isByHand(process: ProcessState): boolean {
  const { controlled, carries, connections, tty, exe } = process;
  if (!isSystemPath(exe) || controlled !== null || carries.length > 0 || connections.length > 0) return false;
  if (inLogin(process) !== true) return false;
  return isEditor(process) || (tty !== '' && tty !== TTY_UNKNOWN && isTypedAt(process));
}

/** Whatever the shell's child became since it opened the file. */
function wroteItself(maker: ProcessState): boolean {
  if (maker.carries.length > 0 || maker.controlled !== null || maker.connections.length > 0) return false;
  if (isEditor(maker)) return true;
  if (!maker.execSeen) return maker.recentChildren.length === 0 && pipelineOf(maker).length === 0;
  if (isTypedAt(maker)) return true;
  const { trusted, exe, argv } = maker;
  const name = programName(exe);
  const isText = SAYS.has(name) || (name === 'cat' && argv.length === 1);
  return trusted && (maker.classBits & CLASS.shell) === 0 && isText && pipelineOf(maker).length === 0;
}
