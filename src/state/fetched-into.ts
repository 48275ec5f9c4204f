import { baseName, resolvePath } from '../core/paths.ts';

const WORDS_MAX = 64;

/** How a program that fetches is told where to put it: curl(1), wget(1), wget2(1), aria2c(1), axel(1). */
interface Words {
  /** Followed by the file: a letter that may end a cluster of letters, and a long name. */
  readonly file: readonly [letter: string, long: string];
  readonly folder: readonly [letter: string, long: string];
  /** Without any of these it makes a file of the URL's last part. */
  readonly keeps: boolean;
}
const WGET: Words = { file: ['O', 'output-document'], folder: ['P', 'directory-prefix'], keeps: true };
const FETCHERS: Readonly<Record<string, Words>> = {
  curl: { file: ['o', 'output'], folder: ['', 'output-dir'], keeps: false },
  wget: WGET,
  wget2: WGET,
  aria2c: { file: ['o', 'out'], folder: ['d', 'dir'], keeps: true },
  axel: { file: ['o', 'output'], folder: ['', ''], keeps: true },
};

/**
 * Where nothing records writes, the words of a program say into which file it puts what it fetches. '' for standard output
 * and for another program.
 */
export function fetchedInto(argv: readonly string[], name: string, cwd: string): string {
  const words = FETCHERS[name];
  const url = argv.find(word => word.includes('://')) ?? '';
  if (words === undefined || url === '') return '';
  let file = '';
  let folder = cwd;
  let isKept = words.keeps;
  for (let i = 1; i < argv.length && i < WORDS_MAX; i++) {
    const word = argv[i] as string;
    file = valueOf(words.file, word, argv[i + 1]) ?? file;
    const at = valueOf(words.folder, word, argv[i + 1]);
    if (at !== undefined) folder = resolvePath(at, cwd);
    if (name === 'curl' && (/^-[a-zA-Z]*O[a-zA-Z]*$/.test(word) || word === '--remote-name')) isKept = true;
  }
  if (file === '-') return '';
  if (file !== '') return resolvePath(file, folder);
  const last = baseName(url.split(/[?#]/, 1)[0] ?? '');
  return isKept && last !== '' && !last.includes(':') ? resolvePath(last, folder) : '';
}

/** `-o FILE`, `-sSo FILE`, `-O-`, `--output FILE`, `--output=FILE`; undefined when the word is another. */
function valueOf([letter, long]: readonly [string, string], word: string, next = ''): string | undefined {
  if (long !== '' && word === `--${long}`) return next;
  if (long !== '' && word.startsWith(`--${long}=`)) return word.slice(long.length + 3);
  if (letter === '' || word.startsWith('--') || !/^-[a-zA-Z]+-?$/.test(word)) return undefined;
  if (word.endsWith(`${letter}-`)) return '-';
  return word.endsWith(letter) ? next : undefined;
}
