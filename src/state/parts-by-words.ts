import { byWordsAndTwo } from '../core/by-words.ts';
import { resolvePath } from '../core/paths.ts';
import { programName } from './programs.ts';
import type { Words } from './tool-words.ts';

/** What a mail program that works by command lines is told to take out of a message. */
export interface MessageParts {
  /** The words name the message by its number in a sequence, or by a query: it lies in the mail of whoever runs it. */
  readonly ofOwnMail: boolean;
  /** The files that they name for what is taken out, absolute. */
  readonly files: readonly string[];
  /** Where it is put under names that the message has; '' where it is printed, or all is named. */
  readonly folder: string;
}

/** The parts that mshow(1) of mblaze, mhstore(1) and mhn of nmh, and notmuch-show(1) take out; null for any other program. */
export const partsTaken = ({ exe, argv, cwd }: Words): MessageParts | null => takenBy(argv, exe, cwd);

const takenBy = byWordsAndTwo((argv, exe: string, cwd: string): MessageParts | null => {
  switch (programName(exe)) {
    case 'mshow':
      return byMshow(argv, cwd);
    case 'mhstore':
      return { ofOwnMail: !argv.includes('-file'), files: [], folder: cwd };
    case 'mhn':
      return argv.includes('-store') ? { ofOwnMail: !argv.includes('-file'), files: [], folder: cwd } : null;
    case 'notmuch':
      return argv[1] === 'show' && argv.some(word => word.startsWith('--part')) ? PRINTED : null;
    default:
      return null;
  }
});

const PRINTED: MessageParts = { ofOwnMail: true, files: [], folder: '' };

/** `mshow -x MESSAGE [PART]…` makes files of parts, `-O` prints them. A part is a number or a name, a message a number or a path. */
function byMshow(argv: readonly string[], cwd: string): MessageParts | null {
  const at = argv.findIndex((word, i) => i > 0 && /^-[a-zA-Z]*[xO]/.test(word));
  if (at < 0) return null;
  const [message = '', ...parts] = argv.slice(1).filter(word => !word.startsWith('-'));
  const ofOwnMail = !message.includes('/');
  if ((argv[at] as string).includes('O')) return { ...PRINTED, ofOwnMail };
  const names = parts.filter(part => !/^\d+$/.test(part));
  const isAllNamed = parts.length > 0 && names.length === parts.length;
  return { ofOwnMail, files: names.map(name => resolvePath(name, cwd)), folder: isAllNamed ? '' : cwd };
}
