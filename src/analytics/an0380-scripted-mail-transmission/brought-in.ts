import { isHiddenScratch } from '../../state/path-marks.ts';
import type { World } from '../../state/world.ts';
import { ownHost } from '../own-domain.ts';
import type { Story } from '../story.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';
import { sendId } from './tell.ts';

/** The sends of a program that an outsider wrote, none where the enterprise's own host served it. */
function foreignSends(outcomes: readonly Outcome[], world: World): Outcome[] {
  const foreign = outcomes.filter(({ send }) => send.broughtIn !== null);
  const origin = foreign[0]?.send.broughtIn ?? null;
  return origin === null || ownHost(origin, world.mail.localDomains) !== '' ? [] : foreign;
}

/**
 * An outsider's program decides what it sends: whoever started it at a terminal did not write it. A mailer that somebody fetched and
 * tells at the prompt whom to write to is a tool of that person.
 */
export const isOutsidersOrder = (job: SendJob, outcomes: readonly Outcome[], world: World): boolean =>
  !job.systemOwned &&
  foreignSends(outcomes, world).some(({ send }) => !send.isWholeJob || send.recipients.length === 0);

/** A program that an outsider wrote, or one that is kept where nobody looks, sends mail. */
export function weighProgram(job: SendJob, outcomes: readonly Outcome[], story: Story, world: World): void {
  const foreign = foreignSends(outcomes, world);
  const origin = foreign[0]?.send.broughtIn ?? null;
  if (origin !== null) {
    const evidence =
      origin.kind === 'mail' ? `out of mail, by ${origin.program}` : origin.url || `by ${origin.program}`;
    story.factor(
      'what sends it came from outside',
      2,
      evidence,
      foreign.map(({ send }) => sendId(send)),
    );
  }
  if (isHiddenScratch(job.job))
    story.factor(
      'what sends it lies hidden among temporary files',
      1,
      job.job,
      outcomes.map(({ send }) => sendId(send)),
    );
}
