import type { Severity } from '../../events/vocabulary.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { isExternal, type Outcome, recipientsOf } from './outcome.ts';
import type { SendJob } from './send.ts';
import { sendId } from './tell.ts';

/**
 * Too little to tell, and only as a package or the system vouches for the job: where that sends files, packed data or somebody's mail
 * outside, it is still said. A place below /usr says who should have put a program there, not who did. Of what a person's own program
 * has run, and of mere words and sizes, nothing is said.
 */
export function tellExcused(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): Severity | null {
  const isExcused = story.factors.some(({ name }) => name === 'job of the system or a package');
  if (!isExcused || job.context === 'interactive' || world.mail.localDomains.size === 0) return null;
  const outward = outcomes.filter(
    each => handsOver(each) && recipientsOf(each).some(address => isExternal(address, world)),
  );
  if (outward.length === 0) return null;
  const to = [...new Set(outward.flatMap(recipientsOf))].slice(0, 5).join(', ');
  const ids = outward.map(each => sendId(each.send));
  story.factor('data goes outside, told whoever vouches for the job', 0, to, ids);
  return 'informational';
}

const handsOver = ({ send }: Outcome): boolean =>
  send.attachments.length + send.encoders.length + send.packedBefore.length > 0 || send.storeOwner !== '';
