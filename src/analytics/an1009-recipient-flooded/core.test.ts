import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { coreOf } from './core.ts';

/** A hundred messages, one every ten seconds from time 0 on. */
const flood = Array.from({ length: 100 }, (_, at) => at * 10 * SECOND_MS);
const END = 99 * 10 * SECOND_MS;
const core = (...others: readonly number[]) => coreOf([...others, ...flood], flood.length + others.length);

test('a few letters that stand apart before and after are told apart from the flood', () => {
  const own = { first: 0, last: END, count: 100 };
  assert.deepEqual(core(END + 30 * MINUTE_MS), own);
  assert.deepEqual(core(0 - HOUR_MS, END + 5 * MINUTE_MS, END + 6 * MINUTE_MS), own);
  // Letters of one minute, after a pause, go together.
  assert.deepEqual(core(END + 20 * MINUTE_MS, END + 20 * MINUTE_MS + 1), own);
});

test('nothing stands apart where the pause is short, a second wave comes, or not every arrival is known', () => {
  assert.equal(core(), null);
  assert.equal(core(END + 3 * MINUTE_MS), null);
  const wave = Array.from({ length: 30 }, (_, at) => END + HOUR_MS + at);
  assert.equal(core(...wave), null);
  assert.equal(coreOf([...flood, END + HOUR_MS], 200), null);
  assert.equal(coreOf([0, HOUR_MS], 2), null);
});
