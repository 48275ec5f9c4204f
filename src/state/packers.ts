import { byWordsAndOne } from '../core/by-words.ts';
import { resolvePath } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs, classOfPath, programKey, programName } from './programs.ts';
import { archiveMade, type Words } from './tool-words.ts';

/**
 * The name of a program that packs, encodes, cuts up or dumps what it reads, by its file or as it was called; '' for any other,
 * for one whose words say that it opens again what another packed, and
 * for one that is only asked what it is.
 */
export const packerName = ({ exe, argv }: Pick<ProcessState, 'exe' | 'argv'>): string => packerNamed(argv, exe);

const packerNamed = byWordsAndOne((argv, exe: string): string => {
  const { name } = calledAs(exe, argv);
  const called = programName(argv[0] ?? '');
  const packer = isPacker(name) ? name : isPacker(called) ? called : '';
  return packer === '' || opens(packer, exe, argv) ? '' : packer;
});

const isPacker = (name: string): boolean => name !== '' && (classOfPath(name) & CLASS.packer) !== 0;

/** Packed in its place: `gzip x` leaves x.gz, and prints nothing unless it is told to. gzip(1), xz(1), lz4(1), brotli(1), lrzip(1), mcrypt(1). */
const IN_PLACE: ReadonlySet<string> = new Set(
  'gzip pigz bzip2 pbzip2 lbzip2 xz pixz zstd lz4 lzop lzip plzip lrzip brotli compress ccrypt mcrypt'.split(' '),
);
/** Told by an option which file to fill: gpg(1), age(1), dar(1), openssl-enc(1). */
const OUT_OPTION: ReadonlyMap<string, readonly string[]> = new Map([
  ['gpg', ['-o', '--output']],
  ['age', ['-o', '--output']],
  ['rage', ['-o', '--output']],
  ['dar', ['-c', '--create']],
  ['openssl', ['-out']],
]);

/** Whether its words say that what it packs goes into a file: it prints nothing that a next stage could take. */
export function packsIntoFile(process: ProcessState): boolean {
  if (archiveMade(process) !== '') return true;
  const { argv } = calledAs(process.exe, process.argv);
  const name = programKey(packerName(process));
  if (IN_PLACE.has(name)) return argv.some((word, i) => i > 0 && isOperand(word)) && !argv.some(isToOutput);
  const options = OUT_OPTION.get(name) ?? [];
  if (argv.some((word, i) => options.includes(word) && argv[i + 1] !== '-')) return true;
  return name === 'mksquashfs' || (name === 'dd' && argv.some(word => word.startsWith('of=')));
}

/** The file that it is told by an option to fill, absolute; '' where none is. */
export function packedInto(process: Words): string {
  const { argv } = calledAs(process.exe, process.argv);
  const options = OUT_OPTION.get(programKey(packerName(process))) ?? [];
  const at = argv.findIndex(word => options.includes(word));
  const word = at < 0 ? '-' : (argv[at + 1] ?? '-');
  return word === '-' ? '' : resolvePath(word, process.cwd);
}

/** What the packers of one file each put behind its name; where it may be several, the usual one. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['gzip', '.gz'],
  ['pigz', '.gz'],
  ['bzip2', '.bz2'],
  ['pbzip2', '.bz2'],
  ['lbzip2', '.bz2'],
  ['xz', '.xz'],
  ['pixz', '.xz'],
  ['zstd', '.zst'],
  ['lz4', '.lz4'],
  ['lzop', '.lzo'],
  ['lzip', '.lz'],
  ['plzip', '.lz'],
  ['lrzip', '.lrz'],
  ['brotli', '.br'],
  ['compress', '.Z'],
  ['ccrypt', '.cpt'],
  ['mcrypt', '.nc'],
  ['gpg', '.gpg'],
]);

/** The files that it leaves beside (or instead of) those that it packs, absolute: `gzip x` makes x.gz, `gpg -c x` x.gpg. */
export function packedInPlace(process: Words): string[] {
  const name = programKey(packerName(process));
  const ending = ENDINGS.get(name) ?? '';
  const { argv } = calledAs(process.exe, process.argv);
  // gpg(1): `-c` encrypts by a passphrase.
  const prints = name === 'gpg' ? argv.some(word => OUT_OPTION.get(name)?.includes(word)) : argv.some(isToOutput);
  if (ending === '' || prints) return [];
  // gpg(1) packs one file, its last word.
  const operands = name === 'gpg' ? argv.slice(1).slice(-1) : argv.slice(1);
  return operands.filter(isOperand).map(word => resolvePath(word, process.cwd) + ending);
}

/** Words of a program that can do both, and here takes apart what another packed: `gzip -d`, `base64 -d`, `gpg -d`, `tar x`, `xxd -r`. */
function opens(name: string, exe: string, all: readonly string[]): boolean {
  const { argv } = calledAs(exe, all);
  const words = argv.slice(1);
  const key = programKey(name);
  if (words.length > 0 && words.every(word => TELLS.test(word))) return true;
  if (key.endsWith('tar')) return /^-?[a-zA-Z]*[xt]/.test(words[0] ?? '');
  if (words.some(word => OPENS.has(word)) || (OUT_OPTION.has(key) && words.includes('-d'))) return true;
  if (IN_PLACE.has(key) || key.startsWith('base')) return words.some(word => /^-[a-zA-Z0-9]*d/.test(word));
  return key === 'xxd' && words.some(word => /^-[a-z]*r/.test(word));
}

/** It tells of itself, or of its keys: what a mail client asks gpg(1) when it starts. */
const TELLS = /^--(?:version|help|list-[a-z-]+|with-colons|batch|no-tty|fixed-list-mode)$/;

const OPENS: ReadonlySet<string> = new Set(['--decode', '--decompress', '--uncompress', '--decrypt']);

/** A file to pack in its place, gzip(1), xz(1): no option, and no number that one of those takes. */
const isOperand = (word: string): boolean => !word.startsWith('-') && !/^[0-9]+$/.test(word);

const isToOutput = (word: string): boolean =>
  /^-[a-z0-9]*c/.test(word) || word === '--stdout' || word === '--to-stdout';
