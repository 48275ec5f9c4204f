import { dirName, isWithin } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { HostState } from './host.ts';
import type { Place } from './places.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import type { TaintOrigin } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

const KEEPERS =
  CLASS.storeService |
  CLASS.storeTool |
  CLASS.delivery |
  CLASS.mta |
  CLASS.mailClient |
  CLASS.fetcher |
  CLASS.filter |
  CLASS.desktop;

/** A program of which keeping mail stores is the work (servers, their tools, clients, indexers), run from where such programs lie. */
const keepsStores = (process: ProcessState): boolean => process.trusted && (process.classBits & KEEPERS) !== 0;

/**
 * A file that lies in a mail store, is no message there, and is written by a program that keeps no stores: an archive among
 * the mail is a copy all the same. A message that is put into a folder is a message moved, but for a folder on a disk that comes
 * and goes, and for one of nobody's that a server's tool fills. A program that keeps stores makes a copy where it holds one person's mail and writes into the store of another.
 */
export function isCopyInStore(host: HostState, process: ProcessState, place: Place): boolean {
  if (place.box === '' || place.profile) return false;
  if (!keepsStores(process)) return place.kind !== 'maildir' || host.mounts.mayHold(place.box);
  if (place.kind === 'maildir')
    return (process.classBits & CLASS.storeTool) !== 0 && place.owner === '' && holdsStoreOf(process, '');
  return place.owner !== '' && holdsStoreOf(process, place.owner);
}

const holdsStoreOf = (process: ProcessState, notOf: string): boolean =>
  process.carries.some(
    ({ taint: { origin } }) => origin.kind === 'mailstore' && origin.person !== '' && origin.person !== notOf,
  );

const SERVERS = CLASS.storeService | CLASS.storeTool | CLASS.delivery | CLASS.mta;
/** What servers keep beside the messages, by the names that the format gives them: Dovecot's and Courier's, the quota of
 * Maildir++, and locks under a name of their own. */
const INDEX_FILE =
  /\/(?:dovecot[.-][^/]*|courierimap[^/]*|courierpop3[^/]*|[^/]+\.lock[0-9a-f]{8,}|subscriptions|maildirsize|maildirfolder)$/;

/**
 * A server or its tool keeps its own index, list or log of a store, as root or as the store's owner: numbers and flags of messages,
 * whichever it read meanwhile. What its shell opened for it, and what its words name, is its output.
 */
export function isOwnIndex(host: HostState, process: ProcessState, path: string, time: EpochMs): boolean {
  if (!process.trusted || (process.classBits & SERVERS) === 0 || !INDEX_FILE.test(path)) return false;
  if ((process.execSeen && time <= process.execTime) || argumentPaths(process).includes(path)) return false;
  const { owner } = host.place(`${dirName(path)}/x`);
  return process.uid <= 0 || owner === '' || owner === host.userName(process.uid);
}

/**
 * What a program that keeps stores writes into the very store that it reads is the store's bookkeeping: indexes, locks,
 * lists of folders; so is what one that runs as the owner of a store notes in there, when it was another that read. What it
 * writes into the store of somebody else is a copy.
 */
export function isBookkeeping(
  host: HostState,
  process: ProcessState,
  path: string,
  { box, person, pid }: TaintOrigin,
): boolean {
  // A store that is written to while it is read is the store still: a status, a lock.
  if (path === box || keepsNotes(process, path)) return true;
  if (!keepsStores(process)) return false;
  // What a fetcher keeps outside of every store is a note of what it has seen; letters it puts into stores.
  if (process.classBits & CLASS.fetcher && host.place(path).box === '') return true;
  const directory = dirName(path);
  if (box.startsWith('/') && (isWithin(path, box) || isWithin(box, directory))) return true;
  // A server's tool names a user and no path: the directory then is one of that user's store, or of a subfolder of it.
  const around = host.place(`${directory}/x`);
  if (around.box === '') return false;
  return (
    person === '' || around.owner === person || (pid !== process.pid && host.userName(process.uid) === around.owner)
  );
}

/** A tool that carries data off notes hosts and sessions in a hidden folder of its user: `.ssh/known_hosts`. No word names it. */
const keepsNotes = (process: ProcessState, path: string): boolean =>
  process.trusted &&
  (process.classBits & CLASS.transfer) !== 0 &&
  /\/\.(?:ssh|gnupg|netrc|wget-hsts|config|local)(?:\/|$)/.test(path) &&
  !argumentPaths(process).includes(path);
