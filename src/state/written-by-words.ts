import { byWordsAndTwo } from '../core/by-words.ts';
import { isCopier, targetsNamed } from './copy-targets.ts';
import { packedInPlace, packedInto } from './packers.ts';
import { partsTaken } from './parts-by-words.ts';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';
import { archiveMade } from './tool-words.ts';

const NONE: readonly string[] = [];

/** The files that a packer fills by its words, absolute: the archive of tar(1), what xz(1) leaves in place of a file. */
export const packedNamed = ({ exe, argv, cwd }: ProcessState): readonly string[] => packedBy(argv, exe, cwd);

const packedBy = byWordsAndTwo((argv, exe: string, cwd: string): readonly string[] => {
  const words = { argv, exe, cwd };
  return [archiveMade(words), packedInto(words), ...packedInPlace(words)].filter(path => path !== '');
});

/**
 * The files that a program writes by its words, absolute: where cp(1) puts what it is given, and what a packer fills. None is
 * written by what only sends (ssh(1), `scp x host:`). Null where the words do not say: any file among them may be.
 */
export function writtenByWords(process: ProcessState): readonly string[] | null {
  if (isCopier(process)) return targetsNamed(process);
  if (calledAs(process.exe, process.argv).name === 'ssh') return NONE;
  const parts = partsTaken(process);
  if (parts !== null) return parts.files;
  const made = packedNamed(process);
  return made.length > 0 ? made : null;
}
