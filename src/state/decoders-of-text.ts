import { byWordsAndOne } from '../core/by-words.ts';
import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';

/** It makes plain what was encoded or packed: base64(1), xxd(1), openssl-enc(1), gzip(1) and their like, as their words tell. */
export const decodes = ({ execSeen, exe, argv }: ProcessState): boolean =>
  execSeen && decodesBy(argv, programName(exe));

const decodesBy = byWordsAndOne((argv, name: string): boolean => {
  switch (name) {
    case 'base64':
    case 'base32':
    case 'basenc':
      return argv.some(word => /^-[a-z]*[dD]$/.test(word) || word.startsWith('--dec'));
    case 'xxd':
      return argv.some(word => /^-[a-z]*r/.test(word));
    case 'openssl':
      return argv.some(word => word === '-d');
    case 'uudecode':
    case 'gunzip':
    case 'zcat':
    case 'unxz':
    case 'xzcat':
    case 'rev':
      return true;
    case 'gzip':
    case 'xz':
    case 'zstd':
    case 'bzip2':
      return argv.some(word => /^-[a-z]*d/.test(word) || word.startsWith('--dec') || word === '--uncompress');
    default:
      return false;
  }
});
