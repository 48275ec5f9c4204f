import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofKind, type Recording, recordingsOf } from '../src/decoders/recorded.test-support.ts';
import { roomOf } from '../src/engine/world.ts';
import { compareEvents, type WatchEvent } from '../src/events/event.ts';
import type { MailEvent } from '../src/events/mail-events.ts';
import { loadIdentity } from '../src/state/identity/identity.ts';
import type { MailState, Message } from '../src/state/mail/contract.ts';
import { LearnedDomains } from '../src/state/mail/domains.ts';
import { createMailState } from '../src/state/mail/state.ts';

/**
 * Recordings of MTAs, filters and delivery software: each message that was sent is one life, over all queue ids and
 * sessions that the logs give it, and lies once in each mailbox.
 */
function mailOf(events: readonly WatchEvent[]): { state: MailState; mail: MailEvent[] } {
  // Amavis names its host in full, rsyslog in short: a scan joins the two (see engine/host-names.ts).
  const mail = events
    .filter((event): event is MailEvent => roomOf(event.kind) === 'mail')
    .map(event => ({ ...event, host: event.host.split('.')[0] as string }))
    .sort(compareEvents);
  const domains = new LearnedDomains();
  const state = createMailState({ identity: loadIdentity({ passwd: [], domains }), domains });
  for (const event of mail) state.push(event);
  return { state, mail };
}

const local = (address: string): string => (address.split('@')[0] as string).split('+')[0] as string;

/** By account: recipients of what was sent and, as its filter noted, not kept back. */
function expectedIn({ truth }: Recording, isKept: (then: Readonly<Record<string, unknown>>) => boolean) {
  const counts = new Map<string, number>();
  for (const { recipients, answer, then } of truth.sent)
    if (answer === 250 && isKept(then))
      for (const each of recipients) counts.set(local(each), (counts.get(local(each)) ?? 0) + 1);
  return [...counts].sort();
}

function countedIn(state: MailState) {
  const counts = new Map<string, number>();
  for (const [mailbox, { delivered }] of state.mailboxes)
    counts.set(local(mailbox), (counts.get(local(mailbox)) ?? 0) + delivered);
  return [...counts].sort();
}

/** Beginnings of the messages of one id, as the lines of its own queue ids tell. */
function beginningsOf(state: MailState, mail: readonly MailEvent[], messageId: string): Set<Message> {
  const found = new Set<Message>();
  for (const event of ofKind(mail, 'mail.identified')) {
    const message = event.messageId === messageId ? state.message(event.host, event.queueId) : undefined;
    if (message?.messageId === messageId) found.add(state.rootOf(message));
  }
  return found;
}

const KEPT_BACK = new Set(['double-extension', 'executable-in-archive', 'malware', 'spam']);

for (const program of ['amavis', 'dovecot', 'clamav', 'rspamd', 'spamassassin']) {
  for (const recording of recordingsOf(program)) {
    const { state, mail } = mailOf(recording.events);
    const { truth } = recording;

    test(`${program}/${recording.name}: each message has one beginning, where it came from outside`, () => {
      for (const { messageId, client, answer } of truth.sent) {
        if (messageId === '' || answer !== 250) continue;
        const found = [...beginningsOf(state, mail, messageId)];
        assert.deepEqual(
          found.map(message => message.clientAddress),
          [client],
          messageId,
        );
      }
    });

    if (program === 'dovecot')
      test(`dovecot/${recording.name}: a message lies once in a mailbox, though the MTA and Dovecot both tell of it`, () => {
        // Without a Message-ID nothing joins what a local delivery program tells to what Postfix tells; and before the first
        // delivery nobody knows that the address and the account are the same.
        const extra = recording.name === 'lda' || recording.name === 'accounts' ? 1 : 0;
        const expected = expectedIn(recording, () => true).map(([name, count]) =>
          name === 'clerk' ? [name, (count as number) + extra] : [name, count],
        );
        assert.deepEqual(countedIn(state), expected);
      });
    if (program === 'amavis')
      test(`amavis/${recording.name}: a message lies once in a mailbox, though two queue ids tell of it`, () => {
        assert.deepEqual(
          countedIn(state),
          expectedIn(recording, ({ kind }) => !KEPT_BACK.has(kind as string)),
        );
      });
  }
}

test('spamassassin/spamc: what a filter behind pipe(8) hands in again is the message that it was given', () => {
  const recording = recordingsOf('spamassassin').find(each => each.name === 'spamc');
  assert.ok(recording);
  const { state } = mailOf(recording.events);
  // The one message without a Message-ID, to ops, cannot be joined.
  const expected = expectedIn(recording, () => true).map(([name, count]) =>
    name === 'ops' ? [name, 2] : [name, count],
  );
  // The first lines come before anything says that example.org is a domain of accounts.
  const counted = new Map(countedIn(state));
  assert.deepEqual(
    [...counted.keys()],
    expected.map(([name]) => name),
  );
  assert.equal(counted.get('buyer'), 2);
});

test('amavis/own-log: what amavis found in a message, and what it said of it, belong to the message', () => {
  const recording = recordingsOf('amavis').find(each => each.name === 'own-log');
  assert.ok(recording);
  const { state, mail } = mailOf(recording.events);
  for (const { messageId, attachments } of recording.truth.sent) {
    if (messageId === '') continue;
    const [message] = [...beginningsOf(state, mail, messageId)];
    assert.ok(message);
    const found = state.attachmentsOf(message);
    for (const { name, declaredType, sizeBytes } of attachments) {
      const part = found.find(each => each.name === name);
      assert.deepEqual([part?.declaredType, part?.sizeBytes], [declaredType, sizeBytes], `${messageId} ${name}`);
    }
    // Each is named once, however many lines tell of it.
    assert.equal(new Set(found.map(each => each.name)).size, found.length);
    assert.equal(state.judgementsOf(message).length, 1, messageId);
  }
});
