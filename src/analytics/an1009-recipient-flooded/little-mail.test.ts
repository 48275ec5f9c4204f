import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, episode, SETTING } from './burst.test-support.ts';
import { address, alarm, CLERK, hushed, names, quiet, stranger, told } from './claims.test-support.ts';
import { HOUR, type Mail, many, ordinaryMonth, T0 } from './flood.test-support.ts';
import { judge } from './judge.ts';
import { isMuchHereOnly, volumeOf } from './volume.ts';
import { quietLimitOf } from './watch.ts';

/** Strangers' mail, spread evenly over so many hours. */
const spread = (count: number, hours: number, from: (index: number) => string = stranger): Mail[] =>
  many(count, T0, (hours * HOUR) / count, i => ({ from: from(i), ip: address(i) }));
const days = (count: number, perDay: number): Mail[] =>
  ordinaryMonth(CLERK, T0, perDay).filter(({ at }) => at >= T0 - count * 24 * HOUR);

test('168 strangers in four hours are told where a week showed one or two messages a day, as low at most', () => {
  const found = alarm([...days(14, 2), ...spread(168, 4)]);
  assert.equal(found.severity, 'low');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'strangers-once-each']);
  assert.match(
    found.factors[0]?.evidence ?? '',
    /^\d+ messages within one eight hours, the limit is 150, usual is 2 at/,
  );
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

test('quiet: fewer than that, and as many where less than a week was seen', () => {
  quiet([...days(14, 2), ...spread(140, 4)]);
  quiet([...days(6, 2), ...spread(168, 4)]);
});

test('quiet: as many where it is not ten times the usual, or by people who write there on other days', () => {
  quiet([...days(14, 20), ...spread(168, 4)]);
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

test('half of it by strangers or by nobody makes it low, else it is informational', () => {
  const severity = (fresh: number, nullSenders = 0): string | undefined => {
    const usual = { known: true, hoursSeen: 9, weekSeen: true, expected: [1, 1, 2, 3, 5] };
    const counts = { count: 160, fresh, nullSenders, attachments: new Map([['a.iso', 160]]), full: 1 };
    const one = episode({ horizon: 3, peaks: [5, 10, 50, 160, 160], usual }, counts);
    return judge(one, around(), SETTING)?.severity;
  };
  assert.equal(severity(80), 'low');
  assert.equal(severity(79), 'informational');
  assert.equal(severity(79, 1), 'low');
});

test('the limit of a mailbox that hardly gets anything, in numbers', () => {
  const usual = { known: true, hoursSeen: 9, weekSeen: true, expected: [1, 1, 2, 10, 30] };
  const of = (peaks: readonly number[], weekSeen = true) => {
    const one = episode({ horizon: 3, peaks: [...peaks], usual: { ...usual, weekSeen } });
    const { index, limit, byUsual } = volumeOf(one, SETTING);
    return [isMuchHereOnly(one, SETTING), index, limit, byUsual];
  };
  assert.deepEqual(of([5, 10, 50, 160, 160]), [true, 3, 150, false]);
  assert.equal(quietLimitOf(3, { ...usual, expected: [1, 1, 2, 17, 30] }, SETTING), 170);
  assert.deepEqual(of([5, 10, 50, 160, 440]), [true, 3, 150, false], 'only the window of eight hours');
  assert.deepEqual(of([5, 10, 50, 300, 310]), [false, 3, 300, false], 'as for any mailbox');
  assert.deepEqual(of([5, 10, 50, 300, 310], false), [false, 3, 300, false]);
  assert.deepEqual(of([5, 10, 50, 299, 310], false), [false, 3, 300, false]);
});
