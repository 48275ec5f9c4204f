import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { delivered, type Facts, hundred, runOf, SECOND, START, told, world } from './run.test-support.ts';

const HOUR = 3600 * SECOND;
const journal = { recipient: 'journal@example.org' } as const;

/** Five people whose ten messages each went to the journal too, an hour before. */
const people = Array.from({ length: 50 }, (_, index) => {
  const facts = { time: START - HOUR + index * 60 * SECOND, queueId: `B${index}` } as Partial<MailDelivery>;
  return [delivered(0, { ...facts, recipient: `p${index % 5}@example.org` }), delivered(0, { ...facts, ...journal })];
}).flat();
/** What the log tells of messages: those before have ids, which join the two deliveries of each; those of the burst as told. */
const facts = (burst: Partial<Message> | undefined): Facts => ({
  message: queueId => (queueId.startsWith('B') ? { messageId: queueId } : burst),
});
/** Whether the journal is found to collect what others get. */
const collects = (about: Facts): boolean => {
  const [found] = told([...people, ...hundred(journal)], about);
  return found?.wouldChange.some(change => change.what.includes('copies of what other mailboxes got')) === true;
};

test('a message with another recipient, wherever that is, is a copy; one that nobody knows is not', () => {
  assert.equal(collects(facts({ recipientCount: 1 })), false);
  assert.equal(collects(facts({ recipientCount: 2 })), true);
  assert.equal(collects(facts(undefined)), false);
});

test('so it is where only one of its queue ids had the other recipient: a filter or another host of ours lies between', () => {
  const cameIn = (recipientCount: number) => (message: Message) =>
    message.messageId === '' ? { ...message, recipientCount } : message;
  assert.equal(collects({ ...facts({ recipientCount: 1 }), root: cameIn(2) }), true, 'before it');
  assert.equal(collects({ ...facts({ recipientCount: 2 }), root: cameIn(1) }), true, 'behind it');
  assert.equal(collects({ ...facts({ recipientCount: 1 }), root: cameIn(1) }), false);
});

test('messages whose sender no line tells make nobody known', () => {
  const before = hundred({ queueId: '' }, 0)
    .slice(0, 20)
    .map((each, index) => ({ ...each, time: (each.time - 26 * HOUR) as typeof each.time, queueId: `B${index}` }));
  const flood = hundred();
  assert.equal(told([...before, ...flood]).length, 1, 'twenty of nobody on the day before do not excuse a hundred');
  const named = { message: { messageId: '' } };
  assert.equal(told([...before, ...flood], named).length, 0, 'twenty of the same sender do');
});

test('mail that waited a quarter of an hour was held up, and is judged by when it arrived', () => {
  const mixed = (late: number): MailDelivery[] =>
    hundred().map((each, index) => {
      // Three in five waited, all for different times but one; the others came at once.
      const waited = index % 5 < 3 ? (index === 0 ? late : late + index * 120) : 0;
      return { ...each, delaySeconds: waited };
    });
  assert.equal(told(mixed(900)).length, 0);
  assert.equal(told(mixed(899.999)).length, 1, 'one in a hundred did not');
});

test('of very many bursts that are over the first are let go, and counted', () => {
  const run = runOf();
  for (let index = 0; index < 30; index++)
    for (let box = 0; box < 1001; box++)
      run.onMail(delivered(index, { recipient: `u${box}@example.org`, queueId: `${box}.${index}` }), world());
  const evictions = run.evictions();
  assert.equal(run.findings(world(), START as never).length, 1001);
  for (let box = 0; box < 1001; box++)
    run.onMail(delivered(30_000, { recipient: `u${box}@example.org`, queueId: `${box}.late` }), world());
  assert.equal(run.findings(world(), START as never).length, 1000);
  assert.equal(run.evictions(), evictions + 1);
});
