import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClockMarks, densest } from './clock-offsets.ts';
import { Silence } from './silence.ts';

test('a clock that is an hour ahead is found among chance agreements', () => {
  const one = new ClockMarks();
  const other = new ClockMarks();
  for (let pid = 0; pid < 10; pid++) {
    one.see(`pid ${pid}`, 1_000_000 + pid * 50_000 + 3_600_000 + pid * 10);
    other.see(`pid ${pid}`, 1_000_000 + pid * 50_000);
  }
  // Process ids that came round again.
  for (let pid = 100; pid < 110; pid++) {
    one.see(`pid ${pid}`, pid * 7_000_000);
    other.see(`pid ${pid}`, pid * 1_000_000);
  }
  const found = one.aheadOf(other);
  assert.equal(found?.agreeing, 10);
  assert.equal(found?.shared, 20);
  assert.ok(Math.abs((found?.offsetMs ?? 0) - 3_600_000) <= 100);
  assert.equal(Math.round((other.aheadOf(one)?.offsetMs ?? 0) / 1000), -3600);
});

test('nothing is said of clocks that share too little, or of which nothing agrees', () => {
  assert.equal(densest([]), null);
  assert.equal(densest([5, 6]), null);
  assert.equal(densest([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]), null);
  assert.deepEqual(densest([1, 2, 3]), { offsetMs: 2, agreeing: 3, shared: 3 });
});

test('only the first time of a thing counts, and memory is bounded', () => {
  const marks = new ClockMarks(2);
  marks.see('a', 5);
  marks.see('a', 1);
  marks.see('b', 1);
  marks.see('c', 1);
  assert.equal(marks.size, 2);
});

test('the longest silence is told only where it stands out', () => {
  const regular = new Silence();
  for (let i = 0; i < 100; i++) regular.see(i * 7_200_000);
  assert.equal(regular.longest(), null);
  const holed = new Silence();
  for (let i = 0; i < 100; i++) holed.see(i * 1000);
  for (let i = 0; i < 100; i++) holed.see(90_000_000 + i * 1000);
  assert.deepEqual(holed.longest(), { from: 99_000, to: 90_000_000 });
});

test('records out of order make no silence of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 }), jitter => {
      const silence = new Silence();
      jitter.forEach((late, i) => silence.see(i * 1000 - late));
      assert.equal(silence.longest(), null);
    }),
  );
});
