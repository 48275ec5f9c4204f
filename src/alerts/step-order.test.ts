import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../core/time.ts';
import type { FindingLink, FindingStep } from '../events/finding.ts';
import { inOrder } from './step-order.ts';

const at = (id: string, time: number): FindingStep =>
  ({ id, time: time as EpochMs, kind: 'x', summary: '', ref: null }) as FindingStep;
const link = (from: string, to: string): FindingLink => ({ from, to, kind: 'x', strength: 'observed', why: '' });
const order = (steps: FindingStep[], ...links: [string, string][]): string =>
  inOrder(
    steps,
    links.map(([from, to]) => link(from, to)),
  )
    .map(step => step.id)
    .join(' ');

const SECOND = 1_795_366_171_000;

test('what a log of whole seconds tells stands behind its cause within that second, and so does what follows from it', () => {
  const steps = [
    at('accepted', SECOND),
    at('delivered', SECOND),
    at('started', SECOND + 154),
    at('ends', SECOND + 200),
  ];
  assert.equal(order(steps, ['started', 'accepted'], ['accepted', 'delivered']), 'started accepted delivered ends');
  assert.equal(order(steps, ['accepted', 'delivered'], ['started', 'accepted']), 'started accepted delivered ends');
  assert.equal(order(steps), 'accepted delivered started ends');
});

test('a finer stamp, another second and a circle of links leave the order of the times', () => {
  assert.equal(order([at('b', SECOND + 1), at('a', SECOND + 5)], ['a', 'b']), 'b a');
  assert.equal(order([at('b', SECOND), at('a', SECOND + 1000)], ['a', 'b']), 'b a');
  assert.equal(order([at('b', SECOND), at('a', SECOND - 1)], ['a', 'b']), 'a b');
  const circle = order([at('a', SECOND), at('b', SECOND)], ['a', 'b'], ['b', 'a']);
  assert.ok(circle === 'a b' || circle === 'b a');
});

test('a link to a step that is not told, as to what could not be seen, changes nothing', () => {
  assert.equal(order([at('a', SECOND + 5), at('b', SECOND + 6)], ['a', 'network.connected'], ['x', 'b']), 'a b');
});
