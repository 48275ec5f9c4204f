import type { Severity } from '../../events/vocabulary.ts';
import type { Taint } from '../../state/taint.ts';
import type { ContentCase } from '../content-cases.ts';
import type { ContentStory } from '../content-story.ts';

export const OWN_HOST = "it came from a host of the enterprise's own domain";

/** The host that a URL names is one of a domain whose mail is delivered here: the enterprise's own. '' for any other. */
export function ownHost({ origin }: Taint, ownDomains: ReadonlySet<string>): string {
  const { url = '', isPlain = false } = origin;
  if (!isPlain || !URL.canParse(url)) return '';
  const name = new URL(url).hostname.toLowerCase().replace(/\.$/, '');
  for (const domain of ownDomains)
    if (domain.includes('.') && (name === domain || name.endsWith(`.${domain}`))) return name;
  return '';
}

/**
 * What came from the enterprise's own host came by no service of others, whatever its user browsed before. That host may have been
 * taken over: it is told, and counts for a little where what ran speaks past the site or stays.
 */
export function weighOwnHost(found: ContentCase, told: ContentStory, name: string, goesFurther: boolean): Severity {
  told.story.factor(OWN_HOST, -3, name, [told.ids.origin]);
  return goesFurther || found.persistence.length > 0 ? 'low' : 'informational';
}
