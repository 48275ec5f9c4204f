import { byWords } from '../core/by-words.ts';
import { baseName, resolvePath } from '../core/paths.ts';
import { HOUR_MS } from '../core/time.ts';
import { fileNamed, type HostEvent, type ProcessStarted } from '../events/host-events.ts';
import { readByUrl } from './asked-mail.ts';
import { acquire, firstTaint, isVoid, originOf, stepOf } from './carry.ts';
import { mailBefore, webBefore } from './clients-seen.ts';
import { isDetacher } from './context.ts';
import { actingUid } from './elevation.ts';
import { setsExecute } from './execute-mode.ts';
import { type FileState, noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { readByList } from './listed-names.ts';
import { opensImage } from './mounted-images.ts';
import { readToSend, readToServe, storeNamed } from './named-stores.ts';
import { partsTaken } from './parts-by-words.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { tellPutOnDisk } from './put-on-disk.ts';
import { onStoreRead } from './store-reads.ts';
import { extendTaint, type Taint, type TaintStep } from './taint.ts';
import { argumentPaths } from './tool-words.ts';
import { inferCopied, inferOutputs } from './unseen-moves.ts';

/** Tainted files and mail stores named in the arguments: handed over, though no read may have been recorded. */
export function handedByArguments(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (process.classBits & (CLASS.shell | CLASS.desktop | CLASS.packageManager)) return;
  readByUrl(host, process, event);
  readToServe(host, process, event);
  readByList(host, process, event);
  if (programName(process.exe) === 'doveadm' && !host.has('store:read')) readByDoveadm(host, process, event);
  const anyFiles = host.files.byPath.size > 0;
  const readsRecorded = host.has('store:read');
  // On a host that records reads and writes, only files already known to be tainted matter: ask by the last part of the name.
  if (readsRecorded && host.has('file:written') && !(anyFiles && namesKnownFile(host, process.argv))) return;
  // What follows setsid(1) and its like is a command: the program that they become is given its words once more.
  const startsOthers = isDetacher(process.exe);
  for (const path of argumentPaths(process)) {
    const known = anyFiles && host.files.mayKnow(baseName(path)) ? fileAt(host, process, path) : undefined;
    if (known !== undefined) {
      for (const taint of known.taints) {
        if (
          isVoid(host, taint) ||
          (taint.origin.kind === 'mailstore' && (path === process.script || path === process.exe || startsOthers))
        )
          continue;
        const whole = path.startsWith('?/') ? known.path : path;
        const isWhole = whole === path;
        const named = isWhole ? 'named in its arguments' : NAMED_SO;
        const step = stepOf(event, 'process.started', process, 'is given', whole, 'inferred', named);
        const onward = extendTaint(taint, step);
        if (onward === null) continue;
        const why = `${whole} is named in its arguments`;
        acquire(host, process, { taint: onward, time: event.time, strength: 'inferred', why }, event);
        if (taint.origin.kind === 'mailstore') inferOutputs(host, process, onward, event);
        else if (!host.has('file:read')) inferCopied(host, process, onward, event);
      }
    }
    const store = readsRecorded ? null : storeNamed(host, path);
    if (
      store !== null &&
      (holdsContent(process) || movesOut(host, process, path)) &&
      tellOnce(process, `named ${store.place.box}`)
    )
      onStoreRead(host, process, event, fileNamed(path), store.place, 'inferred', store.what);
    if (known === undefined && path.startsWith('/') && !host.has('file:written')) fromPlace(host, process, path, event);
  }
  readToSend(host, process, event);
  tellPutOnDisk(host, process, event);
}

const NAMED_SO = 'its arguments name such a file, in a folder that no record tells';

/**
 * Where records have no working directories, a relative name is the one file of that name that came to the same user; the program
 * might stand anywhere.
 */
function fileAt(host: HostState, process: ProcessState, path: string): FileState | undefined {
  if (!path.startsWith('?/') || host.has('process:placed')) return host.files.byName(path);
  const known = host.files.onlyNamed(path.slice(path.startsWith('?/./') ? 4 : 2));
  return known?.taints.some(({ origin }) => origin.uid === process.uid) === true ? known : undefined;
}

/** mv(1) or ln(1) from a store to somewhere else. */
function movesOut(host: HostState, process: ProcessState, from: string): boolean {
  const name = programName(process.exe);
  if (name !== 'mv' && name !== 'ln') return false;
  const to = resolvePath(process.argv.at(-1) ?? '', process.cwd);
  return to !== from && host.place(to).box === '' && host.place(`${to}/x`).box === '';
}

const DOVEADM_READS = new Set(['fetch', 'backup', 'sync', 'dump', 'search', 'copy', 'import']);

/** doveadm(1) reads boxes by user name, not by path. */
function readByDoveadm(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { argv } = process;
  if (!argv.some(word => DOVEADM_READS.has(word))) return;
  const at = argv.indexOf('-u');
  const owner = at > 0 ? (argv[at + 1] ?? '') : '';
  const box = `mail of ${owner || (argv.includes('-A') ? 'all users' : 'a user')}`;
  const place = { ...host.place('/var/mail/x'), box, owner };
  onStoreRead(host, process, event, fileNamed(box), place, 'inferred', 'box');
}

/** Programs that take in what they are given, rather than list, move or delete it. */
function holdsContent(process: ProcessState): boolean {
  const name = programName(process.exe);
  return (
    (process.classBits & (CLASS.archiver | CLASS.transfer | CLASS.sender | CLASS.interpreter)) !== 0 ||
    name === 'cp' ||
    name === 'cat' ||
    name === 'dd' ||
    name === 'install' ||
    name === 'grep' ||
    name === 'tee' ||
    name === 'head' ||
    name === 'tail' ||
    partsTaken(process) !== null
  );
}

/**
 * On hosts that record no file creation, what is given by its path from where attachments and downloads lie: an archive, or a
 * file to a program that passes it on (`cat x | sh`) or puts it elsewhere (`cp x y`).
 */
function fromPlace(host: HostState, process: ProcessState, path: string, event: ProcessStarted): void {
  if ((process.classBits & CLASS.archiver) === 0 && !opensImage(process)) {
    if (!host.place(path).attachmentPlace) return;
    const name = programName(process.exe);
    if (COPIES.has(name)) return putElsewhere(host, process, path, event);
    if (!PASSES_ON.has(name)) return;
  }
  if (!host.place(path).attachmentPlace && !isLikelySaved(host, process, path, event)) return;
  const taint = placeTaint(host, process, path, event);
  acquire(
    host,
    process,
    { taint, time: event.time, strength: 'inferred', why: 'its path is where attachments and downloads lie' },
    event,
  );
}

const PASSES_ON = new Set(['cat', 'sed', 'head', 'tail', 'tr', 'dd', 'gpg', 'xxd', 'rev', 'iconv']);
const COPIES = new Set(['cp', 'mv', 'install', 'ln']);

/** The target is the last word: the file itself, or a folder that gets one of the same name. */
function putElsewhere(host: HostState, process: ProcessState, from: string, event: ProcessStarted): void {
  const to = resolvePath(process.argv.at(-1) ?? '', process.cwd);
  if (to === from || !to.startsWith('/') || to === '/') return;
  const step = stepOf(event, 'file.written', process, 'puts it at', to, 'inferred', 'named in its arguments');
  const taint = extendTaint(placeTaint(host, process, from, event), step, { assumes: 'file:written' });
  if (taint === null) return;
  for (const path of [to, `${to}/${baseName(from)}`]) {
    const state = host.files.remember(fileNamed(path), event.time);
    if (taintFile(state, taint)) noteOnFile(state, step);
  }
}

const ARCHIVE = /\.(?:zip|tar|tgz|tbz2?|txz|gz|bz2|xz|7z|rar|jar|cpio|iso|img|squashfs|zst)$/i;
const CLIENT_MS = 12 * HOUR_MS;

/** An archive in a home, unpacked by somebody whose mail client or browser ran earlier that day. */
function isLikelySaved(host: HostState, process: ProcessState, path: string, event: ProcessStarted): boolean {
  if (!ARCHIVE.test(path) || host.homes.split(path) === null) return false;
  const { mailClient, browser, messenger } = host.clientActivity(actingUid(process));
  return event.time - Math.max(mailClient, browser, messenger) <= CLIENT_MS;
}

export function placeTaint(host: HostState, process: ProcessState, path: string, event: HostEvent): Taint {
  // Whoever logged in had the client open, whatever account sudo then took on.
  const uid = actingUid(process);
  const activity = host.clientActivity(uid);
  const isMail = activity.mailClient > Math.max(activity.browser, activity.messenger);
  const classBits = isMail
    ? CLASS.mailClient
    : activity.messenger > activity.browser
      ? CLASS.messenger
      : activity.browser > Number.NEGATIVE_INFINITY
        ? CLASS.browser
        : 0;
  // Who makes it executable has found it before it is run.
  const chmod = chmodOf(host, path, event);
  const when = chmod === null ? event : { time: chmod.execTime, order: event.order, ref: chmod.execRef };
  const step = stepOf(
    when,
    'file.placed',
    chmod ?? process,
    host.areas.isMade(path)
      ? 'finds, where attachments and downloads are kept, put there by a program that nothing ties to a message or a download,'
      : 'finds, where attachments and downloads are kept and with no record of who put it there,',
    path,
    'inferred',
    'the place says so',
  );
  const first = firstTaint(
    originOf(host, process, event.time, {
      kind: isMail ? 'mail' : 'download',
      basis: 'place',
      strength: 'inferred',
      person: host.userName(uid),
      key: `${path} ${process.uid}`,
      classBits,
      beside: isMail ? mailBefore(host, process, event.time) : webBefore(host, process, event.time),
    }),
    step,
  );
  return withMode(host, first, path, event);
}

/** The taint of a file of which no record of its mode is kept, with chmod(1) that names it. */
export function withMode(host: HostState, taint: Taint, path: string, event: HostEvent): Taint {
  const made = madeExecutable(host, path, event);
  return made === null ? taint : (extendTaint(taint, made) ?? taint);
}

/** chmod(1) with this file among its words, of late: of a file that nobody knew, no record of its mode is kept. */
function chmodOf(host: HostState, path: string, event: HostEvent): ProcessState | null {
  const chmod = host.recent.findLast(
    each =>
      event.time - each.execTime <= HOUR_MS &&
      programName(each.exe) === 'chmod' &&
      each.argv.some(setsExecute) &&
      argumentPaths(each).includes(path),
  );
  return chmod ?? null;
}

function madeExecutable(host: HostState, path: string, event: HostEvent): TaintStep | null {
  const chmod = chmodOf(host, path, event);
  if (chmod === null) return null;
  return stepOf(
    { time: chmod.execTime, order: event.order, ref: chmod.execRef },
    'file.made-executable',
    chmod,
    'makes executable',
    path,
    'inferred',
    'named in its arguments',
  );
}

/** A word ends in the name of a file that is remembered: `x`, `dir/x`, `-Tx`, `--file=x`, `@x`. */
function namesKnownFile(host: HostState, argv: readonly string[]): boolean {
  for (const name of namesIn(argv)) if (host.files.mayKnow(name)) return true;
  return false;
}

/** What may be the last part of a file's name, of each word. */
const namesIn = byWords((argv): readonly string[] => {
  const names = new Set<string>();
  for (let i = 1; i < argv.length && i < 64; i++) {
    const word = argv[i] as string;
    if (word.length === 0 || word.length > 1024) continue;
    names.add(word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('='), word.lastIndexOf('@')) + 1));
    names.add(baseName(word));
    if (word.startsWith('-') && word.length > 3) names.add(word.slice(2));
  }
  return [...names];
});
