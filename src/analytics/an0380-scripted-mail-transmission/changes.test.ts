import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Change } from '../../events/finding.ts';
import type { FactorName } from '../factors.ts';
import { Story } from '../story.ts';
import { changesOf } from './changes.ts';
import { LIMITS } from './limits.ts';
import { DROP, job, message, outcome, send, session, world } from './made-up.test-support.ts';
import type { Outcome } from './outcome.ts';
import { largestOf } from './weigh.ts';

function changes(
  outcomes: readonly Outcome[],
  factors: readonly FactorName[] = [],
  around: Parameters<typeof world>[0] = {},
): readonly Change[] {
  const story = new Story();
  for (const name of factors) story.factor(name, 1, 'x', ['s']);
  return changesOf(job(), outcomes, story, LIMITS, world(around));
}
const whyOf = (found: readonly Change[], part: string): string | undefined =>
  found.find(each => each.what.includes(part))?.why;

test('an MTA log would say more only where nothing showed the message go', () => {
  const asks = (...factors: FactorName[]): boolean =>
    changes([outcome()], factors).some(each => each.what === 'an MTA log showed the message transmitted');
  assert.equal(asks(), true);
  assert.equal(asks('transmission confirmed by the MTA'), false);
  assert.equal(asks('transmission seen on the wire'), false);
});

test('the size that is known is told, also when it is nothing', () => {
  const told = (one: Outcome): string | undefined => whyOf(changes([one]), 'TransferSizeThreshold');
  assert.equal(told(outcome()), 'no record tells a size');
  assert.equal(told(outcome({ message: message({ sizeBytes: 0 }) })), 'the largest has 0 bytes');
  assert.equal(told(outcome({ sessions: [session({ bytesOut: 7 })] })), 'the largest has 7 bytes');
  assert.equal(largestOf([outcome()]), 0);
});

test('a higher TransferSizeThreshold takes away what the size added', () => {
  const one = outcome({ message: message({ sizeBytes: 600_000 }) });
  const change = changes([one], ['large payload']).find(each => each.setting === 'TransferSizeThreshold');
  assert.deepEqual([change?.weight, change?.what], [-2, 'TransferSizeThreshold were above 600000 bytes']);
});

test('an entry of the inventory is named by user, program and the first recipient', () => {
  const one = outcome({ message: message({}, [DROP]), send: send({ program: '/usr/bin/mutt' }) });
  const named = (name: string): string | undefined =>
    changes([one], [], { name }).find(each => each.setting === 'inventory')?.what;
  assert.ok(named('clerk')?.includes(`(user: clerk, executable: /usr/bin/mutt, destination: ${DROP})`));
  assert.ok(named('')?.includes('(user: uid 1003, '), 'of whom nothing tells the name');
});

test('what keeps sends from counting as a habit is said as it is', () => {
  const each = (count: number, apart: number, facts: (index: number) => { size?: number; to?: string } = () => ({})) =>
    Array.from({ length: count }, (_, index) => {
      const { size = 900, to = DROP } = facts(index);
      return outcome({ send: send({ time: (index * apart) as EpochMs }), message: message({ sizeBytes: size }, [to]) });
    });
  const why = (all: readonly Outcome[]): string | undefined => whyOf(changes(all), 'had sent alike more than 3 times');
  assert.equal(why(each(1, 0)), 'the evidence has this one only');
  assert.equal(why(each(2, HOUR_MS)), '2 such sends are in the evidence');
  assert.equal(
    why(each(2, MINUTE_MS)),
    'the 2 sends in the evidence are too few and follow each other within 30 minutes',
  );
  assert.equal(why(each(5, MINUTE_MS)), 'the 5 sends in the evidence follow each other within 30 minutes');
  const sizes = each(4, HOUR_MS, index => ({ size: index === 0 ? 100 : 900 }));
  assert.equal(why(sizes), 'the 4 sends in the evidence differ in size');
  const people = each(4, HOUR_MS, index => ({ to: `r${index}@example.net` }));
  assert.equal(why(people), 'the 4 sends in the evidence differ in recipients');
});
