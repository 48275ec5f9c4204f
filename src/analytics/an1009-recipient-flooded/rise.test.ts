import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, HOUR, SETTING } from './burst.test-support.ts';
import { address, alarm, CLERK, hushed, quiet, stranger, told, word } from './claims.test-support.ts';
import type { Episode } from './episode.ts';
import { DAY, type Mail, many, ordinaryMonth, T0 } from './flood.test-support.ts';
import { addToHistory, type History, newHistory } from './history.ts';
import { judge, type Surroundings } from './judge.ts';
import { riseBefore } from './rise.ts';
import type { Tally } from './tally.ts';
import { isCrowded, measureOf, volumeFactor } from './volume.ts';

/** So many newcomers on each day, the last one first, the last hour of all being hour 0 of the day after. */
function rising(perDay: readonly number[]): History {
  const history = newHistory(0);
  [...perDay].reverse().forEach((count, day) => {
    for (let i = 0; i < count; i++) addToHistory(history, (day * 24 + 1 + (i % 22)) * HOUR, 1, 1, false, 1);
  });
  return history;
}
const found = (perDay: readonly number[], evidenceStart = 0) =>
  riseBefore(rising(perDay), perDay.length * DAY, evidenceStart);

test('a rise is measured by the days before it, of which there are two at least', () => {
  assert.deepEqual(found([120, 85, 55, 30, 5, 6, 5]), { days: 4, before: 170, usual: 6 });
  assert.deepEqual(
    found([120, 85, 55, 17, 5, 6, 5]),
    { days: 3, before: 140, usual: 17 },
    'a day that is not yet of it',
  );
  assert.equal(found([120, 30, 20, 15, 5, 6, 5]), null, 'one day alone is none');
  assert.equal(found([120, 85, 5]), null);
  assert.deepEqual(found([120, 85, 5, 5]), { days: 2, before: 85, usual: 5 });
  assert.deepEqual(found([30, 3, 0, 0]), { days: 2, before: 3, usual: 0 });
  assert.equal(found([30, 2, 0, 0]), null);
  assert.equal(found([120, 85, 5, 5], 1), null, 'evidence of less');
});

test('no rise: what comes every week, and what began more than a week ago', () => {
  assert.equal(found([90, 80, 5, 5, 5, 5, 5, 95, 85, 5]), null);
  assert.equal(found([...new Array<number>(8).fill(60), 3, 3]), null);
  assert.deepEqual(found([...new Array<number>(7).fill(60), 3, 3]), { days: 7, before: 360, usual: 3 });
});

/** Strangers on each of the days before, the first number the longest ago, spread over all hours. */
const growing = (counts: readonly number[], from: (i: number) => string = stranger): Mail[] =>
  counts.flatMap((count, day) =>
    many(count, T0 - (counts.length - day) * DAY, DAY / count, i => ({ from: from(day * 500 + i), ip: address(i) })),
  );
const ordinary = (perDay = 6): Mail[] => ordinaryMonth(CLERK, T0, perDay).filter(({ at }) => at > T0 - 9 * DAY);

test('sign-ups that grow for days and never fill a window are told by their sum', () => {
  const one = alarm([...ordinary(), ...growing([14, 30, 50, 80, 115])]);
  assert.equal(one.severity, 'medium');
  assert.match(
    one.factors[0]?.evidence ?? '',
    /^\d+ messages within \d days by senders who never wrote to anybody here before, the limit of such is 120, no day/,
  );
  assert.match(
    one.story,
    /Such mail had been growing for days: \d+ messages by new senders came on the \d days before it/,
  );
  assert.ok(one.wouldChange.some(change => change.what.startsWith('MailVolumeThreshold were above')));
  assert.equal(alarm([...ordinary(), ...growing([14, 30, 40, 60, 70])]).severity, 'low');
  assert.equal(alarm([...ordinary(), ...growing([20, 30, 40, 64])]).severity, 'low');
});

test('quiet: a rise that stays small, one among few providers, one of a service, one that the owner answers', () => {
  quiet([...ordinary(), ...growing([14, 20, 24, 28, 34])]);
  quiet([
    ...ordinary(),
    ...growing([14, 30, 50, 80, 115], i => `${word(i)}@${['mail', 'post', 'web'][i % 3]}.example`),
  ]);
  quiet([...ordinary(), ...growing([14, 30, 50, 80, 115], i => `order-${i}@shop.example`)]);
  const customers = growing([14, 30, 50, 80, 115]);
  const answers = customers
    .filter((_, i) => i % 5 === 0)
    .map(mail => ({ at: mail.at + HOUR, uid: 1003, from: CLERK, to: mail.from ?? '', fate: 'gateway' as const }));
  hushed([...ordinary(), ...customers, ...answers]);
});

test('quiet: a mailbox that has had as many newcomers before, and a new one that grows', () => {
  quiet([...ordinary(), ...growing([40, 5, 5, 14, 30, 50, 80, 110])]);
  quiet([...ordinaryMonth('buyer@example.org', T0, 5), ...growing([14, 30, 50])]);
});

test('a rise that goes on is one story', () => {
  const all = told([...ordinary(), ...growing([14, 30, 50, 80, 100, 110, 100])]);
  assert.deepEqual(
    all.map(each => each.severity),
    ['medium'],
  );
});

const risen = (facts: Partial<Episode> = {}, counts: Partial<Tally> = {}): Episode =>
  episode(
    {
      horizon: 4,
      last: 30 * HOUR,
      peaks: [2, 3, 9, 30, 100],
      newcomersPeaks: [0, 0, 8, 28, 90],
      newcomersUsual: { known: true, expected: [0, 0, 5, 20, 50] },
      rise: { days: 3, before: 100, usual: 9 },
      newcomersCount: 125,
      ...facts,
    },
    { count: 130, fresh: 130, senders: each(130), domains: each(130), ...counts },
  );
const severity = (one: Episode, facts: Partial<Surroundings> = {}): string | undefined =>
  judge(one, around(facts), SETTING)?.severity;

test('a rise is medium by 225 in all and ten times the usual on one day, else low, and nothing below 120', () => {
  assert.equal(severity(risen()), 'medium');
  assert.equal(severity(risen({ newcomersCount: 124 })), 'low');
  assert.equal(severity(risen({ newcomersPeaks: [0, 0, 8, 28, 89] })), 'low');
  assert.deepEqual(
    [20, 19].map(newcomersCount => isCrowded(risen({ newcomersCount }), SETTING)),
    [true, false],
  );
  assert.equal(isCrowded(risen({ rise: null }), SETTING), false);
  assert.equal(severity(risen({ strangersUsual: 0.8 })), 'medium', 'it made them usual itself');
});

test('a rise is none of people who are answered, nor of everybody', () => {
  assert.equal(severity(risen(), { answered: 12 }), 'medium');
  assert.equal(severity(risen(), { answered: 13 }), 'informational');
  assert.equal(severity(risen(), { otherMedian: 44 }), undefined);
});

test('volume of a rise says over how many days, unless one window alone says as much', () => {
  const factor = volumeFactor(risen(), SETTING);
  const met = '225 messages within 4 days by senders who never wrote to anybody here before';
  assert.deepEqual(
    [factor.weight, factor.evidence, factor.tunable?.limit],
    [
      20,
      `${met}, the limit of such is 120, no day before brought more than 9`,
      '30 a minute (120 messages within 4 days)',
    ],
  );
  const little = { newcomersUsual: { known: true, expected: [0, 0, 0, 0, 0] } };
  assert.equal(measureOf(risen({ ...little, newcomersPeaks: [0, 0, 75, 90, 90] }), SETTING), 'newcomers');
  assert.equal(measureOf(risen({ ...little, newcomersPeaks: [0, 0, 60, 90, 90] }), SETTING), 'rise');
});
