import { baseName, dirName, isWithin } from '../core/paths.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { type Taint, taintSteps } from './taint.ts';

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

/**
 * A mail client starts a program that it wrote itself, with no shell and no launcher between, and the program's words name
 * the client's own installation: Mozilla's updater works so, copied out of the installation that it is about to replace
 * (updater.cpp: the folder of the installation is among its words). What a message brings has no say in these words. Where no
 * record tells who wrote it, the words alone say so.
 */
export function isOwnHelper(process: ProcessState, content: Taint): boolean {
  const client = process.parent;
  const isGuess = content.origin.basis === 'place';
  if (client === null || content.origin.kind !== 'mail' || (content.origin.pid !== client.pid && !isGuess))
    return false;
  if (!(client.trusted || client.handedOut) || client.controlled !== null) return false;
  if ((client.classBits & CLASS.mailClient) === 0 || client.script !== '') return false;
  if (taintSteps(content).some(step => step.pid !== client.pid && !(isGuess && step.kind === 'file.placed')))
    return false;
  const installation = dirName(client.exe);
  // Where every program lies, a word that names the folder says nothing.
  if (baseName(installation) === 'bin' || baseName(installation) === 'sbin') return false;
  return process.argv.slice(1).some(word => isWithin(word, installation));
}
