import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Baseline } from '../../engine/baseline/baseline.ts';
import { learn } from '../../engine/baseline/learn.ts';
import { Recorder } from '../../engine/baseline/recorder.ts';
import { address, stranger } from './claims.test-support.ts';
import { DAY, log, type Mail, many, ordinaryMonth, replay, T0 } from './flood.test-support.ts';

/** What a baseline holds after it has learned these mails. */
function taught(mails: readonly Mail[]): Baseline {
  const baseline = new Baseline();
  const recorder = new Recorder((host, hour) => baseline.isCovered(host, hour));
  learn(baseline, recorder, replay(log(mails), { observers: [recorder] }));
  return baseline;
}

const month = ordinaryMonth('clerk@example.org', T0, 5);
const slow = log(many(1440, T0, 20_000, i => ({ from: stranger(i), ip: address(i) })));
const severities = (lines: readonly string[], baseline?: Baseline) =>
  replay(lines, baseline === undefined ? {} : { baseline })
    .filter(each => each.severity !== 'informational')
    .map(each => each.severity);

test('a slow flood is seen on the first day of evidence by what was learned before it', () => {
  const baseline = taught(month);
  const row = baseline.mailboxes.get('clerk');
  assert.ok(Math.abs((row?.rates.reduce((a, b) => a + b, 0) ?? 0) - 35) < 4, 'five a day are 35 a week');
  const [found] = replay(slow, { baseline }).filter(each => each.severity !== 'informational');
  assert.equal(found?.severity, 'high');
  assert.match(found.story, /are usual there at most/);
  // Without it, what began with the evidence may be usual: it is never told as surely.
  assert.ok(!severities(slow).includes('high'));
});

/** An order desk that gets 120 messages within minutes at nine on every working day. */
const desk = (day: number): Mail[] =>
  many(120, T0 - day * DAY, 3_000, i => ({ to: 'orders@example.org', from: stranger(i + day * 500), ip: address(i) }));

test('a mailbox that is busy at this hour every day is quiet once that was learned', () => {
  const busy = Array.from({ length: 28 }, (_, i) => desk(28 - i)).flat();
  const baseline = taught(busy.filter(mail => mail.at < T0));
  assert.ok(baseline.mailboxes.has('clerk'));
  const today = log(desk(0));
  assert.notDeepEqual(severities(today), []);
  // Its first days alerted, and taught nothing; a person who knows the desk says so in the inventory, and it learns.
  const vouched = new Baseline();
  const recorder = new Recorder(() => false);
  replay(log(busy), { observers: [recorder] });
  learn(vouched, recorder, []);
  assert.deepEqual(severities(today, vouched), []);
});

test('hours that belong to a flood are held back: the mailbox stays as it was', () => {
  const flood = many(600, T0 - 2 * DAY, 1000, i => ({ from: stranger(i), ip: address(i) }));
  const rate = (mails: readonly Mail[]) => {
    const hour = new Date(T0 - 2 * DAY);
    return taught(mails).usual('clerk', hour.getTime())?.expected[2] ?? Number.NaN;
  };
  assert.equal(rate([...month, ...flood]), rate(month));
});

test('the same log learned twice teaches once', () => {
  const baseline = taught(month);
  const before = [...baseline.mailboxes.rows()];
  const recorder = new Recorder((host, hour) => baseline.isCovered(host, hour));
  learn(baseline, recorder, replay(log(month), { observers: [recorder] }));
  assert.deepEqual([...baseline.mailboxes.rows()], before);
  assert.ok(before.length > 0);
});
