import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countQuantile, countTail, lnGamma } from './tails.ts';

/** P(X >= x) for a count of this mean and variance ratio, worked out with 50 digits (mpmath: gammainc and betainc, regularised). */
const REFERENCE: readonly (readonly [x: number, mean: number, varianceRatio: number, tail: number])[] = [
  [1, 0.5, 1, 0.393469340287367],
  [10, 2, 1, 4.64980750172638e-5],
  [50, 5, 1, 2.18105921407849e-32],
  [200, 20, 1, 4.66350178907865e-124],
  [30, 30, 1, 0.52428301389368],
  [1000, 500, 1, 3.2982727970671e-86],
  [3, 4, 1, 0.761896694446456],
  [10, 2, 3, 0.0173415299158326],
  [50, 5, 2, 1.90148452539063e-11],
  [200, 20, 4, 1.3430592130776e-18],
  [500, 3, 10, 3.5930765708852e-25],
  [5, 8, 2.5, 0.771057660324365],
  [1, 0.02, 1.5, 0.0160877909196156],
  [2000, 100, 20, 2.74233425415782e-38],
  [100, 90, 1.2, 0.179218081221074],
  [40, 0.2, 6, 4.06541107397728e-6],
];

test('tails agree with a reference of 50 digits, the rare ones too', () => {
  for (const [x, mean, ratio, tail] of REFERENCE) {
    const found = countTail(x, mean, ratio);
    assert.ok(Math.abs(found / tail - 1) < 1e-9, `P(X >= ${x} | ${mean}, ${ratio}) is ${found}, expected ${tail}`);
  }
});

test('ln gamma of whole numbers is the sum of logarithms', () => {
  let sum = 0;
  for (let n = 1; n < 60; n++) {
    assert.ok(Math.abs(lnGamma(n) - sum) < 1e-10 * Math.max(1, sum), `ln gamma of ${n}`);
    sum += Math.log(n);
  }
});

test('a tail falls as the count rises, and a quantile is the first count beyond which it is small enough', () => {
  const mean = fc.double({ min: 0.01, max: 500, noNaN: true });
  const ratio = fc.double({ min: 1, max: 20, noNaN: true });
  fc.assert(
    fc.property(mean, ratio, fc.integer({ min: 0, max: 1000 }), (m, v, x) => {
      const [here, next] = [countTail(x, m, v), countTail(x + 1, m, v)];
      assert.ok(here >= 0 && here <= 1 && next <= here + 1e-12);
    }),
  );
  fc.assert(
    fc.property(mean, ratio, fc.constantFrom(0.1, 0.01, 0.001), (m, v, tail) => {
      const quantile = countQuantile(tail, m, v);
      assert.ok(countTail(quantile + 1, m, v) <= tail);
      if (quantile > 0) assert.ok(countTail(quantile, m, v) > tail);
    }),
  );
});
