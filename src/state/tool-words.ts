import { byWordsAndTwo } from '../core/by-words.ts';
import { resolvePath } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs, programName } from './programs.ts';
import { sshFiles } from './ssh-words.ts';

/** What a process runs, and how it is told what to do. */
export type Words = Pick<ProcessState, 'exe' | 'argv' | 'cwd'>;

/** `host:path`, `remote:`, `user@host`, `scheme://`. */
const REMOTE = /^[^-/][^/]*[@:]|:\/\//;
const LOCAL_TOO = new Set(['rsync', 'rclone', 'aws', 's3cmd', 'openssl']);

/** A tool whose work is to move what it reads off the host, with words that say so where it can work here as well. */
export function sendsItself(process: ProcessState): boolean {
  if (!process.execSeen || (process.classBits & CLASS.transfer) === 0 || onlyAsks(process)) return false;
  return (
    !LOCAL_TOO.has(calledAs(process.exe, process.argv).name) ||
    process.argv.some((word, i) => i > 0 && REMOTE.test(word))
  );
}

/** The same where no starts are recorded, and so no words: a tool that has no other use than to move what it reads. */
export const isSendingTool = ({ execSeen, classBits, exe, argv }: ProcessState): boolean =>
  !execSeen && (classBits & CLASS.transfer) !== 0 && !LOCAL_TOO.has(calledAs(exe, argv).name);

/** A tool that can move data off the host, and whose words only name what lies on it: `rsync -a /home/ /srv/copy/`. */
export function copiesHere(process: ProcessState): boolean {
  const { name, argv } = calledAs(process.exe, process.argv);
  // openssl(1): only its test client and server have a connection; `enc` packs.
  if (name === 'openssl') return argv.length > 1 && !(argv[1] as string).startsWith('s_');
  if (name !== 'rsync') return false;
  return (
    process.argv.length > 2 && !process.argv.some((word, i) => i > 0 && (REMOTE.test(word) || word === '--server'))
  );
}

/** rsync(1): the end of a copy that only gives. It writes nothing here. */
export function onlyGives({ exe, argv: all }: ProcessState): boolean {
  const { name, argv } = calledAs(exe, all);
  return name === 'rsync' && argv.includes('--server') && argv.includes('--sender');
}

const UPLOADS = '-T --upload-file -d --data -F --form --post --body --json -K --config -b --cookie --url-query'.split(
  ' ',
);
/** A header that is read from a file. */
const HEADER_FILE = /^(?:-H|--header=?)?@/;

const SEARCHES: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'zgrep', 'bzgrep', 'xzgrep', 'rg']);

/** grep(1), wc(1): it prints a number, or only answers by how it ends. Nothing of what it reads goes on. */
export function onlyCounts({ exe, argv: all }: ProcessState): boolean {
  const { name, argv } = calledAs(exe, all);
  if (name === 'wc') return true;
  if (!SEARCHES.has(name)) return false;
  const end = argv.indexOf('--');
  return argv
    .slice(1, end < 0 ? argv.length : end)
    .some(word => /^-[a-zA-Z0-9]*[cq][a-zA-Z]*$/.test(word) || /^--(?:count|quiet|silent)$/.test(word));
}

/** curl or wget that is told where to put what it gets, and nothing to send: no stage that takes data out. */
export function onlyFetches(process: ProcessState): boolean {
  const { name, argv } = calledAs(process.exe, process.argv);
  if (name !== 'curl' && name !== 'wget') return false;
  const words = argv.slice(1);
  const stores = words.some(
    word => /^-[a-zA-Z]*[oO]$/.test(word) || word.startsWith('--output') || word.startsWith('--remote-name'),
  );
  return stores && !words.some(word => HEADER_FILE.test(word) || UPLOADS.some(flag => word.startsWith(flag)));
}

/** Options of curl(1) that give something to the server, alone or behind others: `-T`, `-sd`, `-F`, `-K`, `-b`. */
const CURL_GIVES = /^-[a-zA-Z#:0-9]*[TdFKb]/;
/** Longer words, and longer runs of letters and digits in one, may hold data that a shell put there: a line of base64, a digest. */
const PLAIN_WORD_MAX = 128;
const MAY_BE_DATA = /[A-Za-z0-9+%=]{24}/;

/**
 * curl or wget whose words give nothing to the server but the name of what is wanted: beside a reader it takes nothing of what that
 * read. A query, a name before `@` and a long word may hold data.
 */
export function onlyAsks(process: ProcessState): boolean {
  if (onlyFetches(process)) return true;
  const { name, argv } = calledAs(process.exe, process.argv);
  if ((name !== 'curl' && name !== 'wget') || argv.length < 2) return false;
  return argv
    .slice(1)
    .every(
      word =>
        word.length <= PLAIN_WORD_MAX &&
        !MAY_BE_DATA.test(word) &&
        !word.includes('?') &&
        !word.includes('@') &&
        !UPLOADS.some(flag => flag.startsWith('--') && word.startsWith(flag)) &&
        !(name === 'curl' && CURL_GIVES.test(word)),
    );
}

/** A text browser that prints a page and ends, as scripts and mail clients use it: w3m(1), lynx(1), elinks(1). Nobody browses. */
export function onlyPrints(process: ProcessState): boolean {
  return (
    (process.classBits & CLASS.viewer) !== 0 &&
    process.argv.some((word, i) => i > 0 && /^-{1,2}(?:dump|source|mime_header)/.test(word))
  );
}

const WORDS_MAX = 64;

/** curl(1): options whose value is a name, a number or a text, and a file only behind `@`. */
const CURL_TEXT =
  /^(?:-[a-zA-Z#]*[AeHmruwX]|--(?:user-agent|referer|header|max-time|range|user|write-out|request|proxy-user|limit-rate|retry|connect-timeout))$/;
const URL_WORD = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Encoded data stand among the words, many more than a key or a digest has. */
export const holdsData = ({ argv }: ProcessState): boolean =>
  argv.some(word => word.length >= DATA_MIN && /[A-Za-z0-9+/_-]{160}/.test(word));
const DATA_MIN = 160;

/** A cookie is text where it has a name, a file else. */
const CURL_COOKIE = /^(?:-[a-zA-Z#]*b|--cookie)$/;

const isCurlText = (option: string, value: string): boolean =>
  (CURL_TEXT.test(option) && !value.startsWith('@')) || (CURL_COOKIE.test(option) && value.includes('='));

/** curl(1): what a form or a body is made of; a file stands behind `@`, or behind `<` where its text alone is wanted. */
const CURL_BODY = /^(?:-[a-zA-Z#]*[dF]|--(?:form|data|data-ascii|data-binary|data-urlencode|json|url-query))$/;
const CURL_BODY_WITHIN =
  /^(?:-[a-zA-Z#]*[dF]|--(?:form|data|data-ascii|data-binary|data-urlencode|json|url-query)=)(.+)$/s;

/** The file of such a value, '' where it is text; null where the word is no such value. */
function curlFile(option: string, word: string): string | null {
  const value = CURL_BODY.test(option) ? word : CURL_BODY_WITHIN.exec(word)?.[1];
  return value === undefined ? null : (/^(?:[^=@<]*=?)[@<]([^;]+)/s.exec(value)?.[1] ?? '');
}

/** Standard input or output in place of a file: `-`, `@-`, `name=@-`, `--file=-`. */
const STANDARD = /(?:^|^@|[=:]@?)-$/;

/** Path-like words of the arguments, absolute: bare words, `-T/path`, `--file=path`, `@path`, `if=path`. */
export const argumentPaths = ({ exe, argv, cwd }: ProcessState): readonly string[] => pathsNamed(argv, exe, cwd);

const pathsNamed = byWordsAndTwo((all, exe: string, home: string): readonly string[] => {
  const paths: string[] = [];
  let cwd = home;
  const { name, argv } = calledAs(exe, all);
  const ofSsh = sshFiles(name, argv, home);
  if (ofSsh !== null) return ofSsh;
  // rsync(1), the far end of a copy: its options are one word of letters, and `.` stands for what follows.
  const pattern = SEARCHES.has(name) ? patternAt(argv) : -1;
  const isFarEnd = name === 'rsync' && argv.includes('--server');
  for (let i = hasOldOptions(argv) ? 2 : 1; i < argv.length && i < WORDS_MAX; i++) {
    const word = argv[i] as string;
    if (word.length === 0 || word.length > 1024 || STANDARD.test(word) || i === pattern) continue;
    if (isFarEnd && (word.startsWith('-') || word === '.')) continue;
    if (name === 'curl') {
      if (isCurlText(argv[i - 1] ?? '', word)) continue;
      const file = curlFile(argv[i - 1] ?? '', word);
      if (file !== null) {
        if (file !== '') paths.push(resolvePath(file, cwd));
        continue;
      }
    }
    const folder = isTar(name) ? folderIn(word, argv[i + 1]) : '';
    if (folder !== '') cwd = resolvePath(folder, cwd);
    // The archive lies where tar was started.
    const base = isTar(name) && /^-[a-zA-Z]*f$/.test(argv[i - 1] ?? '') ? home : cwd;
    // curl(1): `@file` is the file, not a name that begins so.
    if (!word.startsWith('-') && !word.startsWith('@') && !(name === 'curl' && URL_WORD.test(word)))
      paths.push(resolvePath(word, base));
    const at = word.indexOf('@');
    const eq = word.indexOf('=');
    if (eq >= 0 && eq + 1 < word.length)
      paths.push(resolvePath(word.slice(word[eq + 1] === '@' ? eq + 2 : eq + 1), cwd));
    if (at >= 0 && at + 1 < word.length && (eq < 0 || at !== eq + 1)) paths.push(resolvePath(word.slice(at + 1), cwd));
    if (word.startsWith('-') && word[1] !== '-' && word.length > 3) paths.push(resolvePath(word.slice(2), cwd));
    if (word.startsWith('file://')) paths.push(word.slice(7));
  }
  return paths;
});

/** grep(1): where what is looked for stands, unless an option names it; -1 for none. */
function patternAt(argv: readonly string[]): number {
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (/^-[a-zA-Z0-9]*[ef]/.test(word) || /^--(?:regexp|file)(?:=|$)/.test(word)) return -1;
    if (word === '--') return i + 1;
    if (!word.startsWith('-')) return i;
    if (/^-[a-zA-Z]*[ABCmdD]$/.test(word)) i += 1;
  }
  return -1;
}

/** tar(1): the folder in which the names that follow lie, `-C FOLDER`, `-CFOLDER`, `--directory=FOLDER`. */
function folderIn(word: string, next: string | undefined): string {
  if (word === '-C' || word === '--directory') return next ?? '';
  if (word.startsWith('--directory=')) return word.slice('--directory='.length);
  return word.startsWith('-C') ? word.slice(2) : '';
}

/** tar(1), "traditional style": the first word is options without a dash, as in `tar cz .`. */
function hasOldOptions(argv: readonly string[]): boolean {
  return programName(argv[0] ?? '').endsWith('tar') && /^[Acdrtux][a-zA-Z]*$/.test(argv[1] ?? '');
}

/** Archivers whose first word says what to do and whose next names the archive: 7z(1), rar(1), arj(1), lha(1), zoo(1), zpaq(1) `a`. */
const BY_COMMAND = /^(?:7z[a-z]*|rar|arj|lha|zoo|zpaq)$/;
const isTar = (name: string): boolean => name.endsWith('tar');
const isCpio = (name: string): boolean => name.endsWith('cpio');

/** An archiver that is told to make an archive fills no folder: tar(1) `c`, zip(1), 7z(1) `a`, cpio(1) `-o`, pax(1) `-w`, ar(1) `r`. */
export function packs(process: Words): boolean {
  const { name, argv } = calledAs(process.exe, process.argv);
  const first = argv[1] ?? '';
  if (name === 'zip' || name === 'mksquashfs') return true;
  if (BY_COMMAND.test(name)) return first.startsWith('a');
  if (name === 'ar') return /^-?[rq]/.test(first);
  if (name === 'pax') return argv.some(word => /^-[a-z]*w/.test(word));
  if (isCpio(name)) return argv.some(word => /^-[a-z]*o/.test(word) || word === '--create');
  if (argv.includes('--create')) return true;
  // Its options may stand in any word with a dash, or without one in the first: `tar -C / -cf x y`, `tar cf x y`.
  return isTar(name) && (/^[a-zA-Z]*c/.test(first) || argv.some((word, i) => i > 0 && /^-[a-zA-Z]*c/.test(word)));
}

/**
 * The archive that an archiver is told to make, absolute: tar(1) and pax(1) `-f`, the first name of zip(1) and after the command
 * of 7z(1) and its like, cpio(1) `-F` and `-O`. '' for standard output, for another host (`-f host:file`), and where no word says.
 */
export function archiveMade(process: Words): string {
  if (!packs(process)) return '';
  const { name, argv } = calledAs(process.exe, process.argv);
  const archive = archiveIn(name, argv.slice(1));
  const isFile = archive !== undefined && archive !== '' && !archive.startsWith('-') && !archive.includes(':');
  return isFile ? resolvePath(archive, process.cwd) : '';
}

function archiveIn(name: string, words: readonly string[]): string | undefined {
  if (isTar(name)) return valueOf(words, /f/, hasOldOptions([name, ...words]));
  if (name === 'pax') return valueOf(words, /f/, false);
  if (isCpio(name)) return valueOf(words, /[FO]/, false);
  const hasCommand = name === 'ar' || BY_COMMAND.test(name);
  if (name !== 'zip' && !hasCommand) return undefined;
  return words.slice(hasCommand ? 1 : 0).find(word => word === '-' || word === '-so' || !word.startsWith('-'));
}

/** The value of an option of one of these letters, alone or at the end of others, or of `--file`. */
function valueOf(words: readonly string[], letters: RegExp, isOld: boolean): string | undefined {
  for (const [i, word] of words.entries()) {
    if (word === '--file') return words[i + 1];
    if (word.startsWith('--file=')) return word.slice('--file='.length);
    if (word.startsWith('--') || !(word.startsWith('-') || (isOld && i === 0))) continue;
    const at = word.search(letters);
    if (at >= 0) return word.slice(at + 1) === '' || isOld ? words[i + 1] : word.slice(at + 1);
  }
  return undefined;
}
