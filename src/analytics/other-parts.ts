import { type Taint, type TaintStep, taintSteps, taintStrength } from '../state/taint.ts';
import type { DeliveryLink } from './delivery-link.ts';
import type { Story } from './story.ts';

/** A file that one process put together from several that were saved: archives come in parts, a part a message. */
const PARTS_MAX = 4;

/** Tells the other parts of what `told` tells of: each with its own message, as far as one is known. */
export function tellOtherParts(
  story: Story,
  told: Taint,
  origins: readonly Taint[],
  messageOf: (part: Taint) => DeliveryLink | null,
): void {
  if (told.origin.basis !== 'client-wrote') return;
  const made = taintSteps(told).filter(isMade);
  const others = origins.filter(
    each =>
      each.origin.id !== told.origin.id &&
      each.origin.basis === 'client-wrote' &&
      taintStrength(each) === 'observed' &&
      taintSteps(each).some(step => isMade(step) && made.some(other => isSame(step, other))),
  );
  for (const part of others.slice(0, PARTS_MAX)) {
    const { first } = story.taint(part);
    const link = messageOf(part);
    if (link !== null) story.link(story.delivery(link), first, 'delivery', link.strength, link.why);
  }
}

const isMade = ({ kind }: TaintStep): boolean => kind === 'file.written';
const isSame = (a: TaintStep, b: TaintStep): boolean => a.pid === b.pid && a.object === b.object;
