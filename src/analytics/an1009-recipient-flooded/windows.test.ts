import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sample } from './burst.test-support.ts';
import { HORIZONS } from './horizons.ts';
import { countBetween, countsOf, leaveBehind, newWindows, samplesIn, slide, type Windows } from './windows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function filled(...times: readonly number[]): Windows {
  const windows = newWindows();
  for (const time of times) slide(windows, sample({ time }));
  return windows;
}

test('each window holds the messages of its length, and no other', () => {
  const gaps = fc.array(fc.oneof(fc.nat(90_000), fc.nat(9 * HOUR)), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(gaps, each => {
      const windows = newWindows();
      const all: number[] = [];
      let now = 0;
      for (const gap of each) {
        now += gap;
        all.push(now);
        const counts = slide(windows, sample({ time: now }));
        HORIZONS.forEach(({ lengthMs }, index) => {
          const inside = all.filter(time => time > now - lengthMs);
          assert.equal(counts[index], inside.length);
          assert.deepEqual(
            samplesIn(windows, index).map(({ time }) => time),
            inside,
          );
        });
        assert.ok(windows.samples.length < 8 + 1.5 * (counts.at(-1) as number), 'and few more are kept');
      }
    }),
  );
});

test('times are kept somewhat longer than messages', () => {
  const windows = filled(...Array.from({ length: 60 }, (_, index) => index), DAY + 59);
  assert.deepEqual([windows.times.length, windows.samples.length], [61, 1]);
  assert.deepEqual([countBetween(windows, 50, 59), countBetween(windows, 0, DAY + 59)], [10, 61]);
});

test('what is left behind is in no window, and what comes then is', () => {
  const windows = filled(1, 2, 3, 4);
  leaveBehind(windows, 3);
  assert.deepEqual(countsOf(windows), [1, 1, 1, 1, 1]);
  assert.deepEqual(slide(windows, sample({ time: 5 })), [2, 2, 2, 2, 2]);
  assert.deepEqual(
    samplesIn(windows, 4).map(({ time }) => time),
    [4, 5],
  );
});
