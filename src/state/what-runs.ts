import { isWithin } from '../core/paths.ts';
import type { HostState } from './host.ts';
import type { Carry, ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { type Taint, type TaintOrigin, taintSteps } from './taint.ts';

/**
 * Content of a message runs, and the data that it holds were unpacked from the very same message: what brought that out of the
 * store had read no other there. An attachment that tells of what came along in it carries off no mail; a copy of the message is
 * mail.
 */
export function cameWithWhatRuns(host: HostState, { controlled }: ProcessState, { origin, archived }: Taint): boolean {
  const running = controlled?.origin;
  if (!archived || running?.kind !== 'mail' || running.pid !== origin.pid || running.storePath !== origin.storePath)
    return false;
  const reader = host.processes.get(origin.pid);
  return origin.box !== '' && reader !== undefined && reader.storeReads?.get(origin.box) === 1;
}

/**
 * Content of a message runs, and what was held before it ran is of the same reading that brought it out of the store: that
 * is the program, not mail that is carried off. What the running content reads itself, or hands to a tool, counts.
 */
export function isWhatRuns(
  host: HostState,
  sender: ProcessState,
  reader: ProcessState,
  { taint, time }: Carry,
): boolean {
  if (cameWithWhatRuns(host, sender, taint)) return true;
  const running = sender.controlled?.origin;
  if (running === undefined || running.kind !== 'mail' || !isSameReading(running, taint.origin)) return false;
  if (sender.controlled !== null && sharesFile(sender.controlled, taint)) return true;
  if (reader !== sender)
    return reader.controlled === null || (reader.trusted && (reader.classBits & CLASS.packageManager) !== 0);
  if (time !== sender.execTime) return time < sender.execTime;
  return sender.parent?.controlled?.origin.id !== running.id;
}

/** What is held went through the very file that runs, as it was written last: it is a copy of the program. */
function sharesFile(running: Taint, held: Taint): boolean {
  const program = taintSteps(running).findLast(step => step.kind === 'file.written');
  if (program === undefined) return false;
  const { time, order, object } = program;
  return taintSteps(held).some(
    step => step.kind === 'file.written' && step.time === time && step.order === order && step.object === object,
  );
}

const READING_MS = 10_000;

const isSameReading = (message: TaintOrigin, store: TaintOrigin): boolean =>
  store.box !== '' && isWithin(message.storePath, store.box) && Math.abs(message.time - store.time) <= READING_MS;
