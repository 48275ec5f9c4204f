import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from './burst.test-support.ts';
import { countStranger, forgetStrangers, newStrangers, type Strangers, strangersBefore } from './strangers.ts';

const DAY = 24 * HOUR;
/** Of each day so many strangers, and so many messages. */
function counted(...days: readonly (readonly [count: number, of: number])[]): Strangers {
  const strangers = newStrangers();
  days.forEach(([count, of], day) => {
    for (let i = 0; i < of; i++) countStranger(strangers, day * DAY + i, i < count ? 'new' : 'known');
  });
  return strangers;
}

test('what is usual is known from fifty messages on', () => {
  assert.equal(strangersBefore(counted([10, 50]), DAY), 0.2);
  assert.equal(strangersBefore(counted([10, 49]), DAY), 0);
});

test('the day on which a burst begins, and what came since, are not usual: it may be a day old when it is known for one', () => {
  const three = counted([10, 50], [50, 50], [50, 50]);
  assert.equal(strangersBefore(three, DAY), 0.2);
  assert.equal(strangersBefore(three, 2 * DAY - 1), 0.2);
  assert.equal(strangersBefore(three, 2 * DAY), 0.6);
  assert.deepEqual(three.before, { count: 10, of: 50 });
  forgetStrangers(three, 2 * DAY);
  assert.deepEqual(three.days, [{ day: 1, count: 50, of: 50 }]);
  assert.equal(strangersBefore(three, 9 * DAY), 0.6);
});

test('what is told late counts for the day at hand', () => {
  const one = counted([0, 0], [1, 1]);
  countStranger(one, 0, 'known');
  countStranger(one, 2 * DAY - 1, 'new');
  assert.deepEqual(one.days, [{ day: 1, count: 2, of: 3 }]);
});
