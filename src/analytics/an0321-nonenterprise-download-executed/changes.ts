import { counted } from '../../core/counted.ts';
import type { Change } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import type { ContentCase } from '../content-cases.ts';
import { contentChanges } from '../content-changes.ts';
import type { ContentStory } from '../content-story.ts';
import { byEvidence, byHabit, byTunable, POINTS, unlessListed } from '../factors.ts';
import type { Tunables } from '../tunables.ts';
import { OWN_HOST } from './own-host.ts';
import { BROWSE_WINDOW_MS, type FetchHabit, HABIT_RUNS } from './weigh.ts';

/** What would have raised or lowered this story, and why it does not. `habit` is null for what was not fetched. */
export function changesOf(
  found: ContentCase,
  told: ContentStory,
  habit: FetchHabit | null,
  world: World,
  tunables: Tunables,
): Change[] {
  const changes = contentChanges(found, told, world);
  changes.push(
    {
      weight: POINTS.otherService,
      what: "the service it came from were known, and none of the enterprise's",
      why: whyNoService(told),
      setting: 'inventory',
    },
    {
      weight: POINTS.enterpriseService,
      what: "the service it came from were one of the enterprise's (inventory kind enterprise-service)",
      why: whyNoService(told),
      setting: 'inventory',
    },
    byHabit('this program run', world.baseline !== undefined),
  );
  const has = (name: string): boolean => told.story.factors.some(factor => factor.tunable?.name === name);
  changes.push(...unlessListed(told.story.factors, 'BrowserProcesses', 'PhishingIndicators'));
  const isOwn = told.story.factors.some(factor => factor.name === OWN_HOST);
  if (isOwn)
    changes.push(
      byEvidence(3, "it had come from a host that is not of the enterprise's own domain", 'its words name no other'),
    );
  else if (habit !== null) changes.push(...fetchChanges(habit, tunables));
  else if (!has('PhishingIndicators') && told.main.path !== '')
    changes.push(
      byTunable(
        0.5,
        'a pattern of PhishingIndicators matched the name of the file',
        `none of ${tunables.list('PhishingIndicators').length} does`,
        'PhishingIndicators',
      ),
    );
  if (!told.taint.curated)
    changes.push(
      byEvidence(
        -4,
        'the content had gone through version control, a compiler or a package manager first',
        'it was run as it came',
      ),
    );
  return changes;
}

function whyNoService({ entities, taint: { origin } }: ContentStory): string {
  const used = entities.filter(each => each.kind === 'service').map(each => each.value);
  if (used.length === 0 && origin.url) return `only the words of ${origin.program} name it: ${origin.url}`;
  return used.length === 0
    ? 'no record names the service: DNS, TLS or proxy logs would'
    : `${used.join(', ')} is in no enterprise-service entry, or there are none`;
}

function fetchChanges({ gapMs, earlier }: FetchHabit, tunables: Tunables): Change[] {
  const habit = tunables.number('HabitRuns', HABIT_RUNS);
  const windowMs = tunables.number('BrowseToCommandWindow', BROWSE_WINDOW_MS);
  const browsed = Number.isFinite(gapMs) ? `the last use was ${gapMs} ms before` : 'no such use was seen before';
  if (earlier >= habit)
    return [
      byTunable(
        2,
        `HabitRuns were above ${earlier}`,
        `it is ${habit}: this passes for a habit of the user`,
        'HabitRuns',
      ),
    ];
  const runs = byTunable(
    -2,
    `the user had done so ${counted(habit, 'time')} or more, over an hour before`,
    `${earlier} earlier runs were seen`,
    'HabitRuns',
  );
  const name = 'BrowseToCommandWindow';
  return gapMs > windowMs
    ? [runs, byTunable(2, `a browser or messenger had been used within ${windowMs} ms before`, browsed, name)]
    : [runs, byTunable(-2, `${name} were below ${gapMs} ms`, `it is ${windowMs} ms`, name)];
}
