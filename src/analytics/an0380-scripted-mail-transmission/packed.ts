import { BoundedMap } from '../../core/bounded-map.ts';
import { resolvePath } from '../../core/paths.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { packedInto, packerName } from '../../state/packers.ts';
import { idOf, isTypedAt, type ProcessState } from '../../state/processes.ts';
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
const FILE_MS = 24 * HOUR_MS;
const STARTED_MS = 10 * MINUTE_MS;
const DEPTH_MAX = 3;

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
    let each = process.parent;
    for (let depth = 0; depth < DEPTH_MAX && each !== null && !isTypedAt(each); depth++) {
      if (each.execSeen) this.#starters.set(nameOf(each), packed);
      // `sh -c` hands on what the program above it had done.
      if ((each.classBits & CLASS.shell) === 0 || each.script !== '') break;
      each = each.parent;
    }
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

const isSoon = ({ time: before }: Packed, time: number, within: number): boolean =>
  time >= before && time - before <= within;

const nameOf = (process: ProcessState): string => `${process.host} ${idOf(process)}`;
