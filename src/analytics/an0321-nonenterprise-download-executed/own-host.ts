import type { Severity } from '../../events/vocabulary.ts';
import type { ContentCase } from '../content-cases.ts';
import type { ContentStory } from '../content-story.ts';

export const OWN_HOST = "it came from a host of the enterprise's own domain";

/**
 * What came from the enterprise's own host came by no service of others, whatever its user browsed before. That host may have been
 * taken over: it is told, and counts for a little where what ran speaks past the site or stays.
 */
export function weighOwnHost(found: ContentCase, told: ContentStory, name: string, goesFurther: boolean): Severity {
  told.story.factor(OWN_HOST, -3, name, [told.ids.origin]);
  return goesFurther || found.persistence.length > 0 ? 'low' : 'informational';
}
