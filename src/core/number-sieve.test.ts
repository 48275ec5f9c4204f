import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NumberSieve } from './number-sieve.ts';

test('never denies a number that was added, and denies most others', () => {
  const sieve = new NumberSieve(1000);
  const node = (i: number): number => (i % 7) * 2 ** 40 + i * 31;
  for (let i = 0; i < 1000; i++) sieve.add(node(i));
  assert.equal(sieve.isFull, true);
  for (let i = 0; i < 1000; i++) assert.equal(sieve.mayHold(node(i)), true);
  let wrong = 0;
  for (let i = 1000; i < 11_000; i++) if (sieve.mayHold(node(i))) wrong += 1;
  assert.ok(wrong < 200, `${wrong} of 10000`);
});

test('filled anew, it knows only what it was filled with', () => {
  const sieve = new NumberSieve(10);
  sieve.add(1);
  sieve.refill([2 ** 50 + 3]);
  assert.equal(sieve.mayHold(2 ** 50 + 3), true);
  assert.equal(sieve.mayHold(1), false);
  assert.equal(sieve.isFull, false);
});
