import { programName } from './programs.ts';

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export const OF_TEXT = wordsOf('base64 base32 basenc');
/** Whatever their words are. */
export const ALWAYS = wordsOf(
  'uudecode gunzip unpigz zcat bunzip2 bzcat unxz xzcat unlzma lzcat unzstd zstdcat unlz4 lz4cat rev',
);
/** Where their words say so. */
export const PACKERS = wordsOf('gzip pigz bzip2 xz lzma zstd lz4');
/** One program under several names, which opens where it is called so: bzip2(1), xz(1), zstd(1), lz4(1), pigz(1); not gzip(1). */
export const BY_NAME = wordsOf('pigz bzip2 xz zstd lz4');

/** A program that can make plain what was encoded or packed: a copy of it can as well. */
export const isDecoderProgram = (path: string): boolean => {
  const name = programName(path);
  return OF_TEXT.has(name) || ALWAYS.has(name) || PACKERS.has(name) || name === 'xxd' || name === 'openssl';
};
