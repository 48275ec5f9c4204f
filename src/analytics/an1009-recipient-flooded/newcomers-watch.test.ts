import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SETTING, sample } from './burst.test-support.ts';
import { newWatch, takeSample, type Watch, type WatchSetting } from './watch.ts';

/** How newcomers begin a burst, and how they are counted in one: every sender is one here, unless a test says otherwise. */

const MINUTE = 60_000;
const DAY = 24 * HOUR;

interface Run {
  readonly watch: Watch;
  readonly take: (time: number, sender: string) => void;
}
function run(setting: Partial<WatchSetting> = {}): Run {
  const watch = newWatch('clerk', 0);
  const take = (time: number, sender: string): void =>
    takeSample(
      watch,
      sample({ time, sender }),
      { ...SETTING, isNewcomer: () => true, ...setting },
      ({ tally }, each) => {
        tally.count += 1;
        tally.senders.set(each.writer, (tally.senders.get(each.writer) ?? 0) + 1);
      },
      () => assert.fail('over for good'),
    );
  return { watch, take };
}
const crowd = ({ take }: Run, count: number, from: number): void => {
  for (let i = 0; i < count; i++) take(from + i * 30_000, `a@d${i}.example`);
};

test('a baseline says what is usual on the first day of the evidence', () => {
  const learned = () => ({ hoursSeen: 100, expected: [0, 0, 0, 0, 0] });
  const [taught, untaught] = [run({ learned }), run()];
  for (const each of [taught, untaught]) crowd(each, 60, HOUR);
  assert.deepEqual([taught.watch.episode?.horizon, untaught.watch.episode], [2, null]);
});

/** A flood of thirty by one sender, over after ten minutes. */
function flooded(): Run {
  const one = run({ learned: () => ({ hoursSeen: 100, expected: [0, 0, 0, 0, 0] }) });
  for (let i = 0; i < 30; i++) one.take(DAY + i * 1000, 'one@far.example');
  assert.equal(one.watch.episode?.open, true);
  one.take(DAY + 30 * MINUTE, 'friend@near.example');
  assert.equal(one.watch.episode?.open, false);
  return one;
}

test('newcomers begin a burst and do not prolong one', () => {
  const one = flooded();
  crowd(one, 90, DAY + HOUR);
  assert.deepEqual([one.watch.episode?.open, one.watch.episode?.tally.count], [false, 30]);
});

test('in a burst each newcomer counts once', () => {
  const one = run();
  for (let i = 0; i < 30; i++) one.take(DAY + i * 1000, `a${i}@far.example`);
  const before = one.watch.episode?.newcomersCount;
  one.take(DAY + 30_000, 'a7@far.example');
  assert.equal(one.watch.episode?.newcomersCount, before);
  one.take(DAY + 31_000, 'b@far.example');
  assert.equal(one.watch.episode?.newcomersCount, (before ?? 0) + 1);
});
