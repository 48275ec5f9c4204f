import { baseName } from '../core/paths.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { taintFile } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { extendTaint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

/**
 * What browsers and mail clients add to a file's name until it is whole: Mozilla's `.part`, Chromium's `.crdownload`,
 * WebKit's `.download`, and what others use.
 */
const UNFINISHED = ['.part', '.crdownload', '.download', '.partial', '.tmp'];
const CLIENTS = CLASS.mailClient | CLASS.browser | CLASS.messenger;
const WORDS_MAX = 32;

/**
 * A file was made or written under its own name by a program that is no client: what a client saves beside it under an
 * unfinished name is another file.
 */
export function noteMade(host: HostState, process: ProcessState, path: string): void {
  if (process.classBits & CLIENTS || host.has('file:moved')) return;
  const name = baseName(path);
  for (const ending of UNFINISHED)
    if (host.files.mayKnow(name + ending)) host.files.forget({ path: path + ending, node: -1, mode: -1, ownerUid: -1 });
}

/**
 * On a host whose records tell no renames (Sysmon for Linux has no such event), a file that a client saved keeps the name
 * that it had while it was being saved. A file in a home, handed to a program or run, that no record shows coming, is then
 * taken for the one that a client wrote beside it under the same name and such an ending. Inferred, and void as soon as
 * the host is seen to tell renames.
 */
export function inferMoves(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.files.pathOnly === 0 || host.has('file:moved')) return;
  const paths = [event.file.path, process.script, ...argumentPaths(process).slice(0, WORDS_MAX)];
  for (const path of paths) {
    if (!path.startsWith('/') || host.files.byName(path) !== undefined || host.homes.split(path) === null) continue;
    const name = baseName(path);
    for (const ending of UNFINISHED) {
      const before = host.files.mayKnow(name + ending) ? host.files.byName(path + ending) : undefined;
      if (before === undefined) continue;
      const saved = before.taints.filter(taint => (taint.origin.classBits & CLIENTS) !== 0);
      if (saved.length === 0) continue;
      const to = host.files.remember({ path, node: -1, mode: -1, ownerUid: -1 }, event.time);
      for (const taint of saved) {
        const why = 'no record tells of renames here, and its client had saved it under this name and an ending';
        const step = stepOf(event, 'file.placed', process, `finds ${path + ending} as`, path, 'inferred', why);
        const onward = extendTaint(taint, step, { assumes: 'file:moved' });
        if (onward !== null) taintFile(to, onward);
      }
      break;
    }
  }
}
