import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { loadIdentity } from '../identity/identity.ts';
import { LearnedDomains } from './domains.ts';
import { createMailState } from './state.ts';

const T = Date.UTC(2026, 2, 1, 9, 0, 0);
const REF = { source: 0, offset: 0, length: 1, next: null };

type Loose = { kind: MailEvent['kind']; at?: number; queueId: string } & Record<string, unknown>;
function event({ at = 0, ...rest }: Loose): MailEvent {
  const common = { time: epochMs(T + at), order: 0, host: 'mx1', ref: REF, program: 'postfix/local', pid: 7 };
  const fate = { originalRecipient: '', relay: 'local', channel: 'mailbox', delaySeconds: 1, dsn: '2.0.0', text: '' };
  return { ...common, ...fate, ...rest } as unknown as MailEvent;
}

const stored = (id: string, extra: Record<string, unknown> = {}): MailEvent =>
  event({
    kind: 'mail.stored',
    queueId: `store.${id}`,
    program: 'maildir',
    messageId: `${id}@example.net`,
    sender: 's@example.net',
    senderKnown: true,
    recipient: 'clerk@example.org',
    owner: 'clerk',
    ownerFrom: 'passwd',
    box: 'home/clerk/Maildir',
    folder: '',
    sizeBytes: 900,
    arrivedTime: T,
    timeFrom: 'maildir-name',
    delivered: true,
    attachmentCount: 1,
    ...extra,
  });

const attachment = (id: string, name: string, sha256: string): MailEvent =>
  event({
    kind: 'attachment.seen',
    queueId: `store.${id}`,
    program: 'maildir',
    name,
    declaredType: 'application/pdf',
    realType: 'application/x-elf',
    sizeBytes: 10,
    sha256,
    messageId: `${id}@example.net`,
  });

const logged = (queueId: string, messageId: string): MailEvent[] => [
  event({ kind: 'mail.identified', queueId, messageId, resent: false }),
  event({ kind: 'mail.delivered', queueId, at: 3, recipient: 'clerk@example.org' }),
];

function after(...events: readonly MailEvent[]) {
  const domains = new LearnedDomains();
  const identity = loadIdentity({ passwd: ['clerk:x:1003:1003::/home/clerk:/bin/sh\n'], domains });
  const state = createMailState({ identity, domains });
  for (const each of events) state.push(each);
  return { state, again: () => createMailState({ identity, domains }) };
}

const idsOf = (found: readonly { message: { queueId: string } }[]) => found.map(each => each.message.queueId);

test('a message that only a store tells of was delivered to the owner of the store', () => {
  const { state } = after(stored('a'), attachment('a', 'x.pdf', 'aa'));
  const found = state.deliveredTo('clerk', T, T + 10, 9);
  assert.deepEqual(idsOf(found), ['store.a']);
  assert.deepEqual(
    found[0]?.message.attachments.map(each => [each.name, each.realType, each.sha256]),
    [['x.pdf', 'application/x-elf', 'aa']],
  );
  assert.equal(found[0]?.message.stored?.box, 'home/clerk/Maildir');
  assert.deepEqual([...state.storeOwners], [['clerk', 1]]);
});

test('a message that the log and the store tell of comes once, as logged, with what the store says it carries', () => {
  const { state } = after(stored('a'), attachment('a', 'x.pdf', 'aa'), ...logged('4F1', 'a@example.net'));
  const found = state.deliveredTo('clerk', T, T + 10, 9);
  assert.deepEqual(idsOf(found), ['4F1']);
  const message = found[0]?.message;
  assert.ok(message !== undefined);
  assert.deepEqual(message.attachments, []);
  assert.deepEqual(
    state.attachmentsOf(message).map(each => each.name),
    ['x.pdf'],
  );
});

test('sent mail and what nobody owns is known, and delivered to nobody', () => {
  const { state } = after(stored('a', { delivered: false }), stored('b', { owner: '' }));
  assert.deepEqual(state.deliveredTo('clerk', 0, T * 2, 9), []);
  assert.equal(state.storeOwners.size, 0);
  assert.equal(state.message('mx1', 'store.a')?.messageId, 'a@example.net');
});

test('the same attachment told twice is one, messages without an id are not confused with each other', () => {
  const none = { messageId: '' };
  const { state } = after(
    stored('a', none),
    attachment('a', 'x.pdf', 'aa'),
    attachment('a', 'x.pdf', 'aa'),
    stored('b', none),
    ...logged('4F1', ''),
  );
  assert.deepEqual(idsOf(state.deliveredTo('clerk', T, T + 10, 9)), ['4F1', 'store.a', 'store.b']);
  assert.equal(state.message('mx1', 'store.a')?.attachments.length, 1);
  const other = state.message('mx1', 'store.b');
  assert.ok(other !== undefined);
  assert.deepEqual(state.attachmentsOf(other), []);
});

test('all of it goes on after it was saved and restored', () => {
  const { state, again } = after(stored('a'), attachment('a', 'x.pdf', 'aa'));
  const other = again();
  other.restore(deserialize(serialize(state.snapshot())));
  other.push(attachment('a', 'y.pdf', 'bb'));
  const found = other.deliveredTo('clerk', T, T + 10, 9)[0]?.message;
  assert.ok(found !== undefined);
  assert.deepEqual(
    found.attachments.map(each => each.name),
    ['x.pdf', 'y.pdf'],
  );
  assert.equal(other.message('mx1', 'store.a'), found, 'one object still');
});
