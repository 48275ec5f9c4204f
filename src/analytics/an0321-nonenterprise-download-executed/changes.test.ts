import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import { contentFacts } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import type { FetchHabit } from './weigh.ts';

/** What would raise or lower the story, of the settings of this analytic. */
function changes(habit: FetchHabit | null, path = '/home/clerk/x.bin'): readonly Change[] {
  const { found, told } = contentFacts({ path });
  const world = {
    seen: () => true,
    anyMail: true,
    identity: { loaded: { passwd: true, aliases: true }, mailboxOf: (name: string) => name },
    mail: { deliveredTo: () => [], judgementsOf: () => [] },
    baseline: undefined,
  } as unknown as World;
  return changesOf(found, told, habit, world, new Tunables(new Map([['BrowseToCommandWindow', 60_000]])));
}
const of = (all: readonly Change[], setting: string): readonly [number, string][] =>
  all.filter(each => each.setting === setting).map(({ weight, what }) => [weight, what]);

test('a pattern of a lure would fit a name, where there is one', () => {
  const name = 'PhishingIndicators';
  assert.deepEqual(of(changes(null), name), [[0.5, `a pattern of ${name} matched the name of the file`]]);
  assert.deepEqual(of(changes(null, ''), name), [], 'content that was never a file');
  assert.deepEqual(of(changes({ gapMs: 5, earlier: 0 }), name), [], 'content that was fetched');
});

test('a gap as long as the window is still within it', () => {
  const name = 'BrowseToCommandWindow';
  assert.deepEqual(of(changes({ gapMs: 60_000, earlier: 0 }), name), [[-2, `${name} were below 60000 ms`]]);
  assert.deepEqual(of(changes({ gapMs: 60_001, earlier: 0 }), name), [
    [2, 'a browser or messenger had been used within 60000 ms before'],
  ]);
});
