import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../events/finding.ts';
import { address, stranger } from './claims.test-support.ts';
import { DAY, HOUR, log, type Mail, many, replay, T0 } from './flood.test-support.ts';

const ARCHIVE = 'journal@example.org';
const PEOPLE = ['clerk', 'buyer', 'dev', 'ops', 'lab', 'desk', 'yard'];
const personOf = (i: number): string => `${PEOPLE[i % PEOPLE.length]}@example.org`;

/** always_bcc: one recipient more of the same queue id. */
const copied = (mail: Mail): Mail => ({
  ...mail,
  recipients: [...(mail.recipients ?? [mail.to ?? 'clerk@example.org']), ARCHIVE],
});
/** A copy that another program hands in again: another queue id, the same message. */
const journaled = (mail: Mail, i: number): Mail[] => {
  const messageId = `j${i}.${mail.at}@example.net`;
  return [
    { ...mail, messageId },
    { ...mail, messageId, to: ARCHIVE, at: mail.at + 400, ip: '127.0.0.1' },
  ];
};

const days = (count: number, perDay: number): Mail[] =>
  Array.from({ length: count }, (_, day) =>
    many(perDay, T0 - (count - day) * DAY, (8 * HOUR) / perDay, i => ({
      to: personOf(i),
      from: `partner${i % 11}@example.net`,
      ip: `198.51.100.${60 + (i % 11)}`,
    })),
  ).flat();
const busyHour = (count: number): Mail[] =>
  many(count, T0, HOUR / count, i => ({ to: personOf(i), from: stranger(5000 + i), ip: address(i) }));
const flood = (count: number): Mail[] =>
  many(count, T0, 400, i => ({ to: 'clerk@example.org', from: stranger(90_000 + i), ip: address(i) }));

const loud = (found: readonly Finding[]): string[] =>
  found.filter(each => each.severity !== 'informational').map(each => each.key.split('|')[0] as string);
const explained = (found: readonly Finding[]): boolean =>
  found.some(
    each =>
      each.key.startsWith('journal') && each.wouldChange.some(change => change.what.includes('copies of what other')),
  );

test('a mailbox that gets a copy of all mail (always_bcc) is told as that, on a busy hour of everybody', () => {
  const found = replay(log([...days(6, 70), ...busyHour(600)].map(copied)));
  assert.deepEqual(loud(found), []);
  assert.ok(explained(found));
});

test('so it is where nothing was seen before that hour', () => {
  const found = replay(log(busyHour(600).map(copied)));
  assert.deepEqual(loud(found), []);
  assert.ok(explained(found));
});

test('so it is where the copy is a message of its own with the same message id', () => {
  const found = replay(log([...days(6, 70), ...busyHour(600)].flatMap(journaled)));
  assert.deepEqual(loud(found), []);
  assert.ok(explained(found));
});

test('so it is where only some people are copied (recipient_bcc_maps), and while state is saved and restored', () => {
  const some = (mail: Mail): Mail => (['yard', 'desk'].some(each => mail.to?.startsWith(each)) ? mail : copied(mail));
  const lines = log([...days(6, 70), ...busyHour(700)].map(some));
  for (const cutAt of [undefined, 500, lines.length - 900]) {
    const found = replay(lines, cutAt === undefined ? {} : { cutAt });
    assert.deepEqual(loud(found), [], `${cutAt}`);
    assert.ok(explained(found));
  }
});

for (const count of [120, 700])
  test(`${count} messages to one person are a flood of that person and not of the mailbox that gets the copies`, () => {
    const found = replay(log([...days(6, 70), ...flood(count)].map(copied)));
    assert.deepEqual(loud(found), ['clerk']);
  });

test('messages to the collecting mailbox itself are a flood of it', () => {
  const direct = flood(500).map(mail => ({ ...mail, to: ARCHIVE }));
  assert.deepEqual(loud(replay(log([...days(6, 70).map(copied), ...direct]))), ['journal']);
});

test('a flood that names a colleague beside the victim each time is one, with and without days before it', () => {
  const beside = flood(600).map((mail, i) => ({ ...mail, recipients: ['clerk@example.org', personOf(1 + (i % 6))] }));
  assert.deepEqual(loud(replay(log([...days(6, 70), ...beside]))), ['clerk']);
  assert.deepEqual(loud(replay(log(beside))), ['clerk']);
});

test('members of a list who get nothing else are no collectors of each other', () => {
  const list = many(600, T0, 300, i => ({
    recipients: ['clerk@example.org', 'buyer@example.org', 'dev@example.org', 'ops@example.org', 'lab@example.org'],
    from: 'one@bulk.example',
    ip: '203.0.113.9',
    messageId: `l${i}@bulk.example`,
  }));
  const found = replay(log([...days(6, 70), ...list]));
  assert.ok(!found.some(each => each.wouldChange.some(change => change.what.includes('copies of what other'))));
});

test('its copies are no mail of one more person, and those of other days are not of this hour', () => {
  const mails = [...days(6, 70), ...flood(400)].map(copied);
  const more = (count: number, at: number): Mail[] =>
    many(count, at, 20_000, () => ({ to: 'buyer@example.org', from: 'partner1@example.net' })).map(copied);
  const found = replay(log([...mails, ...more(6, T0 + 500), ...more(3, T0 + HOUR)])).filter(each =>
    each.key.startsWith('clerk'),
  );
  assert.match(found[0]?.story ?? '', /, and 1 other mailboxes got 6 together in the same time/);
});

/** An hour in which everybody but the first `count` people gets little, and these a flood each; all of it is copied. */
const floods = (count: number): Mail[] =>
  Array.from({ length: 6 }, (_, person) =>
    many(person < count ? 120 : 5, T0 + person * 100, 1000, i => ({
      to: personOf(person),
      from: stranger(person * 1000 + i),
      ip: address(i),
    })),
  )
    .flat()
    .map(copied);

test('a mailbox that collected copies before goes on doing so while many are flooded', () => {
  const found = replay(log([...days(6, 70).map(copied), ...floods(6)]));
  assert.deepEqual(loud(found), PEOPLE.slice(0, 6).sort());
});

test('where nothing was seen before, it collects copies when fewer than half of those that feed it are flooded', () => {
  assert.deepEqual(loud(replay(log(floods(2)))), PEOPLE.slice(0, 2).sort());
  assert.ok(loud(replay(log(floods(3)))).includes('journal'));
});
