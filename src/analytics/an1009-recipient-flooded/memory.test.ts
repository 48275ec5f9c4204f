import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../../core/time.ts';
import type { MailDelivery, MailQueued } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { Acquaintances } from './acquaintances.ts';
import { HOUR, sample, worldOf } from './burst.test-support.ts';
import { Minutes } from './minutes.ts';
import { Outgoing } from './outgoing.ts';
import { type Root, Twins } from './twins.ts';

const DAY = 24 * HOUR;
const MINUTE = 60_000;

test('minutes are counted from the first to the last', () => {
  const minutes = new Minutes();
  for (const minute of [1, 2, 2, 3]) minutes.add(minute * MINUTE + 5, 2);
  assert.equal(minutes.between(MINUTE + 59_999, 2 * MINUTE), 6);
  assert.equal(minutes.between(2 * MINUTE, 3 * MINUTE), 6);
  assert.equal(minutes.between(4 * MINUTE, 9 * MINUTE), 0);
  for (let minute = 10; minute < 4000; minute++) minutes.add(minute * MINUTE, 1);
  assert.equal(minutes.between(0, 9 * MINUTE), 0, 'the oldest are forgotten');
  assert.ok(minutes.counts.size <= 3000);
});

const voice = (sender: string, client = '203.0.113.1') => ({ writer: sender, sender, client });
const burst = (start: number, mailbox = 'clerk', evidenceBeforeMs = 0) => ({ mailbox, start, evidenceBeforeMs });
const at = (ofWriter: number, ofShape = ofWriter) => ({ ofWriter, ofShape });
const knows = (act: (known: Acquaintances) => void): Acquaintances => {
  const known = new Acquaintances();
  act(known);
  return known;
};

test('a sender is fresh until an hour after it first wrote to anybody here', () => {
  const known = knows(each => void each.learn('buyer', voice('a@x'), 10 * HOUR));
  const fresh = (start: number): boolean => known.judge(burst(start, 'clerk'), voice('a@x'), at(1)).fresh;
  assert.equal(fresh(11 * HOUR - 1), true);
  assert.equal(fresh(11 * HOUR), false);
  assert.equal(known.judge(burst(DAY, 'clerk'), voice('b@x'), at(1)).fresh, true);
  assert.equal(known.learn('clerk', voice('a@x'), 12 * HOUR), 'known');
  assert.equal(known.learn('clerk', voice('b@x'), 12 * HOUR), 'new');
});

test('of two days of evidence or more it is fresh until a day after: what goes an hour ahead of a flood is part of it', () => {
  const known = knows(each => void each.learn('buyer', voice('a@x'), 10 * HOUR));
  const of = (start: number, evidenceBeforeMs: number): readonly boolean[] => {
    const { fresh, newNetwork, heard } = known.judge(burst(start, 'clerk', evidenceBeforeMs), voice('a@x'), at(1));
    return [fresh, newNetwork, heard];
  };
  assert.deepEqual(of(34 * HOUR - 1, 2 * DAY), [true, true, true]);
  assert.deepEqual(of(34 * HOUR, 2 * DAY), [false, false, true]);
  assert.deepEqual(of(34 * HOUR - 1, 2 * DAY - 1), [false, false, true]);
  assert.deepEqual(of(11 * HOUR, 2 * DAY), [true, true, true], 'it may be what the flood hides');
  assert.deepEqual(of(11 * HOUR - 1, 2 * DAY), [true, true, false]);
});

test('who looks like three that wrote here a day before is not new: in one domain, whatever stands before it', () => {
  const isNew = (before: string, sender: string, time = 10 * HOUR + DAY): boolean => {
    const known = new Acquaintances();
    for (let i = 1; i <= 3; i++) known.learn('clerk', voice(`${before.replace('#', `${i}`)}`), 10 * HOUR);
    return known.isNew('clerk', voice(sender), time);
  };
  assert.equal(isNew('a#@x', 'a9@x'), false);
  assert.equal(isNew('a#@x', 'a9@x', 10 * HOUR + DAY - 1), true, 'not a day before');
  assert.equal(isNew('a#@x', 'a9@y'), true, 'of another domain');
  assert.equal(isNew('rod#@x', 'tod9@x'), true, 'another name');
  assert.equal(isNew('@x#', '@x9'), true, 'three domains are no service, though nothing stands before them');
  assert.equal(isNew('a#', 'a9'), false, 'local names');
});

test('a sender is familiar that wrote here on an earlier day, about as much', () => {
  const wrote = (times: readonly number[]) =>
    knows(each => times.forEach(time => each.learn('clerk', voice('a@x'), time)));
  const familiar = (times: readonly number[], start: number, hourly: number): boolean =>
    wrote(times).judge(burst(start, 'clerk'), voice('a@x'), at(hourly)).familiar;
  assert.equal(familiar([0], DAY, 10), true, 'ten an hour from anybody');
  assert.equal(familiar([0], DAY, 11), false);
  assert.equal(familiar([0], DAY - 1, 1), false, 'the same day');
  assert.equal(familiar([DAY - HOUR], DAY + HOUR, 1), false, 'before midnight');
  assert.equal(familiar([DAY - HOUR], 2 * DAY - HOUR - 1, 1), false);
  assert.equal(familiar([DAY - HOUR], 2 * DAY - HOUR, 1), true);
  assert.equal(familiar([0, 1, 2], DAY, 18), true, 'six times the busiest hour');
  assert.equal(familiar([0, 1, 2], DAY, 19), false);
  assert.equal(familiar([0, 1, HOUR, HOUR + 1], DAY, 13), false, 'two an hour, twice');
  assert.equal(familiar([0, 1, 2, DAY], DAY + 1, 18), true, 'the busiest day before, not today');
  assert.equal(familiar([0, DAY, DAY + 1, DAY + 2], DAY + 3, 11), false);
  assert.equal(familiar([0, DAY, DAY + 1, DAY + 2], 2 * DAY, 18), true);
  assert.equal(familiar([0, 1, 2, DAY, 2 * DAY], 3 * DAY, 18), true, 'the busiest of all days');
  assert.equal(wrote([0]).judge(burst(DAY, 'buyer'), voice('a@x'), at(1)).familiar, false, 'to somebody else');
});

test('who wrote first in the burst stays a stranger', () => {
  const after = (first: number) => {
    const known = knows(each => void each.learn('clerk', voice('a@x'), first));
    known.forgetSince('clerk', voice('a@x'), HOUR);
    return known.judge(burst(3 * DAY, 'clerk'), voice('a@x'), at(1));
  };
  assert.deepEqual(after(HOUR), { familiar: false, fresh: true, heard: false, newNetwork: true, machine: false });
  assert.deepEqual(after(HOUR - 1), { familiar: true, fresh: false, heard: true, newNetwork: false, machine: false });
});

test('a machine that wrote here three times is known by its form, whatever number it takes; people of one provider are not', () => {
  const learned = (sender: (i: number) => string): string[] => {
    const known = knows(() => undefined);
    return [1, 2, 3, 4, 5].map(i => known.learn('clerk', voice(sender(i)), i * HOUR));
  };
  assert.deepEqual(
    learned(i => `notice${i}@x`),
    ['new', 'new', 'new', 'known', 'known'],
  );
  assert.deepEqual(
    learned(i => `${i}@x`),
    ['new', 'new', 'new', 'new', 'new'],
  );
  assert.deepEqual(
    learned(i => `notice@x${i}`),
    ['new', 'new', 'new', 'new', 'new'],
  );
});

test('a known machine has written in its form from a day before, ten times, and comes from a network that is known', () => {
  const machine = (times: number, first: number, client = '203.0.113.8', sender = 'n99@x'): boolean => {
    const known = knows(each => {
      for (let i = 0; i < times; i++) each.learn('clerk', voice(`n${i}@x`, '203.0.113.9'), first);
    });
    return known.judge(burst(3 * DAY, 'clerk'), voice(sender, client), at(1)).machine;
  };
  assert.equal(machine(10, 2 * DAY), true);
  assert.equal(machine(9, 2 * DAY), false);
  assert.equal(machine(10, 2 * DAY + 1), false);
  assert.equal(machine(10, 2 * DAY, '192.0.2.9'), false, 'from elsewhere');
  assert.equal(machine(10, 2 * DAY, '203.0.113.8', 'm99@x'), false, 'another form');
  assert.equal(machine(10, 2 * DAY, '203.0.113.8', 'n99@y'), false, 'another domain');
});

test('so is one whose addresses differ in their numbers only, about as much as all of them did', () => {
  const tickets = knows(each => {
    for (let i = 0; i < 3; i++) each.learn('clerk', voice(`ticket${i}@x`), 0);
  });
  const of = (sender: string, ofShape: number, start = DAY) =>
    tickets.judge(burst(start, 'clerk'), voice(sender), at(1, ofShape));
  assert.deepEqual(of('ticket9@x', 18), {
    familiar: true,
    fresh: true,
    heard: false,
    newNetwork: false,
    machine: false,
  });
  assert.equal(of('ticket9@x', 19).familiar, false);
  assert.equal(of('tickets9@x', 1).familiar, false);
  assert.equal(of('ticket1@x', 19).familiar, true, 'it wrote itself');
  tickets.forgetSince('clerk', voice('ticket7@x'), 0);
  assert.equal(of('ticket9@x', 1).familiar, false, 'they first wrote in the burst');
});

test('a network is new until an hour after the first message from there, to anybody here', () => {
  const known = knows(each => void each.learn('buyer', voice('a@x', '203.0.113.9'), 10 * HOUR));
  const isNew = (client: string, start: number): boolean =>
    known.judge(burst(start, 'clerk'), voice('b@x', client), at(1)).newNetwork;
  assert.equal(isNew('203.0.113.1', 11 * HOUR - 1), true);
  assert.equal(isNew('203.0.113.1', 11 * HOUR), false);
  assert.equal(isNew('203.0.114.1', DAY), true);
});

test('one message is one, however often it is told', () => {
  const twins = new Twins();
  const of = (root: Root | undefined, mailbox = 'clerk'): boolean => twins.isNew(mailbox, sample(), root, 'local');
  const root = (queueId: string, firstTime = 1, host = 'mx1'): Root => ({
    host,
    queueId,
    firstTime: epochMs(firstTime),
  });
  assert.equal(of(root('R')), true);
  assert.equal(of(root('R')), false);
  assert.equal(of(root('R'), 'buyer'), true);
  assert.deepEqual([of(root('S')), of(root('R', 2)), of(root('R', 1, 'mx2'))], [true, true, true], 'each is another');
  assert.deepEqual([of(root('R')), of(root('R', 2)), of(root('R', 1, 'mx2'))], [false, false, false]);
  assert.deepEqual([of(undefined), of(undefined)], [true, true], 'nothing joins them');
});

test('what only a message id joins is counted by source, and the largest count stands', () => {
  const told = (...sources: readonly string[]): readonly boolean[] => {
    const twins = new Twins();
    return sources.map(host => twins.isNew('clerk', sample({ messageId: 'm', host }), undefined, 'local'));
  };
  assert.deepEqual(told('a', 'b'), [true, false]);
  assert.deepEqual(told('a', 'a'), [true, true], 'a flood with one message id');
  assert.deepEqual(told('a', 'a', 'b', 'b', 'b'), [true, true, false, false, true]);
  assert.deepEqual(
    told(...Array.from('abcdefghijj')),
    [true, ...Array<boolean>(10).fill(false)],
    'of very many sources the first',
  );
  assert.equal(told(...Array.from('abcdefghii')).at(-1), false, 'not even of itself, of the ninth');
  assert.deepEqual(told(...Array.from('abcdefghh')), [true, ...Array<boolean>(7).fill(false), true]);
});

const world = (message: Partial<Message> | undefined) =>
  worldOf({
    mail: { message: () => message },
    identity: {
      userName: (uid: number) => (uid === 1003 ? 'clerk' : ''),
      mailboxOf: (name: string) => name.split('@')[0],
    },
  });
test('mail that root hands in is of root', () => {
  const rootly = worldOf({
    mail: { message: () => from({ submittedByUid: 0, submitted: true, sender: 'clerk@example.org' }) },
    identity: { userName: (uid: number) => (uid === 0 ? 'root' : ''), mailboxOf: (name: string) => name.split('@')[0] },
  });
  const outgoing = new Outgoing();
  outgoing.onQueued({ time: 5, recipientCount: 3 } as MailQueued, rootly);
  assert.deepEqual([outgoing.recipientsBefore('root', 9), outgoing.recipientsBefore('clerk', 9)], [3, 0]);
});

const from = (facts: Partial<Message>): Message =>
  ({ submittedByUid: -1, submitted: false, saslUser: '', clientAddress: '', sender: '', ...facts }) as Message;

/** How many recipients of the clerk's mail are counted. */
function counted(facts: Partial<Message>, recipientCount = 3, box = 'clerk'): number {
  const outgoing = new Outgoing();
  outgoing.onQueued({ time: 5, recipientCount } as MailQueued, world(from(facts)));
  return outgoing.recipientsBefore(box, 9);
}

test('only mail that was handed in from inside is of a mailbox', () => {
  const sender = 'clerk@example.org';
  assert.equal(counted({ submittedByUid: 1003, sender: 'other@example.org' }), 3, 'the uid before the sender');
  assert.equal(counted({ submittedByUid: 0, submitted: true, sender }), 3, 'a uid without a name');
  assert.equal(counted({ submitted: true, sender }), 3);
  assert.equal(counted({ saslUser: 'x', sender }), 3);
  assert.equal(counted({ clientAddress: '127.0.0.1', sender }), 3);
  assert.equal(counted({ clientAddress: '203.0.113.1', sender }), 0, 'anybody can write any name');
  assert.equal(counted({ submitted: true, sender: '' }, 3, ''), 0);
  assert.equal(counted({ submitted: true, sender }, 0), 0);
  const none = new Outgoing();
  none.onQueued({ time: 5, recipientCount: 3 } as MailQueued, world(undefined));
  assert.equal(none.recipientsBefore('', 9), 0);
});

test('where the number of recipients is not told, each delivery is one', () => {
  const delivered = (recipientCount: number, original = ''): Outgoing => {
    const outgoing = new Outgoing();
    const of = from({ submitted: true, sender: 'clerk@example.org', recipientCount });
    outgoing.onQueued({ time: 5, recipientCount } as MailQueued, world(of));
    const event = { time: 5, recipient: 'X@example.net', originalRecipient: original } as MailDelivery;
    outgoing.onDelivered(event, of, world(of));
    return outgoing;
  };
  assert.equal(delivered(-1).recipientsBefore('clerk', 9), 1);
  assert.equal(delivered(1).recipientsBefore('clerk', 9), 1);
  assert.equal(delivered(1).repliesTo('clerk', 'x@example.net', 5, 5), 1);
  assert.equal(delivered(1, 'Y@example.net').repliesTo('clerk', 'y@example.net', 0, 9), 1);
  assert.equal(delivered(1).repliesTo('clerk', 'x@example.net', 6, 9), 0);
  assert.equal(delivered(1).repliesTo('clerk', 'x@example.net', 0, 4), 0);
  assert.equal(delivered(1).hasWrittenTo('clerk', 'x@example.net', 6), true);
  const toNobody = new Outgoing();
  const sent = from({ submitted: true, sender: 'clerk@example.org' });
  toNobody.onDelivered({ time: 5, recipient: '', originalRecipient: '' } as MailDelivery, sent, world(sent));
  assert.equal(toNobody.hasWrittenTo('clerk', '', 6), false, 'a notification is no answer');
  const outgoing = new Outgoing();
  outgoing.onDelivered({ time: 5, recipient: 'x' } as MailDelivery, undefined, world(undefined));
  assert.equal(outgoing.repliesTo('', 'x', 0, 9), 0);
});

test('mail of five days counts, and of very many messages the sum stays', () => {
  const outgoing = new Outgoing();
  const of = from({ submitted: true, sender: 'clerk@example.org' });
  for (let i = 0; i < 1001; i++) outgoing.onQueued({ time: i, recipientCount: 1 } as MailQueued, world(of));
  assert.equal(outgoing.recipientsBefore('clerk', 1000), 1001);
  assert.equal(outgoing.recipientsBefore('clerk', 5 * DAY), 1001);
  assert.equal(outgoing.recipientsBefore('clerk', 5 * DAY + 1001), 0);
});
