import { DAY_MS } from '../../core/time.ts';
import type { TableSet } from '../../state/job-tables.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import { isMoreThanNotice } from './printed.ts';
import type { SendJob } from './send.ts';
import { sendId } from './tell.ts';

/** Long enough for a weekly line. */
const NEW_MS = 8 * DAY_MS;

const setId = ({ pid, time }: TableSet): string => `table.set#${pid}.${time}`;

/**
 * Where only set-user-ID programs are recorded, of a cron job nothing is seen but that it mails; elsewhere this is asked of what cron
 * mails by itself. Its table was set by a login without a terminal, no mail of such a job went before, and all that goes since is
 * larger than a notice and goes outside.
 */
export function newJobOf(job: SendJob, outcomes: readonly Outcome[], world: World): TableSet | null {
  const host = world.hosts.get(job.host);
  if (host === undefined || job.context !== 'cron' || job.systemOwned) return null;
  if (host.has('process:ordinary') && !outcomes.every(({ send }) => send.printed)) return null;
  const first = Math.min(...outcomes.map(({ send }) => send.time));
  const set = host.tables.before(job.uid, first);
  if (set === undefined || !set.unattended || first - set.time > NEW_MS) return null;
  return outcomes.every(each => isMoreThanNotice(each, world)) ? set : null;
}

export function weighNewJob(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const set = newJobOf(job, outcomes, world);
  if (set === null) return;
  const ids = outcomes.map(({ send }) => sendId(send));
  story.factor('a job set up without a terminal, which mails at once', 1, set.command, [setId(set), ...ids]);
  const bytes = Math.max(...outcomes.map(({ message }) => message?.sizeBytes ?? 0));
  story.factor('more than a note for outside', 1, `${bytes} bytes`, ids);
}

/** Who set the table, before the job begins. */
export function tellNewJob(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const set = newJobOf(job, outcomes, world);
  const [first] = outcomes;
  if (set === null || first === undefined) return;
  const who = world.userName(job.host, job.uid) || `uid ${job.uid}`;
  story.step(
    setId(set),
    set.time,
    'table.set',
    `${who} sets the table of jobs: ${set.command} (pid ${set.pid})`,
    set.ref,
  );
  story.link(
    setId(set),
    sendId(first.send),
    'scheduled',
    'inferred',
    'the first mail of these jobs after the table was set',
  );
}
