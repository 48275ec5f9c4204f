import { baseName, dirName } from '../core/paths.ts';
import type { HostEvent } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { stepOf } from './step-of.ts';
import { extendTaint, type Taint } from './taint.ts';

/** Endings of what archivers open, the longer first: what is left of the name is what they call the folder. */
const ENDINGS = '.tar.gz .tar.xz .tar.bz2 .tar.zst .tgz .txz .tbz2 .tbz .tar .zip .7z .rar .cpio .jar .iso'.split(' ');
const DEPTH_MAX = 6;

/**
 * Where no record tells of files being made, and none of the archiver: what lies in the folder that bears the name of an archive beside
 * it was unpacked from that, and an archive that came from outside brought it along. Archivers make that folder, or the archive has it.
 */
export function unpackedFrom(host: HostState, process: ProcessState, path: string, event: HostEvent): Taint | null {
  if (host.files.byPath.size === 0 || host.areas.has(path)) return null;
  let folder = dirName(path);
  for (let depth = 0; depth < DEPTH_MAX && folder.length > 1; depth++) {
    for (const ending of ENDINGS) {
      const archive = host.files.mayKnow(baseName(folder) + ending) ? host.files.byName(folder + ending) : undefined;
      const held = archive?.taints.find(taint => taint.origin.kind !== 'mailstore' && !isVoid(host, taint));
      if (held === undefined) continue;
      const why = `its folder bears the name of ${folder}${ending}; file creation is not recorded here`;
      const step = stepOf(event, 'file.placed', process, 'finds, as unpacked,', path, 'inferred', why);
      return extendTaint(held, step, { archived: true });
    }
    folder = dirName(folder);
  }
  return null;
}
