import { resolvePath } from '../core/paths.ts';

/** `host:path`, as scp(1) and rsync(1) take it: a colon before the first slash. */
export const isFarEnd = (word: string): boolean => /^[^/]*:/.test(word);

/** Options of ssh(1), and of what works by it, that take a value: in the next word where none stands behind the letter. */
const VALUED = {
  ssh: 'BbcDEeFIiJLlmOoPpQRSWw',
  scp: 'cDFiJloPSX',
  sftp: 'BbcDFiJloPRSsX',
  rsync: 'BefMT',
} as const;
export type SshTool = keyof typeof VALUED;
/** Of these the value is a file that is obeyed: settings, commands of a session. */
const OBEYED = { ssh: 'F', scp: 'FS', sftp: 'FSb', rsync: '' } as const;

/** The letters of a tool's options that take a value. */
export const valuedOf = (name: SshTool): string => VALUED[name];

interface Spoken {
  readonly operands: readonly string[];
  readonly obeyed: readonly string[];
}

/** Options end before the first operand of ssh(1): what follows that is a command of the other host. */
function spoken(name: SshTool, words: readonly string[]): Spoken {
  const valued = VALUED[name];
  const obeyedBy: string = OBEYED[name];
  const operands: string[] = [];
  const obeyed: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--' || !word.startsWith('-') || word === '-') {
      operands.push(...words.slice(word === '--' ? i + 1 : i));
      break;
    }
    if (word.startsWith('--')) continue;
    const at = word.split('').findIndex((letter, k) => k > 0 && valued.includes(letter));
    if (at < 0) continue;
    const value = word.slice(at + 1) || (words[++i] ?? '');
    if (obeyedBy.includes(word.charAt(at)) && value !== '') obeyed.push(value);
  }
  return { operands, obeyed };
}

/** The words that are no options: what scp(1) and rsync(1) copy, and where to; the host that ssh(1) and sftp(1) reach, and what then. */
export const operandsOf = (name: SshTool, words: readonly string[]): readonly string[] => spoken(name, words).operands;

/**
 * Files of this host among the words of ssh(1), scp(1) and sftp(1), absolute: what is copied, and files that they are told to obey.
 * A number, a name or a setting behind an option is no file, and neither is a word for the other host. Null for any other program.
 */
export function sshFiles(name: string, words: readonly string[], cwd: string): readonly string[] | null {
  if (name !== 'ssh' && name !== 'scp' && name !== 'sftp') return null;
  const { operands, obeyed } = spoken(name, words);
  const copied = name === 'scp' ? operands.filter(word => word !== '' && !isFarEnd(word)) : [];
  return [...obeyed, ...copied].map(word => resolvePath(word, cwd));
}
