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

test('a pause of more than twenty times the common one parts, to the millisecond', () => {
  const pause = 200 * SECOND_MS;
  for (const other of [0 - pause, END + pause]) assert.equal(core(other), null);
  for (const other of [0 - pause - 1, END + pause + 1]) assert.equal(core(other)?.count, 100);
});

test('a tenth of a burst may be stragglers, and of fewer than ten messages none', () => {
  const stragglers = (count: number): number[] => Array.from({ length: count }, (_, at) => END + HOUR_MS + at);
  assert.deepEqual(core(...stragglers(11)), { first: 0, last: END, count: 100 });
  assert.equal(core(...stragglers(12)), null);
  const few = (count: number) => coreOf([...flood.slice(0, count - 1), HOUR_MS], count);
  assert.equal(few(9), null);
  assert.deepEqual(few(10), { first: 0, last: 80 * SECOND_MS, count: 9 });
});

test('nothing stands apart where the pause is short, a second wave comes, or not every arrival is known', () => {
  assert.equal(core(), null);
  assert.equal(core(END + 3 * MINUTE_MS), null);
  const wave = Array.from({ length: 30 }, (_, at) => END + HOUR_MS + at);
  assert.equal(core(...wave), null);
  assert.equal(coreOf([...flood, END + HOUR_MS], 200), null);
  assert.equal(coreOf([0, HOUR_MS], 2), null);
});
