import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { decode, encode, MailboxHours, type SeenHour, SLOTS, slotOf } from './mailbox-hours.ts';

const NOBODY: ReadonlySet<number> = new Set();
const BEGIN = 24 * 4; // A Monday, 00:00 UTC: 1970-01-05.

const hourOf = (hour: number, count: number): SeenHour => ({
  hour,
  count,
  peakMinute: Math.min(count, 3),
  peakFive: count,
});
/** `weeks` weeks of `count` messages at ten on every working day. */
function weeks(many: number, count: number, from = BEGIN): SeenHour[] {
  const hours: SeenHour[] = [];
  for (let week = 0; week < many; week++)
    for (let day = 0; day < 5; day++) hours.push(hourOf(from + week * SLOTS + day * 24 + 10, count));
  return hours;
}

function trained(seen: readonly SeenHour[], many: number): MailboxHours {
  const table = new MailboxHours();
  table.train(table.rowOf('clerk'), seen, BEGIN, BEGIN + many * SLOTS, NOBODY);
  return table;
}

test('the hour of the week begins on Monday at midnight', () => {
  assert.equal(slotOf(BEGIN), 0);
  assert.equal(slotOf(0), 3 * 24);
  assert.equal(slotOf(BEGIN - 1), 167);
});

test('one byte holds a rate three in a hundred fine', () => {
  for (const value of [0.02, 0.1, 1, 7, 60, 999, 99_000])
    assert.ok(Math.abs(decode(encode(value)) / value - 1) < 0.032, String(value));
  assert.equal(decode(encode(0)), 0);
  fc.assert(fc.property(fc.integer({ min: 0, max: 255 }), byte => assert.equal(encode(decode(byte)), byte)));
});

test('what comes each week at the same hour is usual at that hour and at no other', () => {
  const row = trained(weeks(4, 20), 4).get('clerk');
  assert.ok(Math.abs((row?.rates[10] ?? 0) / 20 - 1) < 0.05);
  assert.equal(row?.rates[11], 0);
  assert.equal(row?.rates[5 * 24 + 10], 0, 'nothing on Saturday');
  assert.equal(row?.hoursTrained, 4 * SLOTS - 10, 'from its first message on');
});

test('one flood moves what is usual by a bounded step, however large it is', () => {
  const flooded = (count: number) => [...weeks(8, 20).slice(0, -1), hourOf(BEGIN + 7 * SLOTS + 4 * 24 + 10, count)];
  const rate = (count: number) => trained(flooded(count), 8).get('clerk')?.rates[4 * 24 + 10] ?? 0;
  assert.ok(rate(100_000) <= 1.55 * rate(20), `${rate(100_000)} after a flood, ${rate(20)} without`);
  assert.equal(rate(100_000), rate(1_000_000));
});

test('an old habit fades: half of it is gone after three weeks, nearly all after twelve', () => {
  const rate = (quiet: number) => trained(weeks(8, 20), 8 + quiet).get('clerk')?.rates[10] ?? 0;
  assert.ok(rate(4) < 10 && rate(4) > 5, String(rate(4)));
  assert.ok(rate(12) < 2, String(rate(12)));
});

test('hours that are held back, and hours trained before, change nothing', () => {
  const table = trained(weeks(4, 20), 4);
  const before = table.get('clerk');
  table.train(table.rowOf('clerk'), weeks(4, 500), BEGIN, BEGIN + 4 * SLOTS, NOBODY);
  assert.deepEqual(table.get('clerk'), before);
  const next = weeks(1, 5000, BEGIN + 4 * SLOTS);
  const all = new Set(Array.from({ length: SLOTS }, (_, i) => BEGIN + 4 * SLOTS + i));
  table.train(table.rowOf('clerk'), next, BEGIN + 4 * SLOTS, BEGIN + 5 * SLOTS, all);
  assert.deepEqual(table.get('clerk'), before);
});

test('a million mailboxes fit into 256 MiB', () => {
  const table = new MailboxHours(1_000_000);
  for (let i = 0; i < 1_000_000; i++) table.rowOf(`mailbox-${i}@example.org`);
  assert.equal(table.size, 1_000_000);
  assert.ok(table.bytes < 256 * 1024 * 1024, `${(table.bytes / 1_048_576).toFixed(0)} MiB`);
  assert.equal(table.rowOf('one-more@example.org'), -1);
  assert.equal(table.refused, 1);
  assert.equal(table.get('mailbox-777777@example.org')?.mailbox, 'mailbox-777777@example.org');
});

test('saved and restored it is the same', () => {
  const table = trained(weeks(3, 7), 3);
  for (let i = 0; i < 5000; i++) table.rowOf(`m${i}`);
  const again = new MailboxHours();
  again.restore(deserialize(serialize(table.snapshot())));
  assert.deepEqual([...again.rows()], [...table.rows()]);
  assert.equal(again.rowOf('m4999'), table.rowOf('m4999'));
});

test('forgotten is forgotten, and can be learned anew', () => {
  const table = trained(weeks(3, 7), 3);
  assert.equal(table.forget('clerk'), true);
  assert.equal(table.forget('nobody'), false);
  assert.equal(table.get('clerk')?.hoursTrained, 0);
  table.train(table.rowOf('clerk'), weeks(3, 9), BEGIN, BEGIN + 3 * SLOTS, NOBODY);
  assert.ok(Math.abs((table.get('clerk')?.rates[10] ?? 0) - 9) < 0.5);
});
