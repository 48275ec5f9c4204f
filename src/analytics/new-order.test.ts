import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentFacts } from './content-facts.test-support.ts';
import { isMereOrder, orderChanges, weighNewOrder } from './new-order.ts';

test('a command that is new to a program is nothing by itself', () => {
  for (const facts of [
    {},
    { alsoRun: ['new-order'] },
    { connects: ['tool', 'installed', 'elsewhere', 'unknown'] },
  ] as const)
    assert.ok(isMereOrder(contentFacts({ how: 'new-order', ...facts }).found), JSON.stringify(facts));
});

test('what it brought, ran or left makes it more', () => {
  for (const facts of [{ persists: true }, { connects: ['tool', 'brought'] }, { alsoRun: ['standard-input'] }] as const)
    assert.ok(!isMereOrder(contentFacts({ how: 'new-order', ...facts }).found), JSON.stringify(facts));
});

test('content that runs by itself is never a mere order', () => {
  assert.ok(!isMereOrder(contentFacts({ how: 'binary', alsoRun: ['new-order'] }).found));
  const { found, told } = contentFacts({ how: 'binary', alsoRun: ['new-order'] });
  assert.equal(weighNewOrder(found, told, 'high'), null);
});

test('an order is medium at most', () => {
  for (const [before, after] of [
    ['high', 'medium'],
    ['medium', 'medium'],
    ['low', 'low'],
  ] as const) {
    const { found, told } = contentFacts({ how: 'new-order', persists: true });
    assert.equal(weighNewOrder(found, told, before), after);
  }
});

test('what would raise it is said of an order only', () => {
  assert.deepEqual(
    orderChanges(contentFacts({ how: 'new-order', persists: true }).found).map(({ weight }) => weight),
    [1],
  );
  assert.deepEqual(orderChanges(contentFacts({ how: 'binary' }).found), []);
});
