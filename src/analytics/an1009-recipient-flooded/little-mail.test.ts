import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, SETTING } from './burst.test-support.ts';
import { address, alarm, CLERK, hushed, names, quiet, stranger, told } from './claims.test-support.ts';
import { HOUR, type Mail, many, ordinaryMonth, T0 } from './flood.test-support.ts';
import { judge } from './judge.ts';
import type { Tally } from './tally.ts';
import { isMuchHereOnly, volumeOf } from './volume.ts';
import { quietLimitOf } from './watch.ts';

/** Strangers' mail, spread evenly over so many hours. */
const spread = (count: number, hours: number, from: (index: number) => string = stranger): Mail[] =>
  many(count, T0, (hours * HOUR) / count, i => ({ from: from(i), ip: address(i) }));
const days = (count: number, perDay: number): Mail[] =>
  ordinaryMonth(CLERK, T0, perDay).filter(({ at }) => at >= T0 - count * 24 * HOUR);

test('168 strangers in four hours are told where a week showed one or two messages a day, as medium at most', () => {
  const found = alarm([...days(14, 2), ...spread(168, 4)]);
  assert.equal(found.severity, 'medium');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'strangers-once-each']);
  assert.match(found.factors[0]?.evidence ?? '', /^\d+ messages within eight hours, the limit is 150, usual is 2 at/);
  const what = found.wouldChange.map(each => each.what);
  assert.ok(what.includes('MailVolumeThreshold were above 33 messages a minute'), what.join('\n'));
  assert.ok(
    what.some(each => each.endsWith('it is much only for a mailbox that hardly gets anything')),
    what.join('\n'),
  );
});

test('so are 168 bounces of what the mailbox never sent', () => {
  const found = alarm([...days(14, 2), ...spread(168, 4, () => '')]);
  assert.deepEqual([found.severity, names(found)[1]], ['low', 'backscatter']);
});

test('fewer than that are low, and as many are medium by who writes where less than a week was seen', () => {
  assert.equal(alarm([...days(14, 2), ...spread(140, 4)]).severity, 'low');
  const found = alarm([...days(6, 2), ...spread(168, 4)]);
  assert.equal(found.severity, 'medium');
  assert.match(found.factors[0]?.evidence ?? '', /^168 messages within eight hours by senders who never wrote/);
});

test('quiet: so few that a person may get them', () => {
  quiet([...days(14, 2), ...spread(89, 4)]);
  quiet([...days(6, 2), ...spread(59, 1)]);
  quiet([...days(14, 2), ...spread(118, 24)]);
});

test('quiet: as many bounces and notifications, which nobody new wrote, where less than a week was seen', () => {
  quiet([...days(6, 2), ...spread(140, 4, () => '')]);
  quiet([...days(6, 2), ...spread(140, 4, i => `ticket-${4000 + i}@desk.example`)]);
});

test('so are 90 in an hour, and 288 in a day: one every five minutes', () => {
  for (const [count, hours, window] of [
    [90, 1, 'hour, the limit is 75, usual is 1 at most'],
    [288, 24, 'day, the limit is 225, usual is 4 at most'],
  ] as const) {
    const found = alarm([...days(21, 4), ...spread(count, hours)]);
    assert.deepEqual([found.severity, names(found)[1]], ['medium', 'strangers-once-each']);
    assert.ok(found.factors[0]?.evidence.endsWith(window), found.factors[0]?.evidence);
  }
});

test('fewer than that in an hour or a day are low', () => {
  assert.equal(alarm([...days(21, 4), ...spread(74, 1)]).severity, 'low');
  assert.equal(alarm([...days(21, 4), ...spread(216, 24)]).severity, 'low');
});

test('one every two minutes is told where three days showed a few, although it takes most of a day to be seen', () => {
  const found = alarm([...days(3, 5), ...spread(720, 24)]);
  assert.deepEqual(names(found), ['volume', 'strangers-once-each', 'one-network']);
});

test('a mailbox that nobody wrote to for a week is told of as low, for it may be new', () => {
  const others = ordinaryMonth('buyer@example.org', T0, 5);
  assert.equal(alarm([...others, ...spread(720, 12)]).severity, 'low');
  quiet([...others.filter(({ at }) => at >= T0 - 6 * 24 * HOUR), ...spread(720, 12)]);
});

test('strangers are measured by the strangers that are usual, not by all mail: thirty messages a day hide no flood', () => {
  const found = alarm([...days(14, 30), ...spread(168, 4)]);
  assert.equal(found.severity, 'medium');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'strangers-once-each']);
});

/** A few strangers on every day, beside those who are known. */
const lively = (perDay: number): Mail[] =>
  Array.from({ length: 14 }, (_, day) =>
    many(perDay, T0 - (14 - day) * 24 * HOUR, (8 * HOUR) / perDay, i => ({ from: stranger(90_000 + day * 100 + i) })),
  ).flat();

test('quiet: as many where it is not six times the strangers that are usual, or by people who write there on other days', () => {
  quiet([...days(14, 2), ...lively(30), ...spread(140, 4)]);
  assert.equal(alarm([...days(14, 60), ...lively(6), ...spread(168, 4)]).severity, 'medium');
  hushed([...days(14, 2), ...spread(168, 4, i => `partner${i % 2}@example.net`)]);
});

test('what is much for any mailbox is judged as it is for any, and goes on no longer', () => {
  const flood = many(200, T0, 1000, i => ({ from: stranger(i), ip: address(i) }));
  const later: Mail[] = [{ at: T0 + 2 * HOUR, from: 'partner0@example.net', to: CLERK }];
  const [brief, long] = [days(6, 2), days(14, 2)].map(before => told([...before, ...flood, ...later])[0]);
  assert.equal(long?.severity, 'high');
  assert.match(long?.story ?? '', /, 200 messages from/);
  assert.equal(brief?.factors[0]?.evidence, long?.factors[0]?.evidence);
});

test('what is much here only is medium where nothing but the mailbox joins it, or one large content', () => {
  const usual = { known: true, hoursSeen: 9, weekSeen: true, expected: [1, 1, 2, 3, 5] };
  const severity = (counts: Partial<Tally>, strangersUsual = 0): string | undefined => {
    const one = episode(
      { horizon: 3, peaks: [5, 10, 50, 160, 160], usual, strangersUsual },
      { count: 160, fresh: 160, full: 1, ...counts },
    );
    return judge(one, around(), SETTING)?.severity;
  };
  const strangers = { senders: each(160), domains: each(80) };
  assert.equal(severity(strangers), 'medium');
  assert.equal(severity({ ...strangers, domains: each(79) }), 'low', 'many of one provider answer an advertisement');
  assert.equal(
    severity({ senders: new Map([['a@x', 160]]), domains: each(80) }),
    'low',
    'a program of one correspondent',
  );
  const attached = { attachments: new Map([['a.iso', 160]]) };
  assert.equal(severity(attached), 'medium');
  assert.equal(severity({ sizes: new Map([[400, 160]]) }), 'medium');
  assert.equal(severity({ sizes: new Map([[40, 160]]), senders: new Map([['a@x', 160]]) }), 'low', 'a small one');
  assert.equal(severity({ ...attached, fresh: 80 }), 'medium');
  assert.equal(severity({ ...attached, fresh: 79 }), 'informational', 'by people who were known');
  assert.equal(severity({ ...attached, fresh: 79, nullSenders: 1 }), 'medium');
  assert.equal(severity(attached, 0.39), 'medium');
  assert.equal(severity(attached, 0.4), 'informational', 'customers');
});

test('the limit of a mailbox that hardly gets anything, in numbers', () => {
  const usual = { known: true, hoursSeen: 9, weekSeen: true, expected: [1, 1, 2, 10, 30] };
  const of = (peaks: readonly number[], weekSeen = true) => {
    const one = episode({ horizon: 3, peaks: [...peaks], usual: { ...usual, weekSeen } });
    const { index, limit, byUsual } = volumeOf(one, SETTING);
    return [isMuchHereOnly(one, SETTING), index, limit, byUsual];
  };
  assert.deepEqual(of([5, 10, 50, 160, 160]), [true, 3, 150, false]);
  assert.equal(quietLimitOf(3, { ...usual, expected: [1, 1, 2, 30, 30] }, SETTING), 180);
  assert.equal(quietLimitOf(2, { ...usual, expected: [1, 1, 10, 10, 30] }, SETTING), 80);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map(index => quietLimitOf(index, usual, SETTING)),
    [30, 60, 75, 150, 225],
  );
  assert.deepEqual(of([5, 10, 50, 160, 440]), [true, 4, 225, false]);
  assert.deepEqual(of([5, 10, 50, 300, 310]), [false, 3, 300, false], 'as for any mailbox');
  assert.deepEqual(of([5, 10, 50, 300, 310], false), [false, 3, 300, false]);
  assert.deepEqual(of([5, 10, 50, 299, 310], false), [false, 3, 300, false]);
});
