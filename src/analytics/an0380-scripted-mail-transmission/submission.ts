import type { Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { World } from '../../state/world.ts';
import type { Send, SendJob } from './send.ts';

/** A message that a job handed in, and by what it is known to be the job's. */
export interface Submission {
  readonly message: Message;
  readonly basis: string;
}

/** Such an MTA takes a message while the program that hands it in waits. */
const AT_ONCE_MS = 1500;

/**
 * Which of the local submissions is this job's: by the uid that the MTA logged (Postfix pickup, Sendmail ctladdr), by the account's
 * name (Exim `U=`, Sendmail `relay=user@localhost`), and, where the MTA logs neither (OpenSMTPD), only if it goes to somebody whom
 * the send names, or is the one submission of that moment.
 */
export function submissionOf(
  messages: readonly Message[],
  job: SendJob,
  world: World,
  nearest: (messages: readonly Message[]) => Message | null,
  { recipients, time }: Pick<Send, 'recipients' | 'time'>,
): Submission | null {
  const name = world.userName(job.host, job.uid);
  const byUid = nearest(messages.filter(each => each.submittedByUid >= 0 && each.submittedByUid === job.uid));
  if (byUid !== null) return { message: byUid, basis: 'local submission by the same uid' };
  const unsaid = messages.filter(each => each.submittedByUid < 0);
  const byName = nearest(unsaid.filter(each => name !== '' && each.submittedByUser === name));
  if (byName !== null) return { message: byName, basis: 'local submission by the account of the same name' };
  // Of what the MTA wrote itself, nobody is the submitter.
  const open = (name === '' ? unsaid : unsaid.filter(each => each.submittedByUser === '')).filter(
    each => !(each.senderKnown && each.sender === ''),
  );
  const meant = open.filter(each =>
    [...deliveriesOf(each)].some(({ recipient }) => recipients.includes(recipient.toLowerCase())),
  );
  const atOnce = open.filter(({ firstTime }) => Math.abs(firstTime - time) <= AT_ONCE_MS);
  const sole = open.length === 1 ? open : atOnce;
  const one = meant.length > 0 ? nearest(meant) : sole.length === 1 ? (sole[0] as Message) : null;
  return one === null ? null : { message: one, basis: 'local submission, whose submitter the MTA does not log,' };
}

const HOPS_MAX = 3;
const TAKEN_OVER_MS = 60_000;

/**
 * The message under the id that tells its fate. Sendmail's submission program hands it to the daemon of the same host, and its log
 * names the id that it has there.
 */
export function carriedOn(message: Message, world: World): Message {
  let last = message;
  for (let hops = 0; hops < HOPS_MAX; hops++) {
    const { host, queueId, firstTime, lastTime } = last;
    const next = world.mail
      .receivedBetween(host, firstTime - 1000, lastTime + TAKEN_OVER_MS)
      .find(each => each.origin === 're-injected' && each.originQueueId === queueId && each !== last);
    if (next === undefined) return last;
    last = next;
  }
  return last;
}
