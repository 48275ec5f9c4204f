import { dirName, isWithin } from '../core/paths.ts';
import { type EpochMs, HOUR_MS } from '../core/time.ts';
import type { Actor, FileId, FileMoved, FileOpened } from '../events/host-events.ts';
import { firstTaint, isFresh, originOf, stepOf, writeTaint } from './carry.ts';
import { urlNamed } from './fetch-words.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { executed } from './judge-contents.ts';
import { letsIn } from './lets-in.ts';
import { notify, tellRedirected } from './notify.ts';
import { MARK } from './path-marks.ts';
import type { Place } from './places.ts';
import { isTypedAt, type ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import type { Taint } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

/** A record that names no process at all: inotify, file integrity monitors. */
export const isNobody = (actor: Actor): boolean => actor.pid < 0 && actor.exe === '';

type FileChange = FileOpened | FileMoved;

/**
 * A file came to be, or got new content, and who did it is not recorded. The likely writer is looked for among the programs
 * that the same user started shortly before; when none explains the file, a mail client, browser or messenger of that user
 * may have saved it, where such save. Everything found here is inferred.
 */
export function onAppeared(host: HostState, event: FileChange, file: FileId, created: boolean): void {
  const place = host.place(file.path);
  if (file.path === '' || place.marks & MARK.silent) return;
  if (place.marks & MARK.redirect) tellRedirected(host, host.process(event.actor, event.time), file.path, event);
  if (place.box !== '') {
    host.mark('store:appeared');
    return;
  }
  if ((place.marks & MARK.user) === 0 && !place.startsLater) return;
  if (place.marks & MARK.user) host.mark('file:appeared');
  const uid = ownerOf(host, file);
  const writer = likelyWriter(host, event.time, file, uid);
  if (writer !== null) writtenBy(host, event, file, writer);
  else if (created && place.attachmentPlace && !place.profile && !place.startsLater)
    savedBySomeClient(host, event, file, place, uid);
  ranAlready(host, event, file);
}

/** The file's owner, else the owner of the home it lies in; -1 when neither is known. */
function ownerOf(host: HostState, file: FileId): number {
  if (file.ownerUid >= 0) return file.ownerUid;
  const { identity } = host.setting;
  const owner = host.homes.owner(file.path);
  return owner === '' ? -1 : identity.uidOf(owner);
}

const WRITER_MS = 30_000;
/** How long after its start a program is thought to fill the directory it stands in. */
const UNPACKING_MS = 10_000;
/** Clocks of the two sources, and seconds without parts. */
const CLOCKS_MS = 1000;

interface Writer {
  readonly process: ProcessState;
  readonly why: string;
}

function likelyWriter(host: HostState, time: EpochMs, file: FileId, uid: number): Writer | null {
  let best: Writer | null = null;
  let score = 0;
  for (const process of host.recent) {
    const age = time - process.execTime;
    if (age < -CLOCKS_MS || age > WRITER_MS || (uid >= 0 && process.uid >= 0 && process.uid !== uid)) continue;
    if (process.classBits & (CLASS.mailClient | CLASS.desktop)) continue;
    if (process.exe === file.path || process.script === file.path) continue;
    const points = pointsFor(host, process, file, time);
    // Of equals the later started: records of one second stand in the order of arrival.
    if (points === 0 || points < score) continue;
    score = points;
    const why =
      points === NAMES
        ? 'names this file in its arguments, and the file appeared just after it was started'
        : 'works in this directory, and the file appeared just after it was started';
    best = { process, why };
  }
  return best;
}

const NAMES = 3;
const HOLDS = 2;
const MAKES = 1;
/** Programs that make files where they stand. */
const MAKERS =
  CLASS.archiver |
  CLASS.compiler |
  CLASS.build |
  CLASS.versionControl |
  CLASS.packageManager |
  CLASS.transfer |
  CLASS.interpreter;

function pointsFor(host: HostState, process: ProcessState, file: FileId, time: EpochMs): number {
  if (argumentPaths(process).includes(file.path)) return NAMES;
  const { cwd } = process;
  if (!cwd.startsWith('/') || cwd === '/' || time - process.execTime > UNPACKING_MS || isTypedAt(process)) return 0;
  const directory = dirName(file.path);
  if (isWithin(directory, cwd) && holdsAny(host, process, time)) return HOLDS;
  return directory === cwd && process.classBits & MAKERS ? MAKES : 0;
}

function holdsAny(host: HostState, process: ProcessState, time: EpochMs): boolean {
  return process.controlled !== null || process.carries.some(carry => isFresh(host, process, carry, time));
}

/** The file takes on what the likely writer holds. */
function writtenBy(host: HostState, event: FileChange, file: FileId, writer: Writer): void {
  const { process, why } = writer;
  const step = stepOf(event, 'file.written', process, 'probably writes', file.path, 'inferred', why);
  if (process.controlled !== null) {
    writeTaint(host, process, file, process.controlled, step, event);
    if (host.place(file.path).startsLater || letsIn(file.path))
      notify(host, process, event, {
        kind: 'persistence.written',
        taint: process.controlled,
        path: file.path,
        strength: 'inferred',
      });
  }
  const holders =
    process.parent === null || process.parent.classBits & CLASS.shell ? [process] : [process, process.parent];
  for (const holder of holders)
    for (const carry of holder.carries)
      if (isFresh(host, holder, carry, event.time)) writeTaint(host, process, file, carry.taint, step, event);
  if (process.classBits & CLASS.transfer && process.argv.some(word => word.includes('://'))) {
    const taint = firstTaint(
      originOf(host, process, event.time, {
        kind: 'download',
        basis: 'fetched',
        strength: 'inferred',
        person: host.userName(process.uid),
        key: `${process.pid} ${file.path}`,
        url: urlNamed(process),
      }),
      step,
    );
    remember(host, event, file, taint);
  }
}

const CLIENT_MS = 12 * HOUR_MS;

function savedBySomeClient(host: HostState, event: FileChange, file: FileId, place: Place, uid: number): void {
  const { mailClient, browser, messenger } = host.clientActivity(uid);
  const latest = Math.max(mailClient, browser, messenger);
  if (!(event.time - latest <= CLIENT_MS)) return;
  const isMail = mailClient === latest;
  const nobody = host.process(event.actor, event.time);
  const client = isMail ? CLASS.mailClient : messenger === latest ? CLASS.messenger : CLASS.browser;
  const what = isMail ? 'a mail client' : messenger === latest ? 'a messenger' : 'a browser';
  const why = `it lies where attachments and downloads are saved, and ${what} of this person was started earlier; who wrote it is not recorded`;
  const taint = firstTaint(
    originOf(host, nobody, event.time, {
      kind: isMail ? 'mail' : 'download',
      basis: 'appeared',
      strength: 'inferred',
      person: host.userName(uid) || place.owner,
      key: file.path,
      classBits: client,
    }),
    stepOf(event, 'file.appeared', nobody, 'puts', file.path, 'inferred', why),
  );
  remember(host, event, file, taint);
}

function remember(host: HostState, event: FileChange, file: FileId, taint: Taint): void {
  const state = host.files.remember(file, event.time);
  if (taintFile(state, taint)) noteOnFile(state, taint.step);
}

/** Within one second of a coarse clock a program may be recorded before the file that it is. */
function ranAlready(host: HostState, event: FileChange, file: FileId): void {
  if (event.time % 1000 !== 0) return;
  const state = host.files.find(file);
  if (state === undefined || state.taints.length === 0) return;
  for (const process of host.recent) {
    if (Math.abs(event.time - process.execTime) >= CLOCKS_MS || process.execRef === null) continue;
    if (process.exe !== file.path && process.script !== file.path) continue;
    const how = process.script === file.path ? 'interpreter-script' : 'binary';
    const started = { ...event, ref: process.execRef };
    for (const taint of state.taints) executed(host, process, taint, file.path, how, 'inferred', started);
  }
}
