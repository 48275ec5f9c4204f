import { isNamedSo } from '../core/paths.ts';
import { type FileId, type FileOpened, type HostEvent, PEOPLE_UID } from '../events/host-events.ts';
import { acquire, isFresh, isVoid, stepOf, writeTaint } from './carry.ts';
import { isClients, savedByClient } from './client-saves.ts';
import { isForeignCode } from './code-names.ts';
import { commandFiles } from './command-files.ts';
import { inOwnContainer } from './context.ts';
import { placeOf } from './delivered-place.ts';
import { onlyStarts } from './elevation.ts';
import { isCodeName } from './execution.ts';
import { noteOnFile, taintFile } from './files.ts';
import { forgetBox } from './forget-box.ts';
import type { HostState } from './host.ts';
import { meetImage } from './image-content.ts';
import { isGivenInline, readsInline, runsInline } from './inline-code.ts';
import { letsIn } from './lets-in.ts';
import { isLoadedObject } from './loaded-objects.ts';
import { isNameless } from './nameless.ts';
import { notify, tellRedirected } from './notify.ts';
import { onlyChecks } from './only-checks.ts';
import { isOfInstallation, noteOwnRead, ownCopy } from './own-client.ts';
import { MARK } from './path-marks.ts';
import { holdersBeside } from './pipelines.ts';
import type { Place } from './places.ts';
import { type Carry, isMailSoftware, type ProcessState, tellOnce } from './processes.ts';
import { CLASS } from './programs.ts';
import { tellPutOnDisk } from './put-on-disk.ts';
import { isGivenToRead } from './python-modules.ts';
import { tellTaken } from './queue-taken.ts';
import { tellSecretRead } from './secrets.ts';
import { tellServed } from './serving.ts';
import { judgeLines } from './sourced.ts';
import { isJobCount } from './spooled-jobs.ts';
import { noteUnitRead } from './started-units.ts';
import { isCopyInStore, isOwnIndex } from './store-keepers.ts';
import { onStoreRead } from './store-reads.ts';
import { extendTaint, type Taint, taintSteps } from './taint.ts';
import { tellExecuted } from './tell.ts';
import { inferCopied, noteMade } from './unseen-moves.ts';

export function onOpened(host: HostState, event: FileOpened): void {
  const process = host.process(event.actor, event.time);
  const { file } = event;
  if (event.access !== 'write' && !event.created) {
    if (event.truncated === false) onRead(host, process, event, file);
  }
  if (event.access !== 'read' || event.created) {
    const place = host.place(file.path);
    if (place.marks & MARK.user && place.box === '') host.noteWritten(file.path);
    onWritten(host, process, file, event, event.created || event.truncated);
  }
}

function onRead(host: HostState, process: ProcessState, event: FileOpened, named: FileId): void {
  noteOwnRead(process, named.path, event.time);
  host.logins.read(process, named.path, event);
  meetImage(host, named.path, named.node, event);
  if (named.path === process.script) noteScript(process, named);
  const known = host.files.find(named);
  // A name relative to an unknown directory: the inode may be known under its full path.
  const file = named.path.startsWith('?/') ? { ...named, path: fullPath(host, named, known?.path) } : named;
  const place = placeOf(host, file, known);
  const isOurs = host.setting.ownRuns?.isOwn(host.host, process, event.time, file.path) ?? false;
  if (event.access === 'read' && !host.has('file:read') && (host.place(file.path).marks & MARK.watched) === 0)
    host.mark('file:read');
  if (place.box !== '') {
    host.mark('store:read');
    if (isOurs) return;
    onStoreRead(host, process, event, file, place, 'observed');
  }
  // What Watchpost looks at it neither runs nor carries off.
  if (!isOurs) host.papers.note(process, event, place);
  if (host.queued.any) tellTaken(host, process, event);
  if (process.controlled !== null && !isOurs) tellSecretRead(host, process, file.path, event);
  if (isOurs || known === undefined || known.taints.length === 0) return;
  for (const taint of known.taints) {
    if (isVoid(host, taint)) continue;
    const step = stepOf(event, 'file.opened', process, 'reads', file.path || known.path, 'observed', 'same file');
    const onward = extendTaint(taint, step);
    if (onward === null) continue;
    if (noteUnitRead(host, process, onward, file.path || known.path, event)) continue;
    if (judgeLines(host, process, onward, file.path || known.path, event)) {
      acquire(
        host,
        process,
        { taint: onward, time: event.time, strength: 'observed', why: `read ${file.path}` },
        event,
      );
      continue;
    }
    const inline = runsInlineText(process, file.path || known.path);
    if (inline || runsWhatItReads(process, file.path || known.path)) {
      // A program that came out of a message is content that runs, not mail that is carried off.
      if (taint.origin.kind === 'mailstore') continue;
      tellExecuted(
        host,
        process,
        onward,
        file.path || known.path,
        process.classBits & CLASS.build ? 'build' : 'interpreter-script',
        inline || isNameOnly(process, file.path || known.path) ? 'inferred' : 'observed',
        event,
      );
    } else if (taint.origin.kind !== 'mailstore' && isLoadedObject(process, file.path || known.path, event.time)) {
      tellExecuted(host, process, onward, file.path || known.path, 'loader', 'inferred', event);
    }
    if (isOwnFirst(process, taint)) continue;
    acquire(host, process, { taint: onward, time: event.time, strength: 'observed', why: `read ${file.path}` }, event);
    inferCopied(host, process, onward, event);
  }
  tellServed(host, process, event);
  tellPutOnDisk(host, process, event);
}

/** Whose the script is that an interpreter was given, it opens it to say. */
function noteScript(process: ProcessState, { ownerUid }: FileId): void {
  if (ownerUid > 0 && inOwnContainer(process)) process.trusted = false;
  process.scriptOfPerson = ownerUid >= PEOPLE_UID && ownerUid !== process.uid;
}

/**
 * A client reads back what it wrote itself a moment ago, under whatever name it gave it: an index, a part of a download. What it
 * saves next has its own beginning.
 */
const isOwnFirst = ({ pid }: ProcessState, taint: Taint): boolean =>
  taint.origin.basis === 'client-wrote' &&
  taint.origin.pid === pid &&
  taintSteps(taint).every(step => step.pid === pid);

function fullPath(host: HostState, file: FileId, tainted: string | undefined): string {
  if (tainted?.startsWith('/')) return tainted;
  return host.delivered.pathOf(file.node) || file.path;
}

/** Where no record tells the folder, a name in the arguments may be another file's. */
const isNameOnly = ({ cwd, script }: ProcessState, path: string): boolean =>
  cwd === '' && script !== path && (script !== '' || !isCodeName(path));

/** An interpreter that opens its script or a file of code; a build tool that opens a build file. */
function runsWhatItReads(process: ProcessState, path: string): boolean {
  if (onlyChecks(process.exe, process.argv) || isGivenToRead(process, path)) return false;
  if (process.script !== '' && isNamedSo(process.script, path)) return true;
  if (
    process.execSeen &&
    commandFiles(process.script || process.exe, process.argv, process.cwd).some(name => isNamedSo(name, path))
  )
    return true;
  if ((process.classBits & (CLASS.shell | CLASS.interpreter | CLASS.build)) === 0 || !process.execSeen) return false;
  if (!isCodeName(path)) return false;
  return isGivenInline(process.argv) ? !readsInline(process.argv, path) : !isForeignCode(process.exe, path);
}

const runsInlineText = (process: ProcessState, path: string): boolean =>
  (process.classBits & (CLASS.shell | CLASS.interpreter)) !== 0 &&
  process.script === '' &&
  runsInline(process.argv, path);

/** Content lands in a file: opened for writing, created, or moved there. */
export function onWritten(
  host: HostState,
  process: ProcessState,
  named: FileId,
  event: HostEvent,
  fresh: boolean,
): void {
  const file = underItsName(host, named);
  const place = host.place(file.path);
  if ((place.marks & MARK.silent && !isNameless(file.path)) || (file.path === '' && file.node < 0)) return;
  if (isJobCount(file.path)) return;
  if (place.startsLater) host.logins.written(process, file.path, event);
  if (host.files.pathOnly > 0) noteMade(host, process, file.path);
  // Its inode is used again: what lay there is gone.
  if (event.kind === 'file.opened' && event.created) {
    if (place.box === '') forgetBox(host, file);
    host.files.reused(file);
  }
  if (place.marks & MARK.installed) host.installed.written(file.path, process, event.time);
  if (fresh) host.copies.written(process.argv, process.cwd, file.path);
  if (
    place.marks & MARK.maildrop &&
    !isMailSoftware(process) &&
    !(process.trusted && process.classBits & CLASS.sender) &&
    tellOnce(process, `queue ${file.path}`)
  ) {
    process.isSender = true;
    host.queued.written(file);
    notify(host, process, event, {
      kind: 'queue.written',
      path: file.path,
    });
  }
  if (place.marks & MARK.redirect && tellOnce(process, `redirect ${file.path}`))
    tellRedirected(host, process, file.path, event);
  if (place.box === '' && isMailSoftware(process) && process.classBits & CLASS.delivery)
    host.places.learnStore(file.path);
  if (place.box !== '') {
    if (isMailSoftware(process)) delivered(host, process, file, event, place);
    if (process.controlled === null && !isCopyInStore(host, process, place)) return;
  }
  const isOwn = isOfInstallation(process, file.path, event.time);
  if (!isOwn && process.uid > 0 && place.marks & MARK.system) host.installed.putByUser(file.path);
  const isIndex = isOwnIndex(host, process, file.path, event.time);
  const count = isOwn || isIndex ? 0 : takeOn(host, process, file, event, place);
  if (count === 0 && fresh && place.attachmentPlace) host.areas.made(file.path);
  if (place.attachmentPlace && count > 0) host.own.lost(file.path);
  else if (place.attachmentPlace && event.kind === 'file.opened') host.own.written(file, process, event.created);
  if (isOwn && fresh) noteOnFile(host.files.remember(file, event.time), ownCopy(process, file.path, event));
  // Clients keep their profiles and caches in order; what anything else puts there may be a copy like any other.
  const bookkeeping = place.profile && isClients(process);
  if (
    event.kind === 'file.opened' &&
    !bookkeeping &&
    !isOwn &&
    !isIndex &&
    (place.box === '' || isCopyInStore(host, process, place))
  )
    host.writes.note(process, { file, time: event.time, order: event.order, ref: event.ref });
  if (count === 0 && fresh && event.kind === 'file.opened') {
    const known = host.files.find(file);
    if (known !== undefined) known.taints = [];
  }
  const { controlled } = process;
  if (controlled !== null && (place.startsLater || letsIn(file.path)) && tellOnce(process, `persist ${file.path}`)) {
    notify(host, process, event, {
      kind: 'persistence.written',
      taint: controlled,
      path: file.path,
    });
  }
}

/** Opened again by its descriptor, as the documents portal does, a file is still the one with a name. */
function underItsName(host: HostState, file: FileId): FileId {
  if (file.node < 0 || !isNameless(file.path)) return file;
  const known = host.files.find(file);
  return known?.path.startsWith('/') && !isNameless(known.path) ? { ...file, path: known.path } : file;
}

/** Taints that the written file takes on: from what the process runs, from what it or its pipeline holds, or because it is a client that saves. */
function takeOn(host: HostState, process: ProcessState, file: FileId, event: HostEvent, place: Place): number {
  if (onlyStarts(process) && process.controlled === null) return 0;
  const holders = holdersBeside(process);
  const count = holdsAnything(process, holders) ? takeFrom(host, process, holders, file, event) : 0;
  if (count > 0) return count;
  const saved = savedByClient(host, process, file, event, place);
  if (saved === null) return 0;
  const state = host.files.remember(file, event.time);
  if (taintFile(state, saved)) noteOnFile(state, saved.step);
  return 1;
}

/** Mostly nothing near a process holds anything, and this says so at little cost. */
function holdsAnything(process: ProcessState, holders: readonly ProcessState[]): boolean {
  if (process.controlled !== null || process.carries.length > 0) return true;
  return (process.parent !== null && process.parent.carries.length > 0) || holders.length > 0;
}

function takeFrom(
  host: HostState,
  process: ProcessState,
  holders: readonly ProcessState[],
  file: FileId,
  event: HostEvent,
): number {
  const { controlled, parent } = process;
  let count = 0;
  if (controlled !== null)
    count += take(host, process, file, event, controlled, 'observed', 'written by a process that runs the content');
  for (const carry of process.carries)
    if (isFresh(host, process, carry, event.time)) {
      const why = 'written by a process that had read the content';
      count += take(host, process, file, event, carry.taint, carry.strength, why);
    }
  if (parent !== null && (parent.classBits & CLASS.shell) === 0) {
    const why = 'written by a child of the process that had read the content';
    for (const carry of parent.carries)
      if (
        isFresh(host, parent, carry, event.time) &&
        carry.taint.origin.basis !== 'delivery-pipe' &&
        !readItsOwn(process, carry)
      )
        count += take(host, process, file, event, carry.taint, 'inferred', why);
  }
  for (const stage of holders) {
    if (stage.start > process.start + 500) continue;
    for (const carry of stage.carries)
      if (isFresh(host, stage, carry, event.time) && !readItsOwn(process, carry)) {
        const why = 'written by a process in one pipeline with the reader';
        count += take(host, process, file, event, carry.taint, 'inferred', why);
      }
  }
  return count;
}

function take(
  host: HostState,
  process: ProcessState,
  file: FileId,
  event: HostEvent,
  taint: Taint,
  strength: 'observed' | 'inferred',
  why: string,
): 1 {
  const step = stepOf(event, 'file.written', process, 'writes', file.path, strength, why);
  writeTaint(host, process, file, taint, step, event);
  return 1;
}

/** Who read a message itself writes that one, not the messages of its neighbours. */
export function readItsOwn(process: ProcessState, carry: Carry): boolean {
  return (
    carry.taint.origin.kind === 'mail' &&
    process.carries.some(own => own.strength === 'observed' && own.taint.origin.kind === 'mail')
  );
}

function delivered(host: HostState, process: ProcessState, file: FileId, event: HostEvent, place: Place): void {
  host.mark('store:written');
  host.delivered.set(file.node, process.pid, event.time, file.path);
  if (event.kind !== 'file.opened' && event.kind !== 'file.renamed') return;
  if (place.kind === 'maildir' && event.kind === 'file.renamed' && host.has('store:created')) return;
  if (event.kind === 'file.opened' && event.created) host.mark('store:created');
  notify(host, process, event, {
    kind: 'store.written',
    path: file.path,
    box: place.box,
    owner: place.owner,
  });
}
