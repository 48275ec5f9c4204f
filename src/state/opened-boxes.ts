import { BoundedMap } from '../core/bounded-map.ts';
import { isWithin, resolvePath } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import { inLogin, type ProcessState } from './processes.ts';
import { programName } from './programs.ts';

const BOXES_MAX = 1024;
const WORDS_MAX = 64;

/** As much of a host as tells whose box a path is. */
interface Places {
  place(path: string): { readonly box: string; readonly owner: string };
  userName(uid: number): string;
}

/** Mailboxes whose modes somebody logged in, other than their owner, opened to other accounts. Plain data. */
export class OpenedBoxes {
  readonly #byPath = new BoundedMap<string, EpochMs>(BOXES_MAX);

  started(host: Places, process: ProcessState, uid: number): void {
    const name = programName(process.exe);
    if ((name !== 'chmod' && name !== 'setfacl') || inLogin(process) !== true) return;
    const words = process.argv.slice(1, WORDS_MAX);
    if (!words.some(word => (name === 'chmod' ? opens(word) : GRANTS.test(word)))) return;
    for (const word of words.filter(each => !each.startsWith('-'))) {
      const path = resolvePath(word, process.cwd);
      const { box, owner } = host.place(`${path}/cur/x`);
      if (box !== '' && owner !== '' && owner !== host.userName(uid)) this.#byPath.set(path, process.execTime);
    }
  }

  has(box: string): boolean {
    if (box === '') return false;
    for (const [path] of this.#byPath.entries) if (isWithin(box, path)) return true;
    return false;
  }

  snapshot() {
    return this.#byPath.snapshot();
  }

  restore(from: ReturnType<OpenedBoxes['snapshot']>): void {
    this.#byPath.restore(from);
  }
}

/** chmod(1): others, or all, may read; in symbols or in octal digits. */
function opens(word: string): boolean {
  if (/^[0-7]{3,4}$/.test(word)) return (Number.parseInt(word, 8) & 0o4) !== 0;
  return word.split(',').some(each => /^[ugoa]*[+=][rwxX]*r/.test(each) && !/^[ug]+[+=]/.test(each));
}

/** setfacl(1): an account or a group is given the right to read. */
const GRANTS = /^(?:d:|default:)?(?:u|user|g|group|o|other):[^:]*:r/;
