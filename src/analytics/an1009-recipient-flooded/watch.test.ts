import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, REF, SETTING, sample } from './burst.test-support.ts';
import type { Episode } from './episode.ts';
import { HORIZONS } from './horizons.ts';
import type { Sample } from './sample.ts';
import { limitOf, newWatch, settleWatch, takeGrowth, takeSample, type Watch, type WatchSetting } from './watch.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;
interface Run {
  readonly watch: Watch;
  readonly fed: Sample[];
  readonly sealed: Episode[];
  readonly take: (time: number) => void;
}
function run(setting: Partial<WatchSetting> = {}): Run {
  const watch = newWatch('clerk', 0);
  const fed: Sample[] = [];
  const sealed: Episode[] = [];
  const take = (time: number): void =>
    takeSample(
      watch,
      sample({ time, queueId: `${time}` }),
      { ...SETTING, volumeThreshold: 3, ...setting },
      (episode, each) => {
        episode.tally.count += 1;
        fed.push(each);
      },
      (of, episode) => {
        sealed.push(episode);
        settleWatch(of, 'forget');
      },
    );
  return { watch, fed, sealed, take };
}
const many = (one: Run, count: number, from = 0, every = 1000): void => {
  for (let i = 0; i < count; i++) one.take(from + i * every);
};

test('a burst begins with the message that makes a window too full, and holds all of that window', () => {
  const one = run();
  many(one, 2);
  assert.equal(one.watch.episode, null);
  one.take(59_999);
  const { episode } = one.watch as { readonly episode: Episode | null };
  assert.deepEqual([episode?.start, episode?.horizon, one.fed.length], [0, 0, 3]);
  const late = run();
  many(late, 2);
  late.take(MINUTE);
  assert.equal(late.watch.episode, null, 'the first is a minute old by then');
});

test('longer windows hold more', () => {
  const made = (count: number, every: number): number | undefined => {
    const one = run();
    many(one, count, 0, every);
    return one.watch.episode?.horizon;
  };
  assert.equal(made(6, MINUTE - 1), 1);
  assert.equal(made(5, MINUTE - 1), undefined);
  assert.equal(made(15, 4 * MINUTE), 2);
  assert.equal(made(14, 4 * MINUTE), undefined);
  assert.equal(made(30, 16 * MINUTE), 3);
  assert.equal(made(45, 16.7 * MINUTE), 4);
  assert.equal(made(44, 16.7 * MINUTE), undefined);
  assert.deepEqual(
    HORIZONS.map(each => [each.lengthMs / MINUTE, each.floor, each.multiple]),
    [
      [1, 1, 5],
      [5, 2, 5],
      [60, 5, 4],
      [480, 10, 3],
      [1440, 15, 3],
    ],
  );
});

test('the limit is the least, or well above what is usual', () => {
  const usual = (expected: readonly number[]) => ({ known: true, hoursSeen: 9, weekSeen: false, expected });
  assert.equal(limitOf(0, usual([]), SETTING), 30);
  assert.equal(limitOf(0, usual([7]), SETTING), 35);
  assert.equal(limitOf(0, usual([7]), { ...SETTING, baselineMultiple: 2 }), 70);
  assert.equal(limitOf(2, usual([0, 0, 50]), SETTING), 200);
});

test('what was learned before counts beside what is seen', () => {
  const learned = () => ({ hoursSeen: 5, expected: [1, 0, 0, 0, 0] });
  const one = run({ learned });
  many(one, 4);
  assert.equal(one.watch.episode, null, 'five within a minute');
  assert.deepEqual(one.watch.usual, { known: true, hoursSeen: 5, weekSeen: false, expected: [1, 0, 0, 0, 0] });
  one.take(4000);
  assert.notEqual(one.watch.episode, null);
});

test('what is usual is looked up where a window could be full, and once an hour', () => {
  let asked = 0;
  const one = run({
    learned: () => {
      asked += 1;
      return { hoursSeen: 5, expected: [10, 10, 10, 10, 10] };
    },
  });
  const after = (...times: number[]): number => {
    for (const time of times) one.take(time);
    return asked;
  };
  assert.equal(after(0, 1), 0, 'two in a minute are not many for anybody');
  assert.equal(after(2, 3, MINUTE + 1), 1, 'three could be');
  assert.equal(after(HOUR - 3, HOUR - 2, HOUR - 1), 1, 'the same hour');
  assert.equal(after(HOUR, HOUR + 1), 2, 'with those before the hour');
  assert.equal(after(HOUR + 2, HOUR + 3), 2);
  assert.equal(one.watch.episode, null);
});

test('a burst grows with its peak, cools down, and a second wave within six hours is the same story', () => {
  const one = run();
  many(one, 5);
  assert.equal(one.watch.episode?.peaks[0], 5);
  assert.equal(one.watch.episode?.peakSample.queueId, '4000');
  one.take(10 * MINUTE);
  assert.equal(one.watch.episode?.open, false, 'one in five minutes, where six were too many');
  assert.equal(one.fed.length, 5);
  one.take(10 * MINUTE + 1);
  one.take(10 * MINUTE + 2);
  assert.equal(one.watch.episode?.open, true);
  assert.equal(one.watch.episode?.peaks[0], 5, 'the highest peak stands');
  assert.deepEqual([one.fed.length, one.sealed.length], [8, 0]);
  one.take(10 * MINUTE + 2 + 6 * HOUR);
  assert.equal(one.sealed.length, 0);
  one.take(10 * MINUTE + 3 + 6 * HOUR);
  assert.equal(one.sealed.length, 1);
  assert.equal(one.watch.episode, null);
});

test('a burst stays open while its window holds a fifth of what made it one', () => {
  const one = run({ volumeThreshold: 5 });
  many(one, 5);
  one.take(2 * MINUTE);
  one.take(5 * MINUTE + 2500);
  assert.equal(one.watch.episode?.open, true, 'four of ten');
  const cooled = run({ volumeThreshold: 5 });
  many(cooled, 5);
  cooled.take(6 * MINUTE);
  assert.equal(cooled.watch.episode?.open, false, 'one of ten');
  const two = run({ volumeThreshold: 5 });
  many(two, 5);
  two.take(3 * MINUTE);
  two.take(6 * MINUTE);
  assert.equal(two.watch.episode?.open, true, 'two of ten');
});

test('how new its senders usually are is taken from the days before the burst, and its own are forgotten', () => {
  const one = run();
  one.watch.strangers = {
    before: { count: 5, of: 40 },
    days: [
      { day: 3, count: 5, of: 10 },
      { day: 4, count: 9, of: 9 },
    ],
  };
  many(one, 3, 4 * DAY);
  assert.equal(one.watch.episode?.strangersUsual, 0.2);
  assert.deepEqual(
    one.watch.strangers.days.map(each => each.day),
    [3],
  );
});

const mark = (time: number) => ({ time, host: 'mx1', box: '/var/mail/clerk', program: '/usr/bin/lda', ref: REF });

test('writes into the mailbox count from a second before the burst to a minute after its last message', () => {
  const grown = (...times: readonly number[]): number | undefined => {
    const one = run();
    many(one, 3, 10_000);
    for (const time of times) takeGrowth(one.watch, mark(time));
    return one.watch.episode?.growth.count;
  };
  assert.equal(grown(9000, 12_000 + MINUTE), 2);
  assert.equal(grown(8999, 12_001 + MINUTE), 0);
  const before = run();
  for (const time of [8999, 9000, 11_000]) takeGrowth(before.watch, mark(time));
  many(before, 3, 10_000);
  assert.equal(before.watch.episode?.growth.count, 2, 'also those told of before it was known for a burst');
  assert.deepEqual([before.watch.episode?.growth.first?.time, before.watch.episode?.growth.last?.time], [9000, 11_000]);
});

test('writes are remembered for a day, and of very many the last', () => {
  const watch = newWatch('clerk', 0);
  for (let i = 0; i < 15; i++) takeGrowth(watch, mark(i));
  takeGrowth(watch, mark(DAY + MINUTE + 14));
  assert.deepEqual(
    watch.recentGrowth.map(each => each.time),
    [14, DAY + MINUTE + 14],
  );
  const busy = newWatch('clerk', 0);
  for (let i = 0; i < 513; i++) takeGrowth(busy, mark(i));
  assert.ok(busy.recentGrowth.length < 512);
  assert.equal(busy.recentGrowth.at(-1)?.time, 512);
});

test('the last day is kept, and of very many messages the last', () => {
  const one = run({ volumeThreshold: 99_999 });
  many(one, 70, 0, 1);
  one.take(DAY);
  const { windows } = one.watch;
  assert.equal(windows.times.length, 71, 'moving few is not worth it');
  one.take(DAY + 63);
  assert.equal(windows.times.length, 8, 'those within a day');
  assert.equal(windows.samples.length, 8);
  assert.deepEqual(windows.heads.length, 5);
  one.take(DAY + 64);
  assert.equal(windows.dropped, 0);
  const busy = run({ volumeThreshold: 99_999 });
  many(busy, 4001, 0, 1);
  assert.ok(busy.watch.windows.times.length < 4000);
  assert.ok(busy.watch.windows.samples.length <= 4000);
  assert.ok(busy.watch.windows.dropped > 0);
});

test('each window holds what is in it, however long it goes on', () => {
  const one = run({ volumeThreshold: 99_999 });
  many(one, 30 * 60, 0, MINUTE);
  const { times, heads } = one.watch.windows;
  assert.deepEqual(
    heads.map(head => times.length - head),
    [1, 5, 60, 480, 1440],
  );
  assert.ok(times.length < 1440 + 64);
});

test('a burst goes on while any window is too full, and counts each message once when it comes again', () => {
  const one = run();
  many(one, 15, 0);
  one.take(10 * MINUTE);
  assert.equal(one.watch.episode?.open, true, 'sixteen in an hour');
  const twice = run();
  many(twice, 6, 0);
  twice.take(10 * MINUTE);
  assert.equal(twice.watch.episode?.open, false);
  many(twice, 8, 12 * MINUTE, 2 * MINUTE);
  assert.equal(twice.watch.episode?.open, true, 'fifteen in an hour');
  const times = twice.fed.map(each => each.time);
  assert.deepEqual(times, [...new Set(times)]);
  assert.equal(times.length, 15);
});

test('what grows is told from the first write to the last, in whichever order they come', () => {
  const one = run();
  many(one, 3, 10_000);
  const marks = [11_000, 10_500, 10_500, 11_000].map((time, index) => ({ ...mark(time), box: `/${index}` }));
  for (const each of marks) takeGrowth(one.watch, each);
  const growth = one.watch.episode?.growth;
  assert.deepEqual([growth?.first?.box, growth?.last?.box, growth?.count], ['/1', '/3', 4]);
});

test('a flood goes on from the last one for a week, and none of its messages begins another', () => {
  const before = (days: number): number | undefined => {
    const one = run();
    many(one, 3, 0);
    settleWatch(one.watch, 'forget');
    const last = one.watch.flooded?.last ?? 0;
    many(one, 3, last + days);
    return one.watch.episode?.floodBefore?.last;
  };
  assert.equal(before(7 * DAY), 2000);
  assert.equal(before(7 * DAY + 1), undefined);
  const soon = run();
  many(soon, 3, 0);
  settleWatch(soon.watch, 'usual');
  assert.equal(soon.watch.flooded, null);
  many(soon, 2, 3000);
  const start = (): number | undefined => soon.watch.episode?.start;
  assert.equal(start(), undefined, 'two since then');
  soon.take(5000);
  assert.equal(start(), 3000);
});

test('a burst that was judged is over, and what is usual is looked up anew', () => {
  const one = run();
  settleWatch(one.watch, 'usual');
  many(one, 3);
  settleWatch(one.watch, 'usual');
  assert.deepEqual([one.watch.episode, one.watch.usual], [null, null]);
  assert.equal(one.watch.history.hours[0]?.held, false);
  many(one, 3, 2 * HOUR);
  settleWatch(one.watch, 'forget');
  assert.deepEqual(
    one.watch.history.hours.map(each => each.hour),
    [0],
  );
});
