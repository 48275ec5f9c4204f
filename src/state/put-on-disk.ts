import type { HostEvent } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
import type { HostState } from './host.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { tellStaged } from './tell.ts';
import { outputsOf, putAt } from './unseen-moves.ts';

/**
 * Data of a mail store that the process holds are told as put on another disk, where its words say so and no record tells of files
 * there: what is plugged in lies outside the folders that rules name.
 */
export function tellPutOnDisk(host: HostState, process: ProcessState, event: HostEvent): void {
  if (process.carries.length === 0 || !process.execSeen) return;
  const path = outputsOf(process).find(to => host.mounts.mayHold(to) && !host.areas.has(to));
  if (path === undefined) return;
  for (const { taint } of process.carries) {
    if (taint.origin.kind !== 'mailstore' || isVoid(host, taint)) continue;
    if (!tellOnce(process, `disk ${taint.origin.id}`)) continue;
    const onward = putAt(host, process, path, taint, event);
    if (onward !== null) tellStaged(host, process, path, onward, event);
  }
}
