import { resolvePath } from '../core/paths.ts';
import type { FileId, HostEvent } from '../events/host-events.ts';
import { folderNamed } from './copy-targets.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';

const UNKNOWN = '?/';
const PLACERS: ReadonlySet<string> = new Set(['mv', 'cp', 'ln', 'install']);

/**
 * mv(1), cp(1) and their like open the folder that they put things into and name the rest below it (renameat2(2), openat(2)). Where no
 * rule records that opening, only the rest is known; their last word, or that of `-t`, is the folder.
 */
export function wholePath({ exe, argv, cwd }: ProcessState, path: string): string {
  const rest = path.slice(UNKNOWN.length);
  const { name, argv: words } = calledAs(exe, argv);
  if (!PLACERS.has(name) || words.length < 3) return path;
  const folder = folderNamed(name, words) ?? words.at(-1) ?? '';
  const whole = folder === '' ? '' : resolvePath(`${folder}/${rest}`, cwd);
  return whole.startsWith('/') ? whole : path;
}

/** As `resolvePath` writes what lies in a folder that is not known. */
const isPart = ({ path }: FileId): boolean => path.startsWith(UNKNOWN);

/** The event with the whole path of what was put in place, where the record has but a part of it and the words of the program tell. */
export function withWholePath(host: HostState, told: HostEvent): HostEvent {
  const event = offDrives(told);
  if (event.kind === 'file.renamed' || event.kind === 'file.linked') {
    if (!isPart(event.to)) return event;
    const path = wholePath(host.process(event.actor, event.time), event.to.path);
    return path === event.to.path ? event : { ...event, to: { ...event.to, path } };
  }
  if (event.kind !== 'file.opened' || !event.created || !isPart(event.file)) return event;
  const path = wholePath(host.process(event.actor, event.time), event.file.path);
  return path === event.file.path ? event : { ...event, file: { ...event.file, path } };
}

const DRIVE = /^(.+)\/dosdevices\/([a-z]):(\/.*)$/i;

/**
 * Programs of wine(1) name files by drives, which are symbolic links below its prefix: by default Z: is the root of all files, C: a folder
 * of the prefix. Audit records have the name as it was given. Where another drive leads is not known.
 */
export function offDrive(path: string): string {
  const [, prefix = '', drive = '', rest = ''] = DRIVE.exec(path) ?? [];
  if (drive.toLowerCase() === 'z') return rest;
  return drive.toLowerCase() === 'c' ? `${prefix}/drive_c${rest}` : path;
}

function offDrives(event: HostEvent): HostEvent {
  switch (event.kind) {
    case 'file.opened':
    case 'file.mode-changed':
    case 'file.deleted': {
      if (!event.actor.exe.includes('wine')) return event;
      const path = offDrive(event.file.path);
      return path === event.file.path ? event : { ...event, file: { ...event.file, path } };
    }
    case 'file.renamed':
    case 'file.linked': {
      if (!event.actor.exe.includes('wine')) return event;
      const { from, to } = event;
      return { ...event, from: { ...from, path: offDrive(from.path) }, to: { ...to, path: offDrive(to.path) } };
    }
    default:
      return event;
  }
}
