import type { Severity } from '../../events/vocabulary.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { isExternal, type Outcome, recipientsOf } from './outcome.ts';
import { sendId } from './tell.ts';

/**
 * Too little to tell, and only as a package or the system vouches for the job: where it sends data outside that is still said. A place
 * below /usr says who should have put a program there, not who did.
 */
export function tellExcused(
  outcomes: readonly Outcome[],
  hasPayload: boolean,
  story: Story,
  world: World,
): Severity | null {
  if (!hasPayload || !story.factors.some(({ name }) => name === 'job of the system or a package')) return null;
  const outward = outcomes.filter(each => recipientsOf(each).some(address => isExternal(address, world)));
  if (outward.length === 0) return null;
  const to = [...new Set(outward.flatMap(recipientsOf))].slice(0, 5).join(', ');
  story.factor(
    'data goes outside, told whoever vouches for the job',
    0,
    to,
    outward.map(each => sendId(each.send)),
  );
  return 'informational';
}
