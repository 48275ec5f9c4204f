import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SeenHours } from './seen-hours.ts';

const told = (hours: SeenHours) =>
  [...hours.mailboxes()].map(({ mailbox, hosts, seen }) => ({ mailbox, hosts: [...hosts].sort(), seen: [...seen] }));

test('messages by mailbox and hour, with the most in a minute and in five', () => {
  const hours = new SeenHours(100);
  for (const minute of [600, 600, 601, 604, 605, 660]) hours.add('clerk', 'mx1', Math.floor(minute / 60), minute);
  hours.add('boss', 'mx2', 10, 605);
  assert.deepEqual(told(hours), [
    {
      mailbox: 'clerk',
      hosts: ['mx1'],
      seen: [
        { hour: 10, count: 5, peakMinute: 2, peakFive: 4 },
        { hour: 11, count: 1, peakMinute: 1, peakFive: 1 },
      ],
    },
    { mailbox: 'boss', hosts: ['mx2'], seen: [{ hour: 10, count: 1, peakMinute: 1, peakFive: 1 }] },
  ]);
  assert.deepEqual([hours.size, hours.has('boss'), hours.has('nobody')], [3, true, false]);
});

test('hours stand in order whatever the order in which they came, and the hosts are those of the mailbox', () => {
  const message = fc.record({
    mailbox: fc.constantFrom('a', 'b', 'c'),
    host: fc.constantFrom('mx1', 'mx2', 'mx3'),
    hour: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 60 }), messages => {
      const hours = new SeenHours(1000);
      for (const { mailbox, host, hour } of messages) assert.equal(hours.add(mailbox, host, hour, hour * 60), true);
      const names = [...new Set(messages.map(each => each.mailbox))];
      const expected = names.map(mailbox => {
        const own = messages.filter(each => each.mailbox === mailbox);
        const at = [...new Set(own.map(each => each.hour))].sort((a, b) => a - b);
        return {
          mailbox,
          hosts: [...new Set(own.map(each => each.host))].sort(),
          seen: at.map(hour => [hour, own.filter(each => each.hour === hour).length]),
        };
      });
      const found = told(hours).map(each => ({ ...each, seen: each.seen.map(({ hour, count }) => [hour, count]) }));
      assert.deepEqual(found, expected);
    }),
  );
});

test('at most so many hours are held; messages of hours that are held still count', () => {
  const hours = new SeenHours(2);
  assert.deepEqual(
    [
      ['a', 1],
      ['a', 2],
      ['a', 3],
      ['b', 1],
      ['a', 2],
    ].map(([mailbox, hour]) => hours.add(String(mailbox), 'mx1', Number(hour), Number(hour) * 60)),
    [true, true, false, false, true],
  );
  assert.deepEqual(
    told(hours).map(({ mailbox, seen }) => [mailbox, seen.map(each => each.count)]),
    [
      ['a', [1, 2]],
      ['b', []],
    ],
  );
});

test('two thousand mailboxes with a week each', () => {
  const hours = new SeenHours(4_000_000);
  for (let hour = 0; hour < 168; hour++)
    for (let i = 0; i < 2000; i++) hours.add(`m${i}`, 'mx1', hour, hour * 60 + (i % 60));
  assert.equal(hours.size, 168 * 2000);
  for (const { seen } of hours.mailboxes()) {
    assert.equal(seen.length, 168);
    assert.ok(seen.every(each => each.count === 1));
  }
});
