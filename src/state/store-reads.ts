import { type FileId, type HostEvent, PEOPLE_UID } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import { acquire, firstTaint, originOf, stepOf } from './carry.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import { followOrder, takeWords } from './ordered-unrecorded.ts';
import { settingsOfTheMoment } from './own-settings.ts';
import { isOwnMail } from './ownership.ts';
import { isMessagePath, type Place } from './places.ts';
import { idOf, isMailSoftware, type ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { tellPutOnDisk } from './put-on-disk.ts';
import { tellServed } from './serving.ts';
import type { TaintStep } from './taint.ts';
import { isToldToServe } from './told-to-serve.ts';
import { onlyCounts } from './tool-words.ts';
import { inferOutputs } from './unseen-moves.ts';

const BOXES_MAX = 64;
const MESSAGES_MAX = 24;

/**
 * Something read a file in a mail store. Software that serves the store, and a person's own client on the person's own
 * store, are at their work; for everything else the process now holds mail: as content that may be executed (`mail`) and
 * as data that may leave (`mailstore`). `what`: whether a message is read, or a box is named and no
 * message in it; or the server of this host is asked for it, which no record of a file can show.
 */
export function onStoreRead(
  host: HostState,
  process: ProcessState,
  event: HostEvent,
  file: FileId,
  place: Place,
  strength: 'observed' | 'inferred',
  what: 'message' | 'box' | 'asked' | 'served' | 'listed' = 'message',
): void {
  if (host.setting.ownRuns?.isOwn(host.host, process, event.time, file.path) === true) return;
  takeWords(host, process, event);
  const owner = ownerOf(host, file, place);
  const known = host.delivered.get(file.node);
  const agentPid = known?.pid ?? -1;
  const agentTime = known?.time ?? 0;
  if (isAtItsWork(host, process, file, owner)) {
    process.lastStoreRead = { path: file.path, time: event.time, agentPid, agentTime, ref: event.ref };
    return;
  }
  if (process.trusted && onlyCounts(process)) return;
  // What a server hands out of a store besides its letters, a list of their names, is none of them.
  if (what === 'message' && MAILDIR.test(place.box) && !isMessagePath(file.path) && isToldToServe(process)) return;
  const count = strength === 'observed' ? countRead(process, place.box) : 1;
  const why = strength === 'observed' ? 'the record shows the read' : WHY[what];
  const verb = VERBS[what];
  const step = stepOf(event, 'store.read', process, verb, file.path, strength, why);
  const unrecorded = strength === 'inferred' && what !== 'asked' ? 'store:read' : '';
  if (count === 1) holdsStore(host, process, event, { file, box: place.box, owner, step, unrecorded });
  // Whoever reads a whole box has no one message in hand.
  if (what !== 'message' || count > MESSAGES_MAX) return;
  const mail = firstTaint(
    originOf(host, process, event.time, {
      kind: 'mail',
      basis: 'store-read',
      strength,
      person: owner,
      key: `${idOf(process)} ${file.path}`,
      storePath: file.path,
      agentPid,
      agentTime,
    }),
    step,
    strength === 'inferred' ? 'store:read' : '',
  );
  acquire(host, process, { taint: mail, time: event.time, strength, why }, event);
}

/** What was read, and how it is told. */
interface HeldStore {
  readonly file: FileId;
  readonly box: string;
  readonly owner: string;
  readonly step: TaintStep;
  /** The telemetry for want of which it is inferred, '' for none. */
  readonly unrecorded: string;
}

/** From now on the process holds mail of that box, as data that may leave. */
export function holdsStore(
  host: HostState,
  process: ProcessState,
  event: HostEvent,
  { file, box, owner, step, unrecorded }: HeldStore,
): void {
  const { strength, why } = step;
  const store = firstTaint(
    originOf(host, process, event.time, {
      kind: 'mailstore',
      basis: 'store-read',
      strength,
      person: owner,
      key: `${idOf(process)} ${box}`,
      storePath: file.path,
      box,
    }),
    step,
    unrecorded,
  );
  notify(host, process, event, {
    kind: 'store.read',
    path: file.path,
    box,
    owner,
    ownerUid: file.ownerUid,
    taint: store,
  });
  acquire(host, process, { taint: store, time: event.time, strength, why }, event);
  tellServed(host, process, event);
  inferOutputs(host, process, store, event);
  followOrder(host, process, store, event);
  tellPutOnDisk(host, process, event);
}

const NAMED = 'the store is named in the arguments; reads are not recorded here';
/** A folder that holds nothing but messages in `cur`, `new` and `tmp`, and what is kept beside them. */
const MAILDIR = /\/\.?maildir$/i;
const READS = 'reads, in a mail store,';
const VERBS = {
  message: READS,
  box: READS,
  asked: 'asks the server of this host for',
  served: 'stands over the mail store',
  listed: READS,
} as const;
const LISTED =
  'takes the names of the files that it reads from a program in one pipeline with it whose words name the store; reads are not recorded here';
const SERVED = 'its words put it over that store, for other hosts to take from; reads are not recorded here';
const WHY = {
  message: NAMED,
  box: NAMED,
  asked: 'its words name the account for which it logs in there',
  served: SERVED,
  listed: LISTED,
} as const;

function countRead(process: ProcessState, box: string): number {
  process.storeReads ??= new Map();
  const count = (process.storeReads.get(box) ?? 0) + 1;
  if (count > 1 || process.storeReads.size < BOXES_MAX) process.storeReads.set(box, count);
  return count;
}

/**
 * The place says whose mail it is. In a home that is its person, unless the record names another: mail that was copied there by
 * root, or that is mounted there, is still its owner's.
 */
export function ownerOf(host: HostState, file: FileId, { owner }: Place): string {
  const { path, ownerUid } = file;
  const user = ownerUid >= 0 ? host.userName(ownerUid) : '';
  if (owner === '') return personOfCopy(host, file) || user;
  const isOthers = ownerUid >= PEOPLE_UID && user !== '' && host.homes.split(path)?.account === owner;
  return isOthers ? user : owner;
}

/** Of a copy among temporary files: from whose store it was taken. */
const personOfCopy = (host: HostState, file: FileId): string =>
  host.files.find(file)?.taints.find(({ origin }) => origin.kind === 'mailstore')?.origin.person ?? '';

/** By identity: where the program lies and who owns it, as whom it runs, whose store it is. Never by its name alone. */
function isAtItsWork(host: HostState, process: ProcessState, file: FileId, owner: string): boolean {
  if (isMailSoftware(process)) return true;
  if (!process.trusted) return false;
  if (process.classBits & CLASS.filter) return true;
  const plain = (process.classBits & (CLASS.shell | CLASS.interpreter | CLASS.transfer | CLASS.archiver)) === 0;
  const helper =
    plain &&
    ancestry(process, 3)
      .slice(1)
      .some(elder => elder.trusted && (elder.classBits & CLASS.mailClient) !== 0);
  const own = isOwn(host, process, file, owner);
  if (helper && own) return true;
  if (settingsOfTheMoment(process) !== '') return false;
  return own && (process.classBits & (CLASS.mailClient | CLASS.fetcher | CLASS.desktop | CLASS.sender)) !== 0;
}

function isOwn(host: HostState, process: ProcessState, file: FileId, owner: string): boolean {
  if (file.ownerUid >= 0) return file.ownerUid === process.uid;
  return isOwnMail(host, process, process.uid, { path: file.path, owner, ownerUid: -1 }) === true;
}
