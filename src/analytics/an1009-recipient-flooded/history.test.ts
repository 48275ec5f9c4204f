import assert from 'node:assert/strict';
import { test } from 'node:test';
import { episode, HOUR, SETTING } from './burst.test-support.ts';
import { addToHistory, type History, holdFrom, newHistory, quantile, settle, usualBefore } from './history.ts';
import { volumeFactor, volumeOf } from './volume.ts';

/** `counts[h]` messages in hour `h`; peaks a half and a third of it. */
function seen(counts: readonly number[]): History {
  const history = newHistory(0);
  counts.forEach((count, hour) => {
    for (let i = 0; i < count; i++)
      addToHistory(history, hour * HOUR, Math.floor(count / 3), Math.floor(count / 2), false);
  });
  return history;
}
/** Of young evidence, unless it is said since when there is any. */
const usual = (history: History, time: number, evidenceStart = time) => usualBefore(history, time, evidenceStart);
const hoursOf = (history: History): readonly number[] => history.hours.map(each => each.hour);
const steady = (hours: number, count = 6): readonly number[] => Array.from({ length: hours }, () => count);

test('a week was seen when its first message is that old, however little came', () => {
  const week = (hours: number, time: number): readonly boolean[] => {
    const { weekSeen, known } = usual(seen(steady(hours)), time);
    return [weekSeen, known];
  };
  assert.deepEqual(week(3, 7 * 24 * HOUR), [true, true]);
  assert.deepEqual(week(3, 7 * 24 * HOUR - 1), [false, true]);
  assert.deepEqual(week(1, 7 * 24 * HOUR), [true, true]);
  assert.deepEqual(week(1, 7 * 24 * HOUR - 1), [false, false]);
  assert.deepEqual(
    week(0, 7 * 24 * HOUR),
    [false, false],
    'and what is no more than a burst that is held shows nothing',
  );
});

test('hours are kept in order with their peaks, whenever their mail is told of', () => {
  const history = newHistory(0);
  addToHistory(history, 5 * HOUR, 1, 2, false);
  addToHistory(history, 3 * HOUR, 1, 1, false);
  addToHistory(history, 4 * HOUR, 1, 1, false);
  addToHistory(history, 6 * HOUR - 1, 3, 1, true);
  assert.deepEqual(hoursOf(history), [3, 4, 5]);
  assert.deepEqual(history.hours.at(-1), { hour: 5, count: 2, peakMinute: 3, peakFive: 2, newcomers: 0, held: true });
  addToHistory(history, 5 * HOUR, 0, 0, false);
  assert.equal(history.hours.at(-1)?.held, true, 'once held, held');
});

test('hours of more than four weeks are forgotten', () => {
  const history = seen(steady(28 * 24 + 5, 1));
  assert.equal(history.hours.length, 28 * 24);
  assert.equal(history.hours[0]?.hour, 5);
});

test('a burst is held from its hour on, and settled from its first to its last', () => {
  const held = (act: (history: History) => void): readonly number[] => {
    const history = seen(steady(6, 1));
    act(history);
    return history.hours.filter(each => each.held).map(each => each.hour);
  };
  assert.deepEqual(
    held(history => holdFrom(history, 3 * HOUR + 5)),
    [3, 4, 5],
  );
  const settled = (history: History): void => {
    holdFrom(history, 0);
    settle(history, 2 * HOUR + 5, 3 * HOUR + 5, 'usual');
  };
  assert.deepEqual(held(settled), [0, 1, 4, 5]);
  const forgotten = seen(steady(6, 1));
  settle(forgotten, 2 * HOUR + 5, 3 * HOUR + 5, 'forget');
  assert.deepEqual(hoursOf(forgotten), [0, 1, 4, 5]);
});

test('what is usual is known after three hours with mail and half a day', () => {
  const known = (hours: number, time: number): boolean => usual(seen(steady(hours)), time).known;
  assert.equal(known(3, 12 * HOUR), true);
  assert.equal(known(3, 12 * HOUR - 1), false);
  assert.equal(known(2, 48 * HOUR), false);
  assert.equal(known(20, 11 * HOUR), false);
  assert.deepEqual(usual(seen(steady(2)), 48 * HOUR).expected, [0, 0, 0, 0, 0]);
});

test('only what lies eight hours back and not four weeks counts, and nothing that is held', () => {
  const at = (time: number): number => usual(seen(steady(20, 1)), time).hoursSeen;
  assert.equal(at(28 * HOUR), 20);
  assert.equal(at(27 * HOUR), 19 - 0);
  assert.equal(at((28 * 24 + 1) * HOUR), 19);
  const history = seen(steady(20, 1));
  holdFrom(history, 15 * HOUR);
  assert.equal(usual(history, 48 * HOUR).hoursSeen, 15);
});

test('of two days of evidence or more only what lies a day back counts, lest a slow flood is what is usual', () => {
  const at = (time: number, evidenceStart: number): number => usual(seen(steady(40, 1)), time, evidenceStart).hoursSeen;
  assert.equal(at(48 * HOUR, 0), 24);
  assert.equal(at(48 * HOUR, 1), 40);
  const slow = seen([...steady(24, 1), ...steady(20, 30)]);
  assert.deepEqual(usual(slow, 48 * HOUR).expected.slice(2), [30, 240, 401]);
  assert.deepEqual(usual(slow, 48 * HOUR, 0).expected.slice(2), [1, 8, 22]);
});

test('what is usual is what nine hours in ten do not exceed, by window', () => {
  const counts = steady(40);
  assert.deepEqual(usual(seen(counts), 60 * HOUR).expected, [2, 3, 6, 48, 144]);
  const gaps = counts.map((count, hour) => (hour % 2 === 0 ? count : 0));
  assert.deepEqual(usual(seen(gaps), 60 * HOUR).expected, [2, 3, 6, 24, 72]);
});

test('what comes every night at this hour is usual at this hour, one more or less', () => {
  const nights = Array.from({ length: 10 * 24 }, (_, hour) => (hour % 24 === 0 ? 60 : 6));
  const at = (hour: number): readonly number[] => usual(seen(nights), (11 * 24 + hour) * HOUR).expected.slice(0, 3);
  const night = [20, 30, 60];
  const day = [2, 3, 6];
  assert.deepEqual(at(0), night);
  assert.deepEqual(at(1), night);
  assert.deepEqual(at(23), night, 'over midnight');
  assert.deepEqual(at(2), day);
  assert.deepEqual(at(22), day);
});

test('the value that nine in ten do not exceed', () => {
  const to = (length: number): number[] => Array.from({ length }, (_, index) => length - index);
  assert.equal(quantile([]), 0);
  assert.equal(quantile([7]), 7);
  assert.equal(quantile(to(10)), 10);
  assert.equal(quantile(to(11)), 10);
  assert.equal(quantile(to(20)), 19);
});

test('the window that was exceeded most is the one that is told', () => {
  const of = (...peaks: readonly number[]) => {
    const { index, ratio, limit, byUsual } = volumeOf(episode({ peaks: [...peaks], horizon: 2 }), SETTING);
    return { index, ratio, limit, byUsual };
  };
  assert.deepEqual(of(30, 60, 149), { index: 0, ratio: 1, limit: 30, byUsual: false }, 'of equals the shortest');
  assert.deepEqual(of(30, 61), { index: 1, ratio: 61 / 60, limit: 60, byUsual: false });
  assert.deepEqual(of(), { index: 2, ratio: 0, limit: 150, byUsual: false }, 'that by which it was noticed');
});

test('volume weighs by how often the limit is exceeded, and says which setting makes the limit', () => {
  const told = (peak: number, expected: readonly number[] = [0, 0, 0, 0, 0]) =>
    volumeFactor(episode({ peaks: [peak], usual: { known: true, hoursSeen: 9, weekSeen: false, expected } }), SETTING);
  assert.deepEqual(
    [30, 59, 60, 149, 150].map(peak => told(peak).weight),
    [30, 30, 40, 40, 50],
  );
  assert.deepEqual(told(30).tunable, {
    name: 'MailVolumeThreshold',
    met: '30 messages within one minute',
    limit: '30 a minute (30 messages within one minute)',
  });
  assert.equal(
    told(60, [10, 0, 0, 0, 0]).evidence,
    '60 messages within one minute, the limit is 50, usual is 10 at most',
  );
  assert.equal(told(60, [10, 0, 0, 0, 0]).tunable?.name, 'BaselineMultiple');
  assert.equal(told(60, [6, 0, 0, 0, 0]).tunable?.name, 'MailVolumeThreshold', 'no more than the least');
  const unknown = { known: false, hoursSeen: 0, weekSeen: false, expected: [0, 0, 0, 0, 0] };
  assert.doesNotMatch(volumeFactor(episode({ usual: unknown }), SETTING).evidence, /usual/);
});
