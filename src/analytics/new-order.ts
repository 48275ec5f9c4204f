import type { Change } from '../events/finding.ts';
import type { Severity } from '../events/vocabulary.ts';
import type { ContentCase } from './content-cases.ts';
import type { ContentStory } from './content-story.ts';
import { byEvidence } from './factors.ts';
import { atMost } from './story.ts';

/** The case began with data that, as it seems, had their reader start a command. */
const isNewOrder = ({ runs }: ContentCase): boolean => runs.toSorted((a, b) => a.time - b.time)[0]?.how === 'new-order';

/**
 * A program that starts a command it never started before may have been changed by its owner. Only what such a command brought along
 * and ran, or left behind, tells that the data had it do so: without that there is nothing to tell.
 */
export const isMereOrder = (found: ContentCase): boolean =>
  isNewOrder(found) &&
  found.persistence.length === 0 &&
  found.runs.every(({ how }) => how === 'new-order') &&
  !found.connections.some(({ standing }) => standing === 'brought');

/** However much followed, no record shows where the order came from. Null for any other case. */
export function weighNewOrder(found: ContentCase, { story, ids }: ContentStory, severity: Severity): Severity | null {
  if (!isNewOrder(found)) return null;
  story.factor('that the content ordered the command is a guess', 0, 'medium at most', ids.runs);
  return atMost(severity, 'medium');
}

/** What would have raised such a case. */
export const orderChanges = (found: ContentCase): Change[] =>
  isNewOrder(found)
    ? [
        byEvidence(
          1,
          'a record showed that the content was run (then it may be high)',
          'it was read as data, and no record tells what a program makes of these',
        ),
      ]
    : [];
