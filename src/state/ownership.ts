import { isWithin } from '../core/paths.ts';
import { ancestry } from './ancestry.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';

/** A file in a mail store. `owner`: the account that the place tells, '' for none. `ownerUid`: -1 when the record does not say. */
export interface StoreFile {
  readonly path: string;
  readonly owner: string;
  readonly ownerUid: number;
}

const ELDERS = 6;

/**
 * Whether the mail is that of `uid`; null when nothing tells. By name where the uid has one (all mail of a virtual store belongs
 * to one uid, and is not all that account's mail), else by who owns the file, else by the home that the work is done in.
 */
export function isOwnMail(host: HostState, process: ProcessState, uid: number, file: StoreFile): boolean | null {
  const { path, owner, ownerUid } = file;
  const name = uid === 0 ? 'root' : host.userName(uid);
  if (name !== '') return owner === name || (owner === '' && ownerUid >= 0 && ownerUid === uid);
  if (ownerUid >= 0 && uid >= 0) return ownerUid === uid;
  const home = host.homes.split(path)?.home;
  if (home !== undefined && ancestry(process, ELDERS).some(({ cwd }) => cwd !== '' && isWithin(cwd, home))) return true;
  return null;
}
