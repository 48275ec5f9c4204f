import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, HOUR, SETTING, sample } from './burst.test-support.ts';
import type { Episode } from './episode.ts';
import { DAY } from './flood.test-support.ts';
import { addToHistory, newcomersBefore, newHistory } from './history.ts';
import { judge, type Surroundings } from './judge.ts';
import { addNewcomer, crowdedWindow, isManyToday, type Newcomers, newNewcomers } from './newcomers.ts';
import { riseBefore } from './rise.ts';
import type { Tally } from './tally.ts';
import { isCrowded, measureOf, muchOf, volumeFactor, volumeOf } from './volume.ts';

/** Where each limit of newcomers lies: what is just enough, and what is just too little. */

const listOf = (count: number, every: number, domain: (index: number) => string): Newcomers => {
  const list = newNewcomers();
  for (let i = 0; i < count; i++) addNewcomer(list, sample({ time: i * every, sender: `a${i}@${domain(i)}` }));
  return list;
};

test('what is two days old moves the list, and then what is a day old goes', () => {
  const times = (...all: readonly number[]): readonly number[] => {
    const list = newNewcomers();
    for (const time of all) addNewcomer(list, sample({ time }));
    return list.recent.map(({ time }) => time);
  };
  assert.deepEqual(times(0, 2 * DAY - 1), [0, 2 * DAY - 1]);
  assert.deepEqual(times(0, DAY, DAY + 1, 2 * DAY), [DAY + 1, 2 * DAY]);
});

test('domains that differ in one letter are as many domains', () => {
  const letters = listOf(60, 1000, i => `${'abcdefghijklmnopqrst'[i % 20]}.example`);
  const usual = { known: true, expected: [0, 0, 0, 0, 0] };
  assert.equal(
    crowdedWindow(letters, 60_000, () => usual, SETTING),
    2,
  );
});

test('many today are as many as asked for, of twenty domains within the day', () => {
  const today = (count: number, domains: number): boolean =>
    isManyToday(
      listOf(count, HOUR / 2, i => `d${i % domains}.example`),
      (count - 1) * (HOUR / 2),
      40,
    );
  assert.deepEqual([today(40, 20), today(39, 20), today(40, 19)], [true, false, false]);
  const eachHour = listOf(40, HOUR / 2, i => `d${i >> 1}.example`);
  assert.equal(isManyToday(eachHour, 39 * (HOUR / 2), 40), true, 'in the last eight hours sixteen domains');
});

test('the newest counts among the domains, and who came a day before to the millisecond no longer', () => {
  const today = (first: number, domain: (index: number) => string): boolean => {
    const list = newNewcomers();
    for (let i = 0; i < 41; i++)
      addNewcomer(list, sample({ time: i === 0 ? first : DAY, sender: `a${i}@${domain(i)}` }));
    return isManyToday(list, DAY, 40);
  };
  const newest = (i: number): string => (i === 40 ? 'newest.example' : `d${i % 19}.example`);
  assert.equal(today(DAY, newest), true);
  const oldest = (i: number): string => (i === 0 ? 'oldest.example' : `d${i % 19}.example`);
  assert.deepEqual([today(1, oldest), today(0, oldest)], [true, false]);
});

test('one hour that lies a day back says what is usual, whatever came since', () => {
  const history = newHistory(0);
  addToHistory(history, 10 * HOUR, 1, 1, false, 2);
  for (let i = 0; i < 5; i++) addToHistory(history, 45 * HOUR + i, 1, 1, false, 1);
  assert.deepEqual(newcomersBefore(history, 60 * HOUR, 0).expected, [0, 0, 2, 2, 2]);
  const young = newHistory(40 * HOUR);
  addToHistory(young, 40 * HOUR, 1, 1, false, 1);
  assert.equal(newcomersBefore(young, 63 * HOUR, 39 * HOUR).known, true, 'evidence of a day');
});

test('what came in a burst is no rise', () => {
  const rising = (isHeld: boolean) => {
    const history = newHistory(0);
    [5, 5, 85, 120].forEach((count, day) => {
      for (let i = 0; i < count; i++)
        addToHistory(history, (day * 24 + 1 + (i % 22)) * HOUR, 1, 1, isHeld && day === 2, 1);
    });
    return riseBefore(history, 4 * DAY, 0);
  };
  assert.deepEqual(rising(false), { days: 2, before: 85, usual: 5 });
  assert.equal(rising(true), null);
});

/** A hundred newcomers within an hour. */
const crowd = (facts: Partial<Episode> = {}, counts: Partial<Tally> = {}): Episode =>
  episode(
    {
      horizon: 2,
      peaks: [3, 10, 100, 100, 100],
      newcomersPeaks: [0, 0, 100, 100, 100],
      newcomersUsual: { known: true, expected: [0, 0, 1, 2, 4] },
      ...facts,
    },
    { count: 100, fresh: 100, senders: each(100), domains: each(100), ...counts },
  );
const judged = (one: Episode, facts: Partial<Surroundings> = {}) => judge(one, around(facts), SETTING);
const severity = (one: Episode, facts: Partial<Surroundings> = {}): string | undefined => judged(one, facts)?.severity;
const peaks = (hour: number, eight = hour) => ({ newcomersPeaks: [0, 0, hour, eight, eight] });

test('a window is full of them when it holds its limit', () => {
  assert.deepEqual(
    [60, 59].map(hour => isCrowded(crowd(peaks(hour)), SETTING)),
    [true, false],
  );
});

test('of providers five are taken out: what the others brought is half of it or is not', () => {
  const domains = (...counts: readonly number[]) => ({
    domains: new Map(counts.map((count, index) => [`d${index}`, count])),
  });
  const tens = new Array<number>(5).fill(10);
  const twos = new Array<number>(25).fill(2);
  assert.equal(severity(crowd({}, domains(...tens, ...twos))), 'medium');
  assert.equal(severity(crowd({}, domains(11, ...tens.slice(1), ...twos.slice(1), 1))), 'informational');
  assert.equal(severity(crowd({}, domains(10, ...tens, ...twos.slice(5)))), 'medium', 'a sixth is none of them');
});

test('a third of it in the middle of the others is no day of everybody; where there are no others nothing is', () => {
  const one = crowd({}, { count: 99, fresh: 99 });
  assert.equal(severity(one, { otherMedian: 33 }), 'medium');
  assert.equal(severity(one, { otherMedian: Number.NaN }), 'medium');
});

test('slow is also no hour that is too full of whatever comes', () => {
  const usual = { known: false, hoursSeen: 1, weekSeen: false, expected: [0, 0, 0, 0, 0] };
  const slow = (hour: number) =>
    judged(crowd({ horizon: 3, usual, peaks: [3, 10, hour, 160, 160], ...peaks(59, 160) }))?.held.map(({ why }) => why);
  const isNew = 'nothing came for this mailbox before: it may be new';
  assert.deepEqual([slow(149)?.includes(isNew), slow(150)?.includes(isNew)], [true, false]);
});

test('where strangers are usual they are medium at most, when nothing else repeats', () => {
  const full = { peaks: [150, 150, 150, 150, 150] };
  const why = 'strangers write to this mailbox on other days too';
  const held = (facts: Partial<Episode>, counts: Partial<Tally> = {}) => {
    const one = judged(crowd({ ...full, ...facts }, counts));
    return [one?.severity, one?.held.some(each => each.why === why)];
  };
  assert.deepEqual(held({ strangersUsual: 0.4 }), ['medium', true]);
  assert.deepEqual(held({ strangersUsual: 0.39 }), ['high', false]);
  const oneSender = { senders: new Map([['a@x', 100]]), domains: each(100) };
  assert.deepEqual(held({ strangersUsual: 0.4 }, oneSender), ['high', false], 'one sender is another matter');
});

test('much is said of the shortest window that comes as near as any', () => {
  assert.deepEqual(muchOf(crowd(peaks(75, 150)), SETTING), { index: 2, count: 75, from: 75 });
  assert.deepEqual(muchOf(crowd(peaks(75, 151)), SETTING), { index: 3, count: 151, from: 150 });
  assert.deepEqual(muchOf(crowd(peaks(0)), SETTING), { index: 2, count: 0, from: 75 });
});

test('a rise of days counts the day of its burst as one, however short that was', () => {
  const risen = (last: number): Episode =>
    episode({
      horizon: 4,
      last,
      peaks: [2, 3, 9, 30, 100],
      ...peaks(8, 28),
      newcomersUsual: { known: true, expected: [0, 0, 5, 20, 50] },
      rise: { days: 3, before: 100, usual: 9 },
      newcomersCount: 125,
    });
  assert.deepEqual(volumeOf(risen(0), SETTING), {
    measure: 'rise',
    index: 4,
    count: 225,
    ratio: 1.875,
    limit: 120,
    byUsual: false,
  });
  const span = (last: number): string | undefined =>
    /within (\d days)/.exec(volumeFactor(risen(last), SETTING).evidence)?.[1];
  assert.deepEqual([span(0), span(DAY), span(DAY + 1)], ['3 days', '3 days', '4 days']);
  assert.equal(measureOf(risen(0), SETTING), 'rise');
});
