import type { ProcessStarted } from '../events/host-events.ts';
import { isVoid, stepOf } from './carry.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { calledAs } from './programs.ts';
import { extendTaint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

/** chown(1) by which somebody who logged in, and is root for the moment, makes a copy of mail the own account's. */
export function takesOver(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (process.uid !== 0 || host.files.byPath.size === 0) return;
  const { name, argv } = calledAs(process.exe, process.argv);
  if (name !== 'chown') return;
  const uid = actingUid(process);
  const owner = argv.slice(1).find(word => !word.startsWith('-')) ?? '';
  if (uid <= 0 || !isAccount(owner, uid, host.userName(uid))) return;
  for (const path of argumentPaths(process)) {
    for (const taint of host.files.byName(path)?.taints ?? []) {
      const { id, kind } = taint.origin;
      if (kind !== 'mailstore' || isVoid(host, taint) || !tellOnce(process, `takes over ${id}`)) continue;
      const step = stepOf(
        event,
        'file.given',
        process,
        `gives to ${host.userName(uid) || uid}`,
        path,
        'inferred',
        'named in its arguments',
      );
      const onward = extendTaint(taint, step);
      if (onward === null) continue;
      notify(host, process, event, { kind: 'store.staged', path, taint: onward, takenOver: true });
    }
  }
}

/** `clerk`, `clerk:staff`, `1003.` */
function isAccount(word: string, uid: number, name: string): boolean {
  const account = word.split(/[:.]/, 1)[0] ?? '';
  return account !== '' && (account === name || account === String(uid));
}
