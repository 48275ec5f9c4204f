import { BoundedMap } from '../../core/bounded-map.ts';
import { resolvePath } from '../../core/paths.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { packedInto, packerName } from '../../state/packers.ts';
import { idOf, type ProcessState } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import { archiveMade } from '../../state/tool-words.ts';

interface Packed {
  readonly packer: string;
  readonly uid: number;
  readonly time: number;
}

const FILES_MAX = 2048;
const STARTERS_MAX = 2048;
/** What was packed for a mail is mailed soon; a person's archive of last week is another matter. */
const FILE_MS = DAY_MS;
const STARTED_MS = HOUR_MS;

/**
 * What was packed before it was sent, without a pipeline between: files that a packer's words name as its output and that a
 * sender attaches; and packers that a program started itself before it spoke to a mail server.
 */
export class PackedBefore {
  #files = new BoundedMap<string, Packed>(FILES_MAX);
  #starters = new BoundedMap<string, Packed>(STARTERS_MAX);

  started(process: ProcessState): void {
    const packed = { packer: packerName(process), uid: process.uid, time: process.execTime };
    const file = archiveMade(process) || packedInto(process);
    if (file !== '') this.#files.set(`${process.host}\0${file}`, packed);
    const starter = packsFor(process);
    if (starter !== null) this.#starters.set(nameOf(starter), packed);
  }

  /** Packers behind what this process sends: of the files that it attaches, and of what it had packed itself. */
  behind(process: ProcessState, attachments: readonly string[], time: number): string[] {
    const found: string[] = [];
    for (const name of attachments) {
      const packed = this.#files.peek(`${process.host}\0${resolvePath(name, process.cwd)}`);
      if (packed !== undefined && packed.uid === process.uid && isSoon(packed, time, FILE_MS))
        found.push(packed.packer);
    }
    const own = this.#starters.peek(nameOf(process));
    if (own !== undefined && isSoon(own, time, STARTED_MS)) found.push(own.packer);
    return found;
  }

  snapshot(): unknown {
    return { files: this.#files.snapshot(), starters: this.#starters.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as Record<'files' | 'starters', ReturnType<BoundedMap<string, Packed>['snapshot']>>;
    this.#files.restore(from.files);
    this.#starters.restore(from.starters);
  }
}

/** The program that has it pack: `sh -c` hands on what the program above it had done. */
export function packsFor({ parent }: ProcessState): ProcessState | null {
  return parent !== null && isLine(parent) ? parent.parent : parent;
}

const isSoon = ({ time: before }: Packed, time: number, within: number): boolean => time - before <= within;

const isLine = ({ classBits, script }: ProcessState): boolean => (classBits & CLASS.shell) !== 0 && script === '';

const nameOf = (process: ProcessState): string => `${process.host} ${idOf(process)}`;
