import assert from 'node:assert/strict';
import test from 'node:test';
import { INSIDE, OUTSIDE, RunsInACircle, SEEN, Switch } from './switch.ts';

test('a comparison is broken by its own mutant, and by those of the numbers in it', () => {
  const mutant = new Switch(3);
  const isMany = (count: number): boolean => mutant.ge(1, count, 30, 0, 2);
  const told = (id: number): boolean[] => {
    mutant.active = id;
    return [29, 30, 31].map(isMany);
  };
  assert.deepEqual(told(0), [false, true, true]);
  assert.deepEqual(told(1), [false, false, true]);
  assert.deepEqual(told(2), [false, false, true]);
  assert.deepEqual(told(3), [false, true, true]);
});

test('what a mutant would change is learned without turning it on', () => {
  const mutant = new Switch(2);
  const learn = (count: number): number[] => {
    mutant.clear();
    mutant.isLearning = true;
    assert.equal(mutant.ge(1, count, 30, 0, 2), count >= 30);
    mutant.isLearning = false;
    return Array.from(mutant.reached.subarray(1));
  };
  assert.deepEqual(learn(29), [SEEN, SEEN]);
  assert.deepEqual(learn(30), [OUTSIDE, OUTSIDE]);
  assert.deepEqual(learn(31), [SEEN, SEEN]);
  mutant.inside = true;
  assert.deepEqual(learn(30), [INSIDE, INSIDE]);
});

test('one condition of several matters where it does not hold, one alternative where it does', () => {
  const mutant = new Switch(3);
  mutant.isLearning = true;
  assert.equal(mutant.true(1, true), true);
  assert.equal(mutant.false(2, false), false);
  assert.deepEqual([4, 40].filter(mutant.all(3, (n: number) => n > 1) as (n: number) => boolean), [4, 40]);
  assert.deepEqual(Array.from(mutant.reached.subarray(1)), [SEEN, SEEN, SEEN]);
  assert.equal(mutant.true(1, false), false);
  assert.equal(mutant.false(2, true), true);
  assert.deepEqual([4, 40].filter(mutant.all(3, (n: number) => n > 9) as (n: number) => boolean), [40]);
  assert.deepEqual(
    Array.from(mutant.reached.subarray(1)).map(each => each & OUTSIDE),
    [OUTSIDE, OUTSIDE, OUTSIDE],
  );
  mutant.isLearning = false;
  mutant.active = 3;
  assert.deepEqual([4, 40].filter(mutant.all(3, (n: number) => n > 9) as (n: number) => boolean), [4, 40]);
});

test('a constant is broken where it stands, with what is computed from it, and is itself again afterwards', () => {
  // LIMIT = 30, broken by 1; TWICE = LIMIT * 2, with a 2 that 2 breaks.
  const mutant = new Switch(2, [[0, 1], [1]], [[1], [2]]);
  let limit = mutant.more(1, 30);
  mutant.load(
    0,
    limit,
    value => {
      limit = value as number;
    },
    () => mutant.more(1, 30),
  );
  let twice = limit * mutant.more(2, 2);
  mutant.load(
    1,
    twice,
    value => {
      twice = value as number;
    },
    () => limit * mutant.more(2, 2),
  );
  const values = (id: number): number[] => {
    mutant.active = id;
    return [limit, twice];
  };
  assert.deepEqual(values(1), [31, 62]);
  assert.deepEqual(values(2), [30, 90]);
  assert.deepEqual(values(0), [30, 60]);
  assert.deepEqual(values(1), [31, 62]);
  mutant.active = 0;
  mutant.isLearning = true;
  mutant.clear();
  // 61 is above 60 and not above 62 or 90: both would turn this out otherwise; 30 reaches none of them.
  assert.equal(mutant.gt(0, 30, twice, 0, -2), false);
  assert.deepEqual(Array.from(mutant.reached.subarray(1)), [SEEN, SEEN]);
  assert.equal(mutant.gt(0, 61, twice, 0, -2), true);
  assert.deepEqual(Array.from(mutant.reached.subarray(1)), [SEEN | OUTSIDE, SEEN | OUTSIDE]);
  assert.deepEqual([limit, twice], [30, 60]);
});

test('more conditions than there is fuel for end it', () => {
  const mutant = new Switch(1);
  mutant.fuel = 2;
  assert.equal(mutant.not(1, true), true);
  assert.equal(mutant.lt(1, 1, 2, 0, 0), true);
  assert.throws(() => mutant.not(1, true), RunsInACircle);
});
