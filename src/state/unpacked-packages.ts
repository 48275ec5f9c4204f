import { baseName, resolvePath } from '../core/paths.ts';
import { fileNamed, type ProcessStarted } from '../events/host-events.ts';
import { placeTaint } from './argument-handover.ts';
import { isVoid, stepOf } from './carry.ts';
import { folderNamed, isCopier } from './copy-targets.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { inTaintedDirectory } from './judge-contents.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs, isSystemPath } from './programs.ts';
import { extendTaint, HIDES, PUTS, type Taint } from './taint.ts';

/** dpkg-deb(1), and dpkg(1) which hands it some of these (its -R is another): the package and the folder follow. */
const UNPACKS: ReadonlyMap<string, RegExp> = new Map([
  ['dpkg-deb', /^(?:-[xXR]|--(?:extract|vextract|raw-extract))$/],
  ['dpkg', /^(?:-[xX]|--(?:extract|vextract))$/],
]);

/**
 * On hosts that record no file creation: a package file that came from outside is unpacked into a folder as any archive is. What lies
 * there is of it, though nothing was installed.
 */
export function noteUnpacked(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.has('file:written') || (process.classBits & CLASS.packageManager) === 0) return;
  const { cwd } = process;
  const { name, argv } = calledAs(process.exe, process.argv);
  const option = UNPACKS.get(name);
  if (option === undefined) return;
  const at = argv.findIndex((word, i) => i > 0 && option.test(word));
  if (at < 0 || argv[at + 2] === undefined) return;
  const [archive, folder] = [resolvePath(argv[at + 1] as string, cwd), resolvePath(argv[at + 2] as string, cwd)];
  if (!archive.startsWith('/') || !folder.startsWith('/') || isSystemPath(folder)) return;
  const known = host.files
    .byName(archive)
    ?.taints.find(each => each.origin.kind !== 'mailstore' && !isVoid(host, each));
  const taint = known ?? (host.place(archive).attachmentPlace ? placeTaint(host, process, archive, event) : null);
  if (taint === null) return;
  const why = 'named in its arguments; file creation is not recorded here';
  const step = stepOf(event, 'file.written', process, 'unpacks it into', folder, 'inferred', why);
  const onward = extendTaint(taint, step, { archived: true, assumes: 'file:written' });
  if (onward !== null) host.directories.set(folder, { taint: onward, time: event.time, uid: process.uid });
}

/**
 * On such hosts, what a copying program takes out of a folder into which foreign content was unpacked, and puts elsewhere. Where that
 * content itself has it copied, under another name and to a hidden place, it hides.
 */
export function noteCopiedOut(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.has('file:written') || host.directories.size === 0 || !isCopier(process)) return;
  const { argv } = calledAs(process.exe, process.argv);
  const words = argv.slice(1).filter(word => !word.startsWith('-'));
  const last = words.at(-1);
  if (words.length < 2 || last === undefined || folderNamed('cp', argv) !== undefined) return;
  const to = resolvePath(last, process.cwd);
  if (!to.startsWith('/') || isSystemPath(to)) return;
  for (const word of words.slice(0, -1)) {
    const from = resolvePath(word, process.cwd);
    const held = from.startsWith('/') ? inTaintedDirectory(host, process, from, event) : null;
    if (held === null || inTaintedDirectory(host, process, to, event) !== null) continue;
    // The last word is the file, or a folder that gets one of the same name.
    for (const path of [to, `${to}/${baseName(from)}`]) putThere(host, process, path, baseName(from), held, event);
  }
}

function putThere(
  host: HostState,
  process: ProcessState,
  path: string,
  name: string,
  taint: Taint,
  event: ProcessStarted,
): void {
  const hides = process.controlled?.origin.id === taint.origin.id && baseName(path) !== name && isHidden(path);
  const why = 'named in its arguments; file creation is not recorded here';
  const step = stepOf(event, 'file.written', process, hides ? HIDES : PUTS, path, 'inferred', why);
  const onward = extendTaint(taint, step, { assumes: 'file:written' });
  if (onward === null) return;
  const state = host.files.remember(fileNamed(path), event.time);
  if (taintFile(state, onward)) noteOnFile(state, step);
}

const isHidden = (path: string): boolean => path.includes('/.');
