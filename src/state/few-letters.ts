import { baseName, isWithin } from '../core/paths.ts';
import type { HostState } from './host.ts';
import { isMessagePath } from './places.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import type { Taint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

const FEW = 3;

/** The message stands among its words, and few others beside it: a box, or all that lies in it, is no few. */
export function singlesOut(process: ProcessState, path: string, box: string): boolean {
  const named = argumentPaths(process).filter(word => isWithin(word, box));
  return named.length <= FEW && named.includes(path) && !named.includes(box);
}

/** One message in a file of its own: Maildir's, or by its number as MH and Cyrus name it. */
const isLetter = (path: string): boolean => isMessagePath(path) || /^\d{1,10}\.?$/.test(baseName(path));

/**
 * What was taken out of the store with this is a letter, or a few, that somebody picked: the reader's words name it, or a shell
 * opened it for what it then started (`mail x < letter`).
 */
export function isFewLetters(host: HostState, { origin }: Taint): boolean {
  const { kind, storePath, box, pid, time } = origin;
  if (kind !== 'mailstore' || !isLetter(storePath)) return false;
  const reader = host.processes.get(pid);
  if (reader === undefined || reader.start > time) return false;
  if (singlesOut(reader, storePath, box)) return true;
  const { parent } = reader;
  return reader.execSeen && reader.execTime >= time && parent !== null && (parent.classBits & CLASS.shell) !== 0;
}
