import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, HOUR, SETTING, sample } from './burst.test-support.ts';
import { address, alarm, CLERK, hushed, names, quiet, stranger, told, word } from './claims.test-support.ts';
import type { Episode } from './episode.ts';
import { DAY, log, type Mail, many, ordinaryMonth, replay, T0 } from './flood.test-support.ts';
import { addToHistory, newcomersBefore, newHistory } from './history.ts';
import { judge, type Surroundings } from './judge.ts';
import { addNewcomer, crowdedWindow, newcomersIn, newcomersLimit, newNewcomers } from './newcomers.ts';
import type { Tally } from './tally.ts';
import { isCrowded, measureOf, volumeFactor } from './volume.ts';

const days = (count: number, perDay: number): Mail[] =>
  ordinaryMonth(CLERK, T0, perDay).filter(({ at }) => at >= T0 - count * DAY);
const others = (count: number): Mail[] =>
  ordinaryMonth('buyer@example.org', T0, 5).filter(({ at }) => at >= T0 - count * DAY);
/** So many within so many hours. */
const spread = (count: number, hours: number, from: (index: number) => string = stranger): Mail[] =>
  many(count, T0, (hours * HOUR) / count, i => ({ from: from(i), ip: address(i) }));

test('the faster it is the more it is: nothing, low, medium and high follow each other, with three days of history', () => {
  const severities = [50, 65, 80, 110, 145, 160].map(count => {
    const found = told([...days(3, 5), ...spread(count, 1)]);
    assert.ok(found.length < 2);
    return found[0]?.severity;
  });
  assert.deepEqual(severities, [undefined, 'low', 'medium', 'medium', 'medium', 'high']);
  const inEight = [80, 100, 200, 290, 310].map(count => told([...days(3, 5), ...spread(count, 8)])[0]?.severity);
  assert.deepEqual(inEight, [undefined, 'low', 'medium', 'medium', 'high']);
  const inDay = [110, 130, 230, 440].map(count => told([...days(3, 5), ...spread(count, 24)])[0]?.severity);
  assert.deepEqual(inDay, [undefined, 'low', 'medium', 'medium']);
});

test('a mailbox that got one message in two days is no new one, and the alert says what was seen', () => {
  const one: Mail = { at: T0 - 16 * HOUR, from: 'partner1@example.net', to: CLERK };
  const found = alarm([...others(2), one, ...spread(280, 2, i => `u${i}@${word(i % 24)}.example`)]);
  assert.equal(found.severity, 'medium');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'strangers-once-each']);
  const [volume] = found.factors;
  assert.match(
    volume?.evidence ?? '',
    /^\d+ messages within eight hours by senders who never wrote to anybody here before, the/,
  );
  assert.match(found.story, /hardly anything was seen there before/);
  assert.ok(!found.missing.some(words => words.includes('too short')));
  assert.equal(alarm([...others(2), one, ...spread(280, 6)]).severity, 'low', 'for hours: it may be new');
});

test('quiet: a new mailbox, and one that has been as busy since its first message', () => {
  quiet([...others(2), ...spread(140, 1)]);
  quiet([...others(5), ...spread(210, 24)]);
});

test('quiet: people who answer, most of them by a few big providers', () => {
  const providers = ['mail', 'post', 'web', 'free', 'inbox'].map(name => `${name}.example`);
  const person =
    (part: number) =>
    (i: number): string =>
      i % 10 < part ? `${word(i)}@${providers[i % 5]}` : `${word(i)}@${word(i + 7)}.example`;
  quiet([...days(4, 5), ...spread(140, 1, person(10))]);
  hushed([...days(4, 5), ...spread(140, 1, person(6))]);
  assert.equal(alarm([...days(4, 5), ...spread(140, 1, person(4))]).severity, 'medium');
});

test('quiet: answers to a mailing of its own, from the very addresses it wrote to', () => {
  const mailing = many(140, T0 - 2 * HOUR, 500, i => ({
    uid: 1003,
    from: CLERK,
    to: stranger(i),
    fate: 'gateway' as const,
  }));
  hushed([...days(4, 5), ...mailing, ...spread(140, 1)]);
  const elsewhere = mailing.map((mail, i) => ({ ...mail, to: stranger(900 + i) }));
  assert.equal(alarm([...days(4, 5), ...elsewhere, ...spread(140, 1)]).severity, 'medium');
});

test('one correspondent who answers without end is a stranger again', () => {
  const mailing: Mail = { at: T0 - HOUR, uid: 1003, from: CLERK, to: 'one@far.example', fate: 'gateway' };
  assert.ok(names(alarm([...days(4, 5), mailing, ...spread(300, 1, () => 'one@far.example')])).includes('one-sender'));
});

test('quiet: a Monday on which known customers and a few new ones write, a list, tickets, a monitoring storm', () => {
  const customers = Array.from({ length: 5 }, (_, day) =>
    many(30, T0 - (5 - day) * DAY, 10 * 60_000, i => ({ from: `${word(i)}@${word(i + 50)}.example`, ip: address(i) })),
  ).flat();
  const monday = spread(120, 2, i => (i % 4 === 0 ? stranger(i) : `${word(i % 30)}@${word((i % 30) + 50)}.example`));
  quiet([...customers, ...monday]);
  quiet([...days(4, 5), ...spread(140, 1, i => `team-bounces-${i}-clerk=example.org@lists.example`)]);
  const tickets = many(4, T0 - 3 * DAY, HOUR, i => ({ from: `ticket-${i}@desk.example` }));
  quiet([...days(4, 5), ...tickets, ...spread(140, 1, i => `ticket-${500 + i}@desk.example`)]);
  quiet([...days(4, 5), ...spread(140, 1, () => 'alerts@status.example')]);
});

test('quiet: what waited elsewhere over a weekend, where new customers are usual', () => {
  const usual = Array.from({ length: 6 }, (_, day) =>
    many(30, T0 - (6 - day) * DAY, 10 * 60_000, i => ({ from: stranger(4000 + day * 100 + i) })),
  ).flat();
  quiet([...days(6, 5), ...usual, ...spread(85, 1)]);
  assert.equal(alarm([...days(6, 5), ...usual, ...spread(145, 1)]).severity, 'medium', 'nearly five days at once');
});

test('quiet: everybody hears from new people; two who hear from many are two floods', () => {
  const boxes = ['clerk', 'ops', 'dev', 'buyer'];
  const before = boxes.flatMap(box => ordinaryMonth(`${box}@example.org`, T0, 5)).filter(({ at }) => at > T0 - 3 * DAY);
  const to = (count: number) =>
    many(90 * count, T0, HOUR / 90 / count, i => ({
      to: `${boxes[i % count]}@example.org`,
      from: stranger(i),
      ip: address(i),
    }));
  quiet([...before, ...to(4)]);
  const found = told([...before, ...to(1), ...to(2).filter(mail => mail.to?.startsWith('ops'))]);
  assert.deepEqual(
    found.map(each => [each.title, each.severity]),
    [
      ['Mailbox clerk flooded', 'medium'],
      ['Mailbox ops flooded', 'medium'],
    ],
  );
});

test('the null sender is nobody who is new', () => {
  const one = { ...(spread(1, 1)[0] as Mail), at: T0 - 60_000, from: '' };
  quiet([...days(3, 5), one, ...spread(59, 0.5)]);
  assert.equal(alarm([...days(3, 5), { ...one, from: 'new@far.example' }, ...spread(59, 0.5)]).severity, 'low');
});

test('one other mailbox that gets a third as much is the middle of the others', () => {
  const to = (box: string, count: number) =>
    many(count, T0, (40 * 60_000) / count, i => ({ to: `${box}@example.org`, from: stranger(i), ip: address(i) }));
  const before = ['clerk', 'ops'].flatMap(box => ordinaryMonth(`${box}@example.org`, T0, 5));
  const found = (count: number) =>
    replay(log([...before.filter(({ at }) => at > T0 - 3 * DAY), ...to('clerk', 80), ...to('ops', count)])).length;
  assert.deepEqual([found(30), found(20)], [0, 1]);
});

test('strangers where strangers are usual are a flood when they are many times as many, medium at most', () => {
  const customers = Array.from({ length: 5 }, (_, day) =>
    many(20, T0 - (5 - day) * DAY, 20 * 60_000, i => ({ from: stranger(7000 + day * 100 + i) })),
  ).flat();
  const everywhere = (hours: number): Mail[] =>
    spread(280, hours).map((mail, i) => ({ ...mail, ip: `198.18.${i % 256}.9` }));
  assert.equal(alarm([...customers, ...everywhere(3)]).severity, 'medium');
  assert.equal(alarm([...customers, ...everywhere(1)]).severity, 'medium');
  assert.equal(alarm([...customers, ...spread(280, 1)]).severity, 'high', 'and all from one network');
  hushed([...customers, ...spread(110, 8)]);
});

test('windows of newcomers hold an hour, eight and a day, and forget what is older', () => {
  const list = newNewcomers();
  for (let hour = 0; hour < 30; hour++) addNewcomer(list, sample({ time: hour * HOUR, sender: `a@d${hour}.example` }));
  assert.deepEqual(newcomersIn(list, 29 * HOUR), [0, 0, 1, 8, 24]);
  addNewcomer(list, sample({ time: 60 * HOUR }));
  assert.equal(list.recent.length, 1);
  for (let i = 0; i < 2500; i++) addNewcomer(list, sample({ time: 61 * HOUR + i }));
  assert.ok(list.recent.length <= 2000 && list.recent.length >= 1800);
  assert.equal(list.recent.at(-1)?.time, 61 * HOUR + 2499);
});

test('a window is crowded by enough of them from twenty domains, where it is known what is usual', () => {
  const usual = { known: true, expected: [0, 0, 0, 0, 0] };
  const crowd = (count: number, domains: number, every = 1000, afterFlood = false): number => {
    const list = newNewcomers();
    for (let i = 0; i < count; i++)
      addNewcomer(list, sample({ time: i * every, sender: `a${i}@d${i % domains}.example` }));
    return crowdedWindow(list, (count - 1) * every, () => usual, SETTING, afterFlood);
  };
  assert.deepEqual([crowd(59, 59), crowd(60, 20), crowd(60, 19)], [-1, 2, -1]);
  assert.deepEqual([crowd(59, 1, 1000, true), crowd(60, 1, 1000, true)], [-1, 2], 'behind a flood');
  assert.deepEqual([crowd(89, 30, 5 * 60_000), crowd(90, 30, 5 * 60_000)], [-1, 3]);
  assert.deepEqual([crowd(119, 30, 12 * 60_000), crowd(120, 30, 12 * 60_000)], [-1, 4]);
  const list = newNewcomers();
  for (let i = 0; i < 90; i++) addNewcomer(list, sample({ time: i, sender: `a@d${i}.example` }));
  assert.equal(
    crowdedWindow(list, 90, () => ({ ...usual, known: false }), SETTING),
    -1,
  );
  assert.equal(
    crowdedWindow(list, 90, () => ({ ...usual, expected: [0, 0, 20, 20, 20] }), SETTING),
    -1,
  );
});

test('the limit of newcomers is the least, eight or six times the usual, or three whole days', () => {
  const limit = (index: number, expected: readonly number[], baselineMultiple = 1): number =>
    newcomersLimit(index, { known: true, expected }, { ...SETTING, baselineMultiple });
  assert.deepEqual(
    [2, 3, 4].map(index => limit(index, [0, 0, 0, 0, 0])),
    [60, 90, 120],
  );
  assert.deepEqual(
    [2, 3, 4].map(index => limit(index, [0, 0, 10, 20, 30])),
    [90, 120, 180],
  );
  assert.equal(limit(2, [0, 0, 12, 20, 30]), 96);
  assert.equal(limit(2, [0, 0, 12, 20, 30], 2), 192);
});

test('how many are usual is taken from hours that lie a day back, or eight hours where there is nothing else', () => {
  const history = newHistory(0);
  for (let hour = 0; hour < 40; hour++) addToHistory(history, hour * HOUR, 1, 1, false, hour % 4 === 0 ? 2 : 0);
  assert.deepEqual(newcomersBefore(history, 60 * HOUR, 0), { known: true, expected: [0, 0, 2, 4, 12] });
  const young = newHistory(40 * HOUR);
  addToHistory(young, 40 * HOUR, 1, 1, false, 1);
  assert.deepEqual(newcomersBefore(young, 52 * HOUR, 0), { known: true, expected: [0, 0, 1, 1, 1] });
  assert.equal(newcomersBefore(young, 52 * HOUR - 1, 0).known, false, 'first seen less than half a day ago');
  assert.equal(newcomersBefore(young, 63 * HOUR, 39 * HOUR + 1).known, false, 'evidence of less than a day');
  assert.equal(newcomersBefore(newHistory(0), 60 * HOUR, 0).known, false, 'nothing came');
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
const severity = (one: Episode, facts: Partial<Surroundings> = {}): string | undefined =>
  judge(one, around(facts), SETTING)?.severity;

test('newcomers below the limits of any mailbox are medium, or low where they are few', () => {
  assert.equal(severity(crowd()), 'medium');
  const few = crowd({ newcomersPeaks: [0, 0, 74, 74, 74] });
  assert.equal(severity(few), 'low');
  assert.equal(severity(crowd({ newcomersPeaks: [0, 0, 74, 74, 74] }, { full: 9 })), 'low', 'whatever else is seen');
  assert.equal(severity(crowd({ newcomersPeaks: [0, 0, 75, 75, 75] })), 'medium');
});

test('newcomers of few providers, and those who come to everybody, are none', () => {
  const domains = (many: number, single: number) => new Map([...each(single), ['p1', many]]);
  assert.equal(severity(crowd({}, { domains: domains(46, 54) })), 'medium', 'a domain each for half of them');
  assert.equal(severity(crowd({}, { domains: new Map(Array.from({ length: 20 }, (_, i) => [`d${i}`, 5])) })), 'medium');
  assert.equal(
    severity(crowd({}, { domains: new Map(Array.from({ length: 19 }, (_, i) => [`d${i}`, 5])) })),
    'informational',
  );
  assert.equal(severity(crowd({}, { domains: domains(60, 40) })), 'informational');
  const floodBefore = { start: 0, last: 1, count: 70 };
  assert.equal(severity(crowd({ floodBefore }, { domains: domains(60, 40) })), 'low', 'another wave of it');
  assert.equal(severity(crowd(), { otherMedian: 33 }), 'medium');
  assert.equal(severity(crowd(), { otherMedian: 34 }), undefined);
});

test('strangers where they are usual count only beside far more newcomers than usual', () => {
  assert.equal(severity(crowd({ strangersUsual: 0.6 })), 'medium');
  const usual = { known: true, expected: [0, 0, 9, 30, 60] };
  assert.equal(severity(crowd({ strangersUsual: 0.6, newcomersUsual: usual })), 'informational');
});

test('slow is what no hour shows; where hardly anything was seen before that is low', () => {
  const usual = { known: false, hoursSeen: 1, weekSeen: false, expected: [0, 0, 0, 0, 0] };
  const slow = { horizon: 3, usual, evidenceBeforeMs: 48 * HOUR };
  assert.equal(severity(crowd({ ...slow, newcomersPeaks: [0, 0, 60, 160, 160] })), 'medium');
  assert.equal(severity(crowd({ ...slow, newcomersPeaks: [0, 0, 59, 160, 160] })), 'low');
});

test('volume of newcomers says what it counts and which setting makes the limit', () => {
  const factor = volumeFactor(crowd(), SETTING);
  const met = '100 messages within one hour by senders who never wrote to anybody here before';
  assert.deepEqual(factor, {
    name: 'volume',
    weight: 20,
    evidence: `${met}, the limit of such is 60, usual is 1 at most`,
    tunable: { name: 'MailVolumeThreshold', met, limit: '30 a minute (60 messages within one hour)' },
  });
  const busy = crowd({ newcomersUsual: { known: true, expected: [0, 0, 9, 9, 9] } });
  assert.equal(volumeFactor(busy, SETTING).tunable?.name, 'BaselineMultiple');
  assert.deepEqual([isCrowded(busy, SETTING), measureOf(busy, SETTING)], [true, 'newcomers']);
  assert.equal(measureOf(crowd({ peaks: [3, 10, 150] }), SETTING), 'any');
});
