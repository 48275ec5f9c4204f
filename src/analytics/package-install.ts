import type { Severity } from '../events/vocabulary.ts';
import type { ContentCase } from './content-cases.ts';
import type { ContentStory } from './content-story.ts';
import { atMost } from './story.ts';

/**
 * A package was installed, and that is all: only the package manager and the package's scripts ran, or what it installed
 * was run later as any installed program is. Null when it was more: what the package brought reached out while it was being
 * installed, or a script of it did so with a tool. `quietest` is for an install that reached nothing.
 *
 * A program that was there before and connects is at its work; the package manager fetches what a package needs. Neither
 * its name nor its place tells whether a program was there before: writes into its directory do, or an earlier run.
 */
export function weighInstall(
  found: ContentCase,
  { story, main, reachedOut, ids }: ContentStory,
  severity: Severity,
  quietest: Severity,
): Severity | null {
  if (main.how !== 'package-script') return null;
  if (!found.runs.every(run => run.how === 'package-script' || run.taint.curated)) return null;
  if (!reachedOut) {
    story.factor('installed by the package manager', -3, main.command, [ids.main]);
    return atMost(severity, quietest);
  }
  const standings = new Set(found.connections.map(connection => connection.standing));
  if (standings.has('brought') || standings.has('tool') || standings.has('elsewhere')) return null;
  const named = found.connections[0]?.program ?? '';
  if (!standings.has('unknown')) {
    story.factor('only programs that were installed before connected', -3, named, ids.connections);
    return atMost(severity, 'low');
  }
  story.factor('whether the package brought what connected is not recorded', 0, 'medium at most', ids.connections);
  return atMost(severity, 'medium');
}
