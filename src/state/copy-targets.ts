import { byWordsAndTwo } from '../core/by-words.ts';
import { baseName, resolvePath } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';
import { isFarEnd, operandsOf } from './ssh-words.ts';

const NONE: readonly string[] = [];
const COPIERS: ReadonlySet<string> = new Set(['cp', 'install', 'dd', 'rsync', 'mv', 'scp']);

/** A program that puts what it is given elsewhere, and whose words say where: cp(1), mv(1), install(1), dd(1), rsync(1), scp(1). */
export const isCopier = ({ exe, argv }: ProcessState): boolean => COPIERS.has(calledAs(exe, argv).name);

/** Where a copying program puts what it is given: the last word, or a folder of that name. */
export const targetsNamed = ({ exe, argv, cwd }: Pick<ProcessState, 'exe' | 'argv' | 'cwd'>): readonly string[] =>
  targetsIn(argv, exe, cwd);

const targetsIn = byWordsAndTwo((argv, exe: string, cwd: string): readonly string[] => {
  const { name, argv: words } = calledAs(exe, argv);
  if (!COPIERS.has(name)) return NONE;
  if (name === 'dd') {
    const to = words.find(word => word.startsWith('of='))?.slice(3) ?? '';
    return to === '' ? NONE : [resolvePath(to, cwd)];
  }
  const folder = folderNamed(name, words);
  const given = name === 'scp' ? operandsOf('scp', words) : words.slice(1);
  const last = given.length > 1 ? (folder ?? (given.at(-1) as string)) : '';
  // rsync(1), scp(1): HOST:PATH lies on another host.
  if (last === '' || isFarEnd(last)) return NONE;
  const to = resolvePath(last, cwd);
  // Where an option names the folder, the last word is what goes there too.
  const put = given.slice(0, folder === undefined ? -1 : undefined).filter(word => !word.startsWith('-'));
  return [to, ...put.map(word => `${to}/${baseName(word)}`)];
});

/** The folder that an option of cp(1), mv(1) or install(1) names: `-t FOLDER`. */
export function folderNamed(name: string, words: readonly string[]): string | undefined {
  if (name === 'dd' || name === 'rsync' || name === 'scp') return undefined;
  const at = words.findIndex(word => /^-[a-zA-Z]*t$/.test(word) || word === '--target-directory');
  return at > 0 ? words[at + 1] : words.find(word => word.startsWith('--target-directory='))?.slice(19);
}
