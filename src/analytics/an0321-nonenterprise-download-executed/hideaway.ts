import { OWN_NETWORK } from '../../core/own-network.ts';
import { isHiddenScratch } from '../../state/path-marks.ts';
import type { ContentCase } from '../content-cases.ts';
import type { ContentStory } from '../content-story.ts';

/** As the URL standard writes them: IPv4 with dots, IPv6 in brackets. */
const ADDRESS = /^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$/;
export const LOOPBACK = /^(?:127\.|\[::1\])/;

/** The bare address that a URL names, of no network of a site's own; '' for a name. */
export function bareAddress(url: string): string {
  if (!URL.canParse(url)) return '';
  const { hostname } = new URL(url);
  if (!ADDRESS.test(hostname)) return '';
  return OWN_NETWORK.test(hostname) || LOOPBACK.test(hostname) ? '' : hostname;
}

/**
 * A program for people comes from a site with a name, and is kept where they find it. What comes from a bare address outside and is
 * run in a hidden place among temporary files is an intruder's tool, whatever its user did before.
 */
export function weighHideaway({ runs }: ContentCase, { story, taint, ids }: ContentStory): boolean {
  const address = bareAddress(taint.origin.url ?? '');
  const path = runs.find(run => isHiddenScratch(run.path))?.path ?? '';
  if (address === '' || path === '') return false;
  story.factor('it came from a bare address', 1, address, [ids.origin]);
  story.factor('it lies hidden among temporary files', 1, path, ids.runs);
  return true;
}
