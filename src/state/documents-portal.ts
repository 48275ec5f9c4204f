import { baseName } from '../core/paths.ts';
import { type EpochMs, HOUR_MS } from '../core/time.ts';
import type { FileState } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, isSystemPath, programName } from './programs.ts';

/**
 * xdg-document-portal(1) serves a file system below /run/user/UID/doc: an application in a sandbox sees
 * doc/ID/NAME there, and the portal does the file work at the real place, under its own process and the same NAME. Which
 * application wrote is not recorded; the client of that person that was seen last is the one thought of.
 * Source: xdg-desktop-portal, document-portal/document-portal-fuse.c.
 */
const PORTAL = 'xdg-document-portal';
const CLIENT = CLASS.mailClient | CLASS.browser | CLASS.messenger;
const CLIENT_MS = 12 * HOUR_MS;

/** The client that the portal writes for, null when this is no portal or no client was seen. Inferred. */
export function clientServed(host: HostState, process: ProcessState, time: EpochMs): ProcessState | null {
  if ((process.classBits & CLASS.desktop) === 0 || !isSystemPath(process.exe) || programName(process.exe) !== PORTAL)
    return null;
  let last: ProcessState | null = null;
  for (const each of host.processes.byPid.values()) {
    if ((each.classBits & CLIENT) === 0 || each.uid !== process.uid || time - each.lastSeen > CLIENT_MS) continue;
    if (last === null || each.lastSeen >= last.lastSeen) last = each;
  }
  return last;
}

/** The remembered file that a name below /run/user/UID/doc/ID stands for: the newest one of this person with that name. */
export function documentBehind(host: HostState, process: ProcessState, path: string): FileState | undefined {
  if (!path.startsWith('/run/user/')) return undefined;
  const [, , , , folder, id, name, ...rest] = path.split('/');
  if (folder !== 'doc' || id === undefined || name === undefined || rest.length > 0) return undefined;
  if (!host.files.mayKnow(name)) return undefined;
  const person = host.userName(process.uid);
  let newest: FileState | undefined;
  for (const file of host.files.byPath.entries.values()) {
    if (baseName(file.path) !== name || (newest !== undefined && file.time < newest.time)) continue;
    if (file.taints.some(taint => taint.origin.kind !== 'mailstore' && taint.origin.person === person)) newest = file;
  }
  return newest;
}
