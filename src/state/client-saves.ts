import type { Place } from './places.ts';
import type { ProcessState } from './processes.ts';

/**
 * No table holds the name of every browser and messenger. What else puts a file where such save, as they do: a program of the
 * system by itself, started by nobody's typing and of no kind that is known (nor a script, whose interpreter is), that speaks to another host.
 * It may be a client for something else (a file server's, a game's), so the file only appeared where clients save.
 */
export function isUnlistedClient(process: ProcessState, place: Place): boolean {
  if (process.classBits !== 0 || !place.attachmentPlace || !process.trusted || process.tty !== '') return false;
  return process.connections.some(({ process: by, event: { address } }) => by === process && !isLoopback(address));
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
