import { isWithin } from '../core/paths.ts';
import type { FileMoved } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { noteOnFile } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { extendTaint } from './taint.ts';

/**
 * A folder gets another name: whatever is known to lie in it goes along, at whatever depth, and no record names it. False
 * where nothing in it is remembered.
 */
export function moveFolder(host: HostState, process: ProcessState, event: FileMoved): boolean {
  const { from, to } = event;
  const moved = host.files.moveFolder(from.path, to.path);
  const folders = [...host.directories.entries.keys()].filter(path => isWithin(path, from.path));
  if (moved.length === 0 && folders.length === 0) return false;
  const why = 'the folder that it lies in gets another name';
  const step = stepOf(event, event.kind, process, 'renames', `${from.path} to ${to.path}`, 'observed', why);
  for (const file of moved) {
    file.taints = file.taints.map(taint => extendTaint(taint, step) ?? taint);
    noteOnFile(file, step);
  }
  for (const path of folders) {
    const held = host.directories.peek(path);
    host.directories.delete(path);
    if (held !== undefined) host.directories.set(to.path + path.slice(from.path.length), held);
  }
  return true;
}
