import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import { contentFacts } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import type { FetchHabit } from './weigh.ts';

/** What would raise or lower the story, of the settings of this analytic. */
function changes(
  habit: FetchHabit | null,
  path = '/home/clerk/x.bin',
  { url, services = [] }: { readonly url?: string; readonly services?: readonly string[] } = {},
): readonly Change[] {
  const { found, told } = contentFacts({ path, ...(url === undefined ? {} : { url }) });
  for (const value of services) told.entities.push({ kind: 'service', value });
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

test('what is known of the service it came from: what records name, else the words of the tool, else nothing', () => {
  const url = 'http://198.51.100.7/x.bin';
  const why = (origin: { readonly url?: string; readonly services?: readonly string[] }): readonly string[] =>
    changes(null, undefined, origin)
      .filter(each => each.what.startsWith('the service it came from'))
      .map(each => each.why);
  const twice = (text: string): readonly string[] => [text, text];
  assert.deepEqual(why({}), twice('no record names the service: DNS, TLS or proxy logs would'));
  assert.deepEqual(why({ url }), twice(`only the words of /usr/bin/client name it: ${url}`));
  const named = 'x.example.net, y.example.net is in no enterprise-service entry, or there are none';
  for (const origin of [{}, { url }])
    assert.deepEqual(why({ ...origin, services: ['x.example.net', 'y.example.net'] }), twice(named));
});
