import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from '../../core/loopback.ts';
import type { MailDelivery, MailStored } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { REF, worldOf } from './burst.test-support.ts';
import { deliveryOf } from './from-stores.ts';
import { isFromInside, isPrivate, type Sample, sampleOf, type Told } from './sample.ts';

const delivery = (facts: Partial<MailDelivery> = {}): MailDelivery =>
  ({
    kind: 'mail.delivered',
    time: 100_000,
    host: 'mx1',
    ref: REF,
    program: 'postfix/local',
    queueId: 'Q1',
    recipient: 'Clerk@example.org',
    originalRecipient: '',
    relay: '',
    channel: 'mailbox',
    delaySeconds: -1,
    dsn: '2.0.0',
    text: '',
    ...facts,
  }) as MailDelivery;
type Facts = Partial<Omit<Message, 'firstTime'>> & { readonly firstTime?: number };
const message = (facts: Facts = {}): Message =>
  ({
    host: 'mx1',
    queueId: 'Q1',
    firstTime: 90_000,
    messageId: 'm',
    sender: 'A@Example.net',
    senderKnown: true,
    sizeBytes: 5,
    recipientCount: 1,
    clientName: '',
    clientAddress: '203.0.113.1',
    saslUser: '',
    submittedByUid: -1,
    submitted: false,
    originQueueId: '',
    origin: 'none',
    ...facts,
  }) as Message;

const told = (of: Message | undefined, root = of): Told => ({ message: of, root, delivery: undefined });

interface Around {
  readonly root?: Message;
  readonly about?: Message;
  readonly carried?: readonly object[];
}
function sampled(
  event: Partial<MailDelivery>,
  of: Message | undefined = message(),
  around: Around = {},
): Sample | null {
  const world = worldOf({
    mail: {
      localDomains: new Set(['example.org']),
      rootOf: (each: Message) => around.root ?? each,
      attachmentsLogged: () => around.carried ?? [],
      message: () => around.about,
    },
  });
  return sampleOf(delivery(event), told(of, around.root), world);
}
const none = (event: Partial<MailDelivery>, of?: Message): boolean => sampled(event, of) === null;

test('what goes into a mailbox, on to a host that keeps it, or finds it full is a sample', () => {
  assert.equal(sampled({})?.outcome, 'box');
  assert.equal(sampled({ channel: 'command' })?.outcome, 'box');
  assert.equal(sampled({ channel: 'relay' })?.outcome, 'relay');
  assert.ok(none({ channel: 'discard' }));
  assert.ok(none({ recipient: '' }));
  assert.equal(sampled({ kind: 'mail.deferred', dsn: '4.2.2' })?.outcome, 'full');
  assert.equal(sampled({ kind: 'mail.bounced', dsn: '5.2.2' })?.outcome, 'full');
  assert.ok(none({ kind: 'mail.deferred', dsn: '4.2.1' }));
  assert.ok(none({ kind: 'mail.expired', dsn: '4.2.2' }));
});

test('mail that goes on is no flood of a mailbox here when it is our own, filtered or forwarded', () => {
  const relayed = { channel: 'relay' } as const;
  assert.ok(none({ ...relayed, originalRecipient: 'x@example.org' }));
  assert.ok(none(relayed, message({ submitted: true })));
  assert.ok(none(relayed, message({ saslUser: 'x' })));
  for (const relay of ['filter[127.0.0.1]:10024', 'filter[::1]:10024']) assert.ok(none({ ...relayed, relay }), relay);
  assert.ok(none({ ...relayed, text: 'forwarded as 4XYZ' }));
  assert.equal(sampled({ originalRecipient: 'x@example.org' })?.address, 'x@example.org', 'into a mailbox it is one');
});

test('a message came in by the way that its first lines show', () => {
  const route = (facts: Partial<Message>): string | undefined => sampled({}, message(facts))?.route;
  assert.equal(route({ submitted: true, saslUser: 'x' }), 'submitted');
  assert.equal(route({ saslUser: 'x', clientName: 'ws1.example.org' }), 'authenticated');
  for (const sender of ['', 'alarms@ws1.Example.org', 'clerk@example.org']) {
    assert.equal(route({ clientName: 'WS1.Example.org', sender }), 'internal', sender);
    assert.equal(route({ clientName: 'example.org', sender }), 'internal', sender);
  }
  assert.equal(route({ clientName: 'WS1.Example.org', sender: 'a@other.example' }), 'relayed');
  assert.equal(route({ clientName: 'ws1.example.org', sender: 'SRS0=a1=XX=other.example=a@example.org' }), 'relayed');
  assert.equal(route({ clientName: 'myexample.org' }), 'outside');
  assert.equal(route({ clientName: 'org' }), 'outside');
  assert.equal(route({ clientName: 'ws1.example.org', clientAddress: '127.0.0.1' }), 'outside', 'a tunnel');
  assert.equal(route({ clientName: 'ws1.example.org', clientAddress: '::1' }), 'outside');
  assert.equal(route({ sender: 'boss@example.org' }), 'claimed');
  assert.equal(route({ sender: 'root@node7.example.org' }), 'claimed', 'a host of the domain');
  assert.equal(route({ sender: 'root@mychexample.org' }), 'outside');
  assert.equal(route({ clientName: 'unknown', sender: '' }), 'outside');
  assert.deepEqual([isLoopback('127.0.0.1'), isLoopback('::1'), isLoopback('192.0.2.1')], [true, true, false]);
});

test('own people and machines hand in from inside; who only has our name, or none of it, does not', () => {
  for (const [route, expected] of [
    ['submitted', true],
    ['authenticated', true],
    ['internal', true],
    ['relayed', false],
    ['claimed', false],
    ['outside', false],
  ] as const)
    assert.equal(isFromInside({ route } as Sample), expected, route);
});

test('nobody comes from outside with a private address', () => {
  for (const address of ['10.0.3.7', '192.168.1.1', '172.16.0.1', '172.31.9.9', 'fc00::1', 'FD12:3::4'])
    assert.equal(isPrivate(address), true, address);
  for (const address of [
    '100.0.3.7',
    '192.169.1.1',
    '193.168.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '173.16.0.1',
    '203.0.113.10',
    'fe80::1',
    'fcab',
    '2001:db8::fd00:1',
    'unix',
    '172',
    '',
  ])
    assert.equal(isPrivate(address), false, address);
});

test('a name that nobody verified is no name of ours', () => {
  const world = worldOf({
    mail: {
      localDomains: new Set(['unknown', '']),
      rootOf: (each: Message) => each,
      attachmentsLogged: () => [],
    },
  });
  for (const clientName of ['unknown', ''])
    assert.equal(sampleOf(delivery(), told(message({ clientName, sender: '' })), world)?.route, 'outside');
});

test('it arrived with its first line, or before by the delay that was told', () => {
  const arrived = (delaySeconds: number, of?: Message, around?: Around): number | undefined =>
    sampled({ delaySeconds }, of, around)?.arrived;
  assert.equal(arrived(-1), 90_000);
  assert.equal(arrived(20), 80_000);
  assert.equal(arrived(-1, message(), { root: message({ firstTime: 50_000 }) }), 50_000);
  assert.equal(sampled({ delaySeconds: 0 }, message({ firstTime: 200_000 }))?.arrived, 100_000);
});

test('who sent it is known by a line of it, the null sender included', () => {
  const sender = (facts: Partial<Message>): readonly unknown[] => {
    const found = sampled({}, message(facts));
    return [found?.sender, found?.senderKnown];
  };
  assert.deepEqual(sender({}), ['a@example.net', true]);
  assert.deepEqual(sender({ sender: '' }), ['', true]);
  assert.deepEqual(sender({ sender: '', senderKnown: false }), ['?', false]);
  assert.deepEqual(sender({ senderKnown: false }), ['a@example.net', true]);
});

test('it is named by the address it was sent to, and by the id that a queue knows', () => {
  assert.equal(sampled({ originalRecipient: 'Sales@example.org' })?.address, 'sales@example.org');
  assert.equal(sampled({})?.address, 'clerk@example.org');
  const found = sampled({}, message(), { root: message({ host: 'gate', queueId: 'R', firstTime: 7 }) });
  assert.equal(found?.queueId, 'Q1');
  assert.equal(sampled({ queueId: 'dovecot.1' })?.queueId, 'Q1');
  const world = worldOf({ mail: { localDomains: new Set() } });
  assert.equal(sampleOf(delivery({ queueId: 'dovecot.1' }), told(undefined), world)?.queueId, 'dovecot.1');
});

test('what is not told of it is not known', () => {
  const bare = sampleOf(delivery(), told(undefined), worldOf({ mail: {} }));
  assert.deepEqual(
    [
      bare?.route,
      bare?.client,
      bare?.sizeBytes,
      bare?.submitterUid,
      bare?.sharedBy,
      bare?.sender,
      bare?.ownNotification,
    ],
    ['outside', '', -1, -1, 1, '?', false],
  );
  assert.equal(sampled({}, message({ recipientCount: -1 }))?.sharedBy, 1);
  assert.equal(sampled({}, message({ recipientCount: 2 }))?.sharedBy, 2);
});

test('of what it carries four are counted, by name and by hash', () => {
  const part = (index: number, facts: object = {}) => ({ name: `${index}`, sha256: '', ...facts });
  const carried = [part(0, { sha256: 'a', sha1: 'b' }), part(1, { sha1: 'b' }), part(2), part(3), part(4)];
  const found = sampled({}, message(), { carried });
  assert.deepEqual(found?.attachments, ['0', '1', '2', '3']);
  assert.deepEqual(found?.attachmentHashes, ['sha256 a', 'sha1 b']);
});

test('a notice about mail that was handed in here is its own', () => {
  const notice = { origin: 'notification' } as const;
  const own = (about: Partial<Message> | undefined, facts: Partial<Message> = notice): boolean | undefined =>
    sampled({}, message(facts), about === undefined ? {} : { about: message(about) })?.ownNotification;
  assert.equal(own({ submitted: true }), true);
  assert.equal(own({ saslUser: 'x' }), true);
  assert.equal(own({}), false);
  assert.equal(own(undefined), false);
  assert.equal(own({ submitted: true }, {}), false);
});

test('what is given on, or cannot be joined to the log of the MTA, says so', () => {
  const passed = (facts: Partial<MailDelivery>): boolean | undefined => sampled(facts)?.passedOn;
  assert.equal(passed({ channel: 'relay' }), true);
  assert.equal(passed({ channel: 'command', program: 'postfix/pipe' }), true);
  assert.equal(passed({ channel: 'command' }), false);
  assert.equal(passed({ program: 'postfix/pipe' }), false);
  const unlinked = (program: string, facts: Partial<Message>, around?: Around): boolean | undefined =>
    sampled({ program }, message(facts), around)?.unlinked;
  for (const program of ['dovecot/lda', 'dovecot/deliver'])
    for (const messageId of ['', '<>']) assert.equal(unlinked(program, { messageId }), true);
  assert.equal(unlinked('dovecot/lda', {}), false);
  assert.equal(unlinked('postfix/local', { messageId: '' }), false);
  assert.equal(unlinked('dovecot/lda', { messageId: '' }, { root: message({ messageId: '' }) }), false);
});

const stored = (facts: Partial<MailStored> = {}): MailStored =>
  ({
    kind: 'mail.stored',
    time: 9000,
    order: 1,
    host: 'mx1',
    ref: REF,
    program: 'maildir',
    queueId: 'S',
    owner: 'clerk',
    recipient: '',
    delivered: true,
    timeFrom: 'envelope',
    arrivedTime: -1,
    ...facts,
  }) as MailStored;

test('a message in a store is a delivery where its time is that of one', () => {
  assert.equal(deliveryOf(stored())?.recipient, 'clerk');
  assert.equal(deliveryOf(stored({ delivered: false })), null);
  assert.equal(deliveryOf(stored({ owner: '' })), null);
  assert.equal(deliveryOf(stored({ timeFrom: 'date' })), null);
  assert.equal(deliveryOf(stored({ timeFrom: 'file-time' })), null);
  const waited = (arrivedTime: number): number | undefined =>
    deliveryOf(stored({ arrivedTime: arrivedTime as never }))?.delaySeconds;
  assert.deepEqual([-1, 0, 4000, 9500].map(waited), [-1, 9, 5, 0]);
  assert.equal(deliveryOf(stored())?.pid, -1);
});
