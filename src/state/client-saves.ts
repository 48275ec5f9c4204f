import type { Place } from './places.ts';
import type { ProcessState } from './processes.ts';
import { isSystemPath } from './programs.ts';

/**
 * No table holds the name of every browser and messenger. What else puts a file where such save, as they do: a program of the
 * system by itself, started by nobody's typing, of no kind that is known and running no script, that speaks to another host.
 * It may be a client for something else (a file server's, a game's), so the file only appeared where clients save.
 */
export function isUnlistedClient(process: ProcessState, place: Place): boolean {
  if (process.classBits !== 0 || !place.attachmentPlace || place.clientTemporary || place.owner === '') return false;
  if (!process.trusted || process.script !== '' || process.tty !== '' || !isSystemPath(process.exe)) return false;
  return process.connections.some(({ process: by, event: { address } }) => by === process && !isLoopback(address));
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
