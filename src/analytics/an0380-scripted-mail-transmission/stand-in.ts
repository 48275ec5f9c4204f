import type { StandIn } from '../../state/installed-programs.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';
import { sendId } from './tell.ts';

/**
 * A script of somebody's own that bears the name of an installed program, and starts that program in the end: whoever types the name
 * means the program, and ordered nothing that the script does first. What it says once the program is done is a notice; before a
 * program that takes on another account's rights, and asks for a password, nothing is.
 */
export function standInOf(outcomes: readonly Outcome[], job: SendJob, world: World): StandIn | null {
  for (const { send } of outcomes) {
    if (send.via === null || send.via.asked !== '') continue;
    const found = world.hosts.get(job.host)?.installed.standIn(send.via.run);
    if (found !== undefined && (found.raises || send.time < found.time)) return found;
  }
  return null;
}

export function weighStandIn(found: StandIn | null, job: SendJob, outcomes: readonly Outcome[], story: Story): void {
  if (found === null) return;
  const evidence = `${job.job} for ${found.of}`;
  const ids = outcomes.map(({ send }) => sendId(send));
  story.factor('what sends it stands in for another program', found.raises ? 2 : 1, evidence, ids);
}
