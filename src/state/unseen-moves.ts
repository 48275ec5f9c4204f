import { baseName } from '../core/paths.ts';
import { HOUR_MS } from '../core/time.ts';
import { fileNamed, type HostEvent, type ProcessStarted } from '../events/host-events.ts';
import { isVoid, stepOf } from './carry.ts';
import { targetsNamed } from './copy-targets.ts';
import { taintFile } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, isOfSite, isSystemPath } from './programs.ts';
import { extendTaint, PUTS, type Taint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';
import { packedNamed } from './written-by-words.ts';

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
  for (const ending of UNFINISHED) if (host.files.mayKnow(name + ending)) host.files.forget(fileNamed(path + ending));
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
      const to = host.files.remember(fileNamed(path), event.time);
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

/**
 * Rules that record writes name folders, and whoever copies may choose another: a mount point, a folder made for it. What is
 * run from where no record shows it coming is taken for what a copying program of the last hour had read and, by its words,
 * put there.
 */
export function inferCopies(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.files.pathOnly > 0) for (const path of targetsNamed(process)) forgetInferred(host, path);
  // Most programs are the system's own.
  const { path } = event.file;
  if (!isSystemPath(path)) inferCopy(host, path, event);
  if (process.script !== '' && process.script !== path && !isSystemPath(process.script))
    inferCopy(host, process.script, event);
}

function inferCopy(host: HostState, path: string, event: ProcessStarted): void {
  if (!path.startsWith('/') || host.files.byName(path) !== undefined) return;
  const copier = host.recent.findLast(each => event.time - each.execTime <= HOUR_MS && targetsOf(each).includes(path));
  if (copier === undefined) return;
  for (const { taint, strength, time } of copier.carries)
    if (strength === 'observed' && !isVoid(host, taint))
      putAt(host, copier, path, taint, { time, order: event.order, ref: copier.execRef });
}

/** The same, where the target's part of the file system leaves no record of writes: whenever it is run, and whoever runs it. */
export function inferCopied(host: HostState, process: ProcessState, taint: Taint, event: HostEvent): void {
  if (!host.has('file:written') || taint.origin.kind === 'mailstore') return;
  for (const path of targetsOf(process)) {
    if (host.areas.has(path) || (isSystemPath(path) && !isOfSite(path))) continue;
    const known = host.files.byName(path);
    // That it was given the file is told before it is seen to read it, which is surer.
    if (known?.taints.every(held => isPutBy(process, held) && held.origin.id === taint.origin.id) === true)
      host.files.forget(fileNamed(path));
    else if (known !== undefined) continue;
    putAt(host, process, path, taint, event);
  }
}

const isPutBy = ({ pid }: ProcessState, { step }: Taint): boolean =>
  step.pid === pid && step.kind === 'file.written' && step.strength === 'inferred';

/** Whatever was taken to lie there, something is put there now. */
function forgetInferred(host: HostState, path: string): void {
  const known = host.files.mayKnow(baseName(path)) ? host.files.byName(path) : undefined;
  if (known !== undefined && known.node < 0) host.files.forget(fileNamed(path));
}

const NONE: readonly string[] = [];
const targetsOf = (process: ProcessState): readonly string[] =>
  process.carries.length === 0 ? NONE : targetsNamed(process);

/** Where a program puts what it packs or copies, by its words. */
export function outputsOf(process: ProcessState): readonly string[] {
  const packed = packedNamed(process);
  const copied = targetsOf(process);
  return copied.length === 0 ? packed : [...packed, ...copied];
}

/**
 * Who packs or copies a mail store to where no rule watches (another disk, a folder made for it) puts it, by the words of the
 * program, at this path: what is later sent from there is that. Where writes are recorded, they tell it themselves; on a host
 * that records none anywhere, time alone joins what follows.
 */
export function inferOutputs(host: HostState, process: ProcessState, taint: Taint, event: HostEvent): void {
  if (!host.has('file:written')) return;
  for (const path of outputsOf(process)) {
    if (host.areas.has(path) || isSystemPath(path)) continue;
    if (host.files.byName(path)?.taints.some(held => !isVoid(host, held)) === true) continue;
    putAt(host, process, path, taint, event);
  }
}

/** By its words the program put what it had read at this path. */
export function putAt(
  host: HostState,
  process: ProcessState,
  path: string,
  taint: Taint,
  when: Parameters<typeof stepOf>[0],
  why = 'its words name this target, and no record tells of files there',
): Taint | null {
  const onward = extendTaint(taint, stepOf(when, 'file.written', process, PUTS, path, 'inferred', why));
  if (onward !== null) taintFile(host.files.remember(fileNamed(path), when.time), onward);
  return onward;
}
