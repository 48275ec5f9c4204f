import { baseName, dirName, isWithin } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { HostEvent, ProcessStarted } from '../events/host-events.ts';
import { findElder } from './ancestry.ts';
import { stepOf } from './carry.ts';
import type { FileState } from './files.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { type Taint, type TaintOrigin, type TaintStep, taintSteps } from './taint.ts';

/**
 * A program in a system place that belongs to the very user who runs it: root gave that user the folder, so that the program
 * can keep itself up to date there (a vendor's archive in /opt). Its user can put another program in its place, so it is not
 * trusted; but who has no such folder cannot make one. Asked only of what would be trusted but for its owner.
 */
export const isHandedOut = ({ file, actor }: ProcessStarted): boolean =>
  file.ownerUid > 0 && file.ownerUid === actor.uid;

/** A word that names a file, a host or a person. */
const NAMES_SOMETHING = /[/:@]/;

/**
 * A mail client that was handed to its user and started as clients are: no word says what to read or where to send. Another
 * program under its name (a copy of rsync, of an interpreter) has to be told.
 */
export const isOwnClient = ({ handedOut, classBits, argv, controlled }: ProcessState): boolean =>
  handedOut &&
  controlled === null &&
  (classBits & CLASS.mailClient) !== 0 &&
  !argv.slice(1).some(word => NAMES_SOMETHING.test(word));

/** Who read the mail, or that very client started again by its user: it finds what it had written before it was closed or crashed. */
export const isReaderAgain = (process: ProcessState, { pid, program, uid }: TaintOrigin): boolean =>
  process.pid === pid || (isOwnClient(process) && process.exe === program && process.uid === uid);

/**
 * The folder of a mail client's installation; '' for any other program, for a client that content of a message runs in, and
 * where the folder is one of all programs.
 */
function installationOf({ classBits, trusted, handedOut, script, controlled, exe }: ProcessState): string {
  if ((classBits & CLASS.mailClient) === 0 || !(trusted || handedOut) || script !== '' || controlled !== null)
    return '';
  const folder = dirName(exe);
  const isShared = baseName(folder) === 'bin' || baseName(folder) === 'sbin' || folder.split('/').length < 3;
  return isShared ? '' : folder;
}

/**
 * A mail client starts a program that it wrote itself, with no shell and no launcher between, and the program's words name
 * the client's own installation: Mozilla's updater works so, copied out of the installation that it is about to replace
 * (updater.cpp: the folder of the installation is among its words). What a message brings has no say in these words. Where no
 * record tells who wrote it, the words alone say so.
 */
export function isOwnHelper(process: ProcessState, content: Taint): boolean {
  const client = process.parent;
  const isGuess = content.origin.basis === 'place';
  if (client === null || content.origin.kind !== 'mail') return false;
  // What a client wrote before it was closed or crashed, it reads when it is started again.
  const isClients = ({ pid, program }: { readonly pid: number; readonly program: string }): boolean =>
    pid === client.pid || program === client.exe;
  if (!isClients(content.origin) && !isGuess) return false;
  if (taintSteps(content).some(step => !isClients(step) && !(isGuess && step.kind === 'file.placed'))) return false;
  const installation = installationOf(client);
  return installation !== '' && process.argv.slice(1).some(word => isWithin(word, installation));
}

/** How a helper is said to run, and known again by it. */
export const AS_HELPER = 'runs, as a helper of its client,';

/**
 * A client's helper starts the client anew, or another program of its installation: what runs then is no content of a message,
 * as far as no record shows that it came out of one.
 */
export function leaveHelper(process: ProcessState, file: FileState | undefined): void {
  const { controlled, exe, trusted, handedOut, script } = process;
  if (controlled === null || controlled.step.verb !== AS_HELPER || !(trusted || handedOut) || script !== '') return;
  if ((file?.taints ?? []).length > 0) return;
  const client = findElder(process, 2, elder => installationOf(elder) !== '');
  if (client !== undefined && isWithin(exe, installationOf(client))) process.controlled = null;
}

/** A client reads a file of its own installation. */
export function noteOwnRead(client: ProcessState, path: string, time: EpochMs): void {
  const installation = (client.classBits & CLASS.mailClient) === 0 ? '' : installationOf(client);
  if (installation !== '' && isWithin(path, installation)) client.ownRead = { name: baseName(path), time };
}

const COPY_MS = 1000;

/**
 * What is written is no mail, though the writer or its parent holds some: a client puts a file of its own installation
 * somewhere else under the same name, right after it read it; or the client, or a program that it started, writes into the
 * installation. Never what content of a message does that runs.
 */
export function isOfInstallation(process: ProcessState, path: string, time: EpochMs): boolean {
  const { parent, ownRead } = process;
  if ((((parent?.classBits ?? 0) | process.classBits) & CLASS.mailClient) === 0 || process.controlled !== null)
    return false;
  if (ownRead !== null && ownRead.name === baseName(path) && time - ownRead.time <= COPY_MS && readLast(process))
    return true;
  return [process, parent].some(each => {
    const installation = each === null ? '' : installationOf(each);
    return installation !== '' && isWithin(path, installation);
  });
}

/** The client has read no message since it read the file of its installation. */
const readLast = ({ ownRead, carries, lastStoreRead }: ProcessState): boolean =>
  ownRead !== null && carries.every(({ time }) => time <= ownRead.time) && (lastStoreRead?.time ?? 0) <= ownRead.time;

const COPIED = 'file.copied';

export const ownCopy = (process: ProcessState, path: string, event: HostEvent): TaintStep =>
  stepOf(
    event,
    COPIED,
    process,
    'copies out of its own installation',
    path,
    'observed',
    'read just before, by this name',
  );

/** Whose file it was is recorded: where it lies says nothing of who brought it in. */
export const isOwnCopy = (file: FileState | undefined): boolean =>
  file?.notes.some(({ kind }) => kind === COPIED) === true;
