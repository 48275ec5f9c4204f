import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Delivery, Message } from '../../state/mail/contract.ts';
import type { World } from '../../state/world.ts';
import { at, delivery, message, REF } from '../mail-facts.test-support.ts';
import { Copies } from './copies.ts';

const COPY = 'copy.12@drop.example.net';

interface Came {
  readonly id: string;
  /** When it came; it leaves a moment later. */
  readonly time: number;
  readonly host?: string;
  readonly copied?: boolean;
  /** When it was put into the box; at once unless said. */
  readonly putAt?: number;
}

/** What is known after these messages of a stranger each, all put into the box of clerk. */
function kept(all: readonly Came[]): { readonly copies: Copies; readonly world: World } {
  const boxed: { message: Message; delivery: Delivery }[] = all.map(({ id, time, host = 'mx1', putAt = time }) => {
    const put = delivery({ channel: 'mailbox', time: at(putAt) } as Partial<Delivery>);
    const facts = { host, queueId: id, firstTime: at(time), clientAddress: '203.0.113.10', saslUser: '' };
    const sender = `${id}@example.net`;
    return {
      message: message({ ...facts, sender, delivery: put, others: null } as Partial<Message>),
      delivery: put,
    };
  });
  const world = {
    mail: {
      localDomains: new Set(['example.org']),
      message: (host: string, id: string) =>
        boxed.find(each => each.message.host === host && each.message.queueId === id)?.message,
      rootOf: (each: Message) => each,
      deliveredTo: (_: string, from: number, to: number, max: number) =>
        boxed.filter(each => each.delivery.time >= from && each.delivery.time <= to).slice(-max),
    },
  } as unknown as World;
  const copies = new Copies();
  for (const { id, time, host = 'mx1', copied } of all)
    if (copied === true) copies.delivered(left(id, time + 1, host), world);
  return { copies, world };
}

const left = (queueId: string, time: number, host = 'mx1'): MailDelivery =>
  ({
    host,
    queueId,
    time: at(time),
    channel: 'relay',
    recipient: COPY,
    originalRecipient: '',
    relay: 'mx.example.net',
    ref: REF,
  }) as unknown as MailDelivery;

/** Three that came before, and three copied ones. */
const COPIED: readonly Came[] = [
  ...[10, 20, 30].map((time): Came => ({ id: `B${time}`, time })),
  ...[40, 50, 60].map((time): Came => ({ id: `C${time}`, time, copied: true })),
];
const countOf = (all: readonly Came[]): number => {
  const { copies, world } = kept(all);
  return copies.findings(world, new Set()).length;
};

test('from the first copy to the last none is left out, at the very moment of either neither', () => {
  assert.equal(countOf(COPIED), 1);
  assert.equal(countOf([...COPIED, { id: 'X', time: 40 }]), 0);
  assert.equal(countOf([...COPIED, { id: 'X', time: 60 }]), 0);
  assert.equal(countOf([...COPIED, { id: 'X', time: 39 }]), 1);
  assert.equal(countOf([...COPIED, { id: 'X', time: 61 }]), 1);
});

test('a message that is told twice is one copy', () => {
  const { copies, world } = kept(COPIED);
  copies.delivered(left('C60', 70), world);
  const [found] = copies.findings(world, new Set());
  assert.match(found?.story ?? '', /: 3 messages of 3 senders, while 3 messages before did not\.$/);
});

test('each copy is a step, and all of them show it', () => {
  const { copies, world } = kept(COPIED);
  const [found] = copies.findings(world, new Set());
  assert.deepEqual(
    found?.steps.map(({ summary }) => summary.slice(0, 3)),
    ['C40', 'C50', 'C60'],
  );
  assert.deepEqual(
    found?.factors[0]?.steps,
    found?.steps.map(({ id }) => id),
  );
});

test('a message of which nothing else is known is no copy', () => {
  const { copies, world } = kept(COPIED.slice(0, 5));
  copies.delivered(left('C99', 70), world);
  assert.equal(copies.findings(world, new Set()).length, 0);
});

test('copies since a moment: of this host, and by two clocks that may differ by a second', () => {
  const since = (time: number, host = 'mx1', to = ''): readonly string[] => {
    const { copies, world } = kept([...COPIED, { id: 'D', time: 55, host: 'mx2', copied: true }]);
    return copies.since(host, at(time), to, world).map(({ queueId }) => queueId);
  };
  assert.deepEqual(since(1040), ['C40', 'C50', 'C60']);
  assert.deepEqual(since(1040, 'mx1', COPY), ['C40', 'C50', 'C60']);
  assert.deepEqual(since(1041, 'mx1', COPY), ['C50', 'C60']);
  assert.deepEqual(since(1041), [], 'copies went there before');
  assert.deepEqual(since(0, 'mx2'), ['D']);
  assert.deepEqual(since(0, 'mx1', COPY), ['C40', 'C50', 'C60']);
  assert.deepEqual(since(0, 'mx1', 'other@example.net'), []);
});

const after = (count: number, from: number): readonly Came[] =>
  Array.from({ length: count }, (_, i): Came => ({ id: `A${i}`, time: from + i }));

test('much mail after the copies hides neither them nor what was before', () => {
  assert.equal(countOf([...COPIED, ...after(600, 60 + HOUR_MS)]), 1);
});

test('a message that came before the last copy, and was put into the box within the hour after, is one left out', () => {
  assert.equal(countOf([...COPIED, { id: 'X', time: 59, putAt: 60 + HOUR_MS }]), 0);
  assert.equal(countOf([...COPIED, { id: 'X', time: 59, putAt: 61 + HOUR_MS }]), 1, 'long after');
});

test('mail to very many others between the copies does not push them out', () => {
  const { copies, world } = kept([...COPIED, ...after(1200, 41)]);
  for (let i = 0; i < 1200; i++) {
    copies.delivered({ ...left(`A${i}`, 45), recipient: untrusted(`r${i}@example.com`) }, world);
    if (i % 500 === 0) copies.delivered(left('C60', 70), world);
  }
  assert.equal(copies.since('mx1', at(0), COPY, world).length, 3);
});

test('a record of who set it up would raise it by one', () => {
  const { copies, world } = kept(COPIED);
  const [found] = copies.findings(world, new Set());
  assert.deepEqual(
    found?.wouldChange.map(({ weight }) => weight),
    [1, -10],
  );
});
