import type { EpochMs } from '../../core/time.ts';
import type { Message } from '../../state/mail/contract.ts';
import type { World } from '../../state/world.ts';

/** A destination that is a file in the queue of this host's MTA: nothing speaks SMTP to it. */
export const isQueueFile = (destination: string): boolean => destination.startsWith('/');

/** Of a send, what tells of such a file. */
interface Put {
  readonly time: EpochMs;
  readonly smtp: readonly { readonly destination: string }[];
  /** By which process of the MTA it was taken, and when; null where no record tells. */
  readonly taken: { readonly time: EpochMs; readonly pid: number } | null;
}

export const wroteQueue = ({ smtp }: Pick<Put, 'smtp'>): boolean =>
  smtp.some(({ destination }) => isQueueFile(destination));

/** The MTA logs a message right after it opened its file. */
const TAKEN_MS = 1500;
/** pickup(8) looks for files that nobody told it of every minute (master.cf(5), wakeup time). */
const WAKEUP_MS = 65_000;

/**
 * The message that a file put into the queue became: logged by the very process that took the file, in that moment. Where no record
 * tells who took it, the one local submission until the next look that nobody else is known to have handed in.
 */
export function messageTaken(
  send: Put,
  host: string,
  world: World,
  claimed: ReadonlySet<Message>,
): { readonly message: Message; readonly basis: string } | null {
  const { taken } = send;
  const within = (from: number, to: number): Message[] =>
    world.mail.submittedBetween(host, from, to, -1).filter(each => each.submitted && !claimed.has(each));
  if (taken === null) {
    const open = within(send.time - TAKEN_MS, send.time + WAKEUP_MS);
    return open.length === 1 ? { message: open[0] as Message, basis: SOLE } : null;
  }
  const apart = ({ firstTime }: Message): number => Math.abs(firstTime - taken.time);
  const [message] = within(taken.time - TAKEN_MS, taken.time + TAKEN_MS)
    .filter(({ takenByPid = -1 }) => takenByPid === taken.pid || takenByPid < 0)
    .sort((a, b) => apart(a) - apart(b));
  return message === undefined ? null : { message, basis: TAKEN };
}

const SOLE = 'the only message from this host that nothing else handed in, by when the queue is looked through again';
const TAKEN = 'the MTA took that file in this moment, and its log tells of it under the same pid';
export const isOwnWhy = (basis: string): boolean => basis === SOLE || basis === TAKEN;
