import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';
import { sendId } from './tell.ts';

/** Who put the program of the job where the system's lie, before the job begins. */
export function tellPutJob(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const put = job.systemOwned ? undefined : world.hosts.get(job.host)?.installed.putThere(job.job);
  const [first] = outcomes;
  if (put === undefined || put.ref === null || first === undefined || put.time > first.send.time) return;
  const id = `process.started#${put.pid}.${put.time}`;
  const who = world.userName(job.host, put.auid) || `uid ${put.auid}`;
  story.step(id, put.time, 'process.started', `in a login of ${who}: ${put.command} (pid ${put.pid})`, put.ref);
  story.link(id, sendId(first.send), 'scheduled', 'inferred', `it puts ${job.job} where it is run from`);
}
