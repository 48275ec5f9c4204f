import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { type ContentFacts, contentFacts } from '../content-facts.test-support.ts';
import { findingOf } from './tell.ts';

/** What is told in a world in which these kinds of records were seen. */
function told(facts: ContentFacts, ...seen: readonly string[]) {
  const { found, told: story } = contentFacts(facts);
  const world = {
    anyMail: true,
    seen: (_: string, kind: string) => seen.includes(kind),
    identity: { loaded: { passwd: true } },
    network: {
      addressesOf: () => [],
      seen: () => false,
    },
  } as unknown as World;
  return findingOf(found, story, { severity: 'low', service: null }, world);
}

test('a person whose name nobody knows is named by number', () => {
  assert.match(told({ person: '' }).story, /uid 1003/);
  assert.match(told({ person: '' }).next[0] ?? '', /^Ask uid 1003 /);
  assert.match(told({}).story, /clerk/);
});

test('that it was downloaded is inferred only where writes are not recorded', () => {
  const inferred = (...seen: readonly string[]) =>
    told({}, ...seen).missing.some(each => each.includes('files appear'));
  assert.equal(inferred('file:appeared'), true);
  assert.equal(inferred('file:appeared', 'file:written'), false);
});
