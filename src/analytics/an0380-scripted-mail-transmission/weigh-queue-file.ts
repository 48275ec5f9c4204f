import { baseName } from '../../core/paths.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import { PAPERS_TOLD } from './papers.ts';
import { isQueueFile, wroteQueue } from './queue-file.ts';
import type { SendJob } from './send.ts';
import { connectionId, sendId } from './tell.ts';

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
