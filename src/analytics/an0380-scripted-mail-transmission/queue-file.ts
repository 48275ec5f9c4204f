import { baseName } from '../../core/paths.ts';
import type { Message } from '../../state/mail/contract.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import type { Send, SendJob } from './sends.ts';
import { connectionId, sendId } from './tell.ts';

/** A destination that is a file in the queue of this host's MTA: nothing speaks SMTP to it. */
export const isQueueFile = (destination: string): boolean => destination.startsWith('/');

export const wroteQueue = ({ smtp }: Send): boolean => smtp.some(({ destination }) => isQueueFile(destination));

/** The MTA logs a message right after it opened its file. */
const TAKEN_MS = 1500;
/** pickup(8) looks for files that nobody told it of every minute (master.cf(5), wakeup time). */
const WAKEUP_MS = 65_000;

/**
 * The message that a file put into the queue became: logged by the very process that took the file, in that moment. Where no record
 * tells who took it, the one local submission until the next look that nobody else is known to have handed in.
 */
export function messageTaken(
  send: Send,
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

const PAPERS_TOLD = 5;

/** Who goes past the submission program chooses as whom the message counts, and no log tells of the program. */
export function weighQueueFiles(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const put = outcomes.filter(({ send }) => wroteQueue(send));
  if (put.length === 0) return;
  const files = put.flatMap(({ send }) => send.smtp.filter(each => isQueueFile(each.destination)));
  const ids = put.flatMap(({ send }) =>
    send.smtp.filter(each => isQueueFile(each.destination)).map(each => connectionId(send, each)),
  );
  const names = files.slice(0, PAPERS_TOLD).map(({ program, destination }) => `${baseName(program)}: ${destination}`);
  story.factor('puts a message into the queue itself, past the submission program', 2, names.join(', '), ids);
  const others = put.filter(
    ({ message }) => (message?.submittedByUid ?? -1) >= 0 && message?.submittedByUid !== job.uid,
  );
  const [first] = others;
  if (first === undefined) return;
  const uid = first.message?.submittedByUid ?? -1;
  const whose = world.userName(job.host, uid) || `uid ${uid}`;
  const by = world.userName(job.host, job.uid) || `uid ${job.uid}`;
  story.factor(
    'counts as a message of another account',
    1,
    `the MTA takes it for one of ${whose}; ${by} put it there`,
    others.map(({ send }) => sendId(send)),
  );
}

/** Files of people that the program read right before. */
export function weighPapers(outcomes: readonly Outcome[], story: Story): void {
  const reading = outcomes.filter(({ send }) => send.papers.length > 0);
  const papers = [...new Set(reading.flatMap(({ send }) => send.papers.map(({ path }) => path)))];
  if (papers.length === 0) return;
  const more = papers.length > PAPERS_TOLD ? ` and ${papers.length - PAPERS_TOLD} more` : '';
  story.factor(
    "people's files read right before by what sends",
    2,
    `${papers.slice(0, PAPERS_TOLD).join(', ')}${more}`,
    reading.map(({ send }) => sendId(send)),
  );
}

export const paperId = ({ papers }: Send, index: number): string =>
  `file.opened#${papers[index]?.time}.${papers[index]?.order}`;

export function tellPapers(send: Send, story: Story): void {
  for (const [index, paper] of send.papers.slice(0, PAPERS_TOLD).entries()) {
    const id = paperId(send, index);
    story.step(id, paper.time, 'file.opened', `${send.program} (pid ${send.pid}) reads ${paper.path}`, paper.ref);
    story.link(sendId(send), id, 'process-tree', 'observed', 'the same process');
  }
}
