import type { ProcessState } from './processes.ts';
import { calledAs, programName } from './programs.ts';
import { archiveMade } from './tool-words.ts';

const PACKERS: ReadonlySet<string> = new Set(
  'tar zip 7z 7za 7zz gzip bzip2 xz zstd base64 base32 uuencode openssl gpg cpio xxd mysqldump pg_dump dd split mpack shar ar'.split(
    ' ',
  ),
);

/** The name of a program that packs, encodes, cuts up or dumps what it reads, by its file or as it was called; '' for any other. */
export function packerName({ exe, argv }: ProcessState): string {
  const { name } = calledAs(exe, argv);
  if (PACKERS.has(name)) return name;
  const called = programName(argv[0] ?? '');
  return PACKERS.has(called) ? called : '';
}

/** Whether its words say that what it packs goes into a file: it prints nothing that a next stage could take. */
export function packsIntoFile(process: ProcessState): boolean {
  if (archiveMade(process) !== '') return true;
  const { argv } = calledAs(process.exe, process.argv);
  switch (packerName(process)) {
    case 'gzip':
    case 'bzip2':
    case 'xz':
    case 'zstd':
      return argv.some((word, i) => i > 0 && isOperand(word)) && !argv.some(isToOutput);
    case 'openssl':
      return argv.includes('-out');
    case 'gpg':
      return argv.some((word, i) => (word === '-o' || word === '--output') && argv[i + 1] !== '-');
    case 'dd':
      return argv.some(word => word.startsWith('of='));
    default:
      return false;
  }
}

/** A file to pack in its place, gzip(1), xz(1): no option, and no number that one of those takes. */
const isOperand = (word: string): boolean => !word.startsWith('-') && !/^[0-9]+$/.test(word);

const isToOutput = (word: string): boolean =>
  /^-[a-z0-9]*c/.test(word) || word === '--stdout' || word === '--to-stdout';
