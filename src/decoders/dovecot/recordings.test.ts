import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailEvent } from '../../events/mail-events.ts';
import { ofKind, type Recording, recordingsOf, type SentMessage } from '../recorded.test-support.ts';

const recordings = recordingsOf('dovecot');
/** Lines of one second stand in the order of their phases, so what was done one after the other is compared as a set. */
const sorted = (all: readonly unknown[]): string[] => all.map(each => JSON.stringify(each)).sort();
const local = (address: string): string => address.replace(/@.*$/, '');

/** What Dovecot is said to have done with each message for each user, from what was sent. */
function expected(sent: readonly SentMessage[]): string[] {
  return sent.flatMap(({ messageId, then }) => {
    const id = messageId === '' ? '?' : messageId;
    const boxes = Object.entries(then.boxes as Record<string, string>);
    const redirected = Object.entries((then.redirected ?? {}) as Record<string, string>);
    return [
      ...boxes.map(([user, box]) => `${id} ${user} mailbox ${box}`),
      ...redirected.map(([user, to]) => `${id} ${user} relay ${to}`),
      ...((then.discarded ?? []) as string[]).map(user => `${id} ${user} discard`),
      ...((then.rejected ?? []) as string[]).map(user => `${id} ${user} rejected`),
    ];
  });
}

function told({ events }: Recording): string[] {
  const ids = new Map(ofKind(events, 'mail.identified').map(event => [event.queueId, event.messageId]));
  return ofKind(events, 'mail.delivered', 'mail.bounced')
    .filter(event => event.program.startsWith('dovecot/'))
    .map(event => {
      const id = ids.get(event.queueId) || '?';
      if (event.kind === 'mail.bounced') return `${id} ${local(event.recipient)} rejected`;
      if (event.channel === 'relay') return `${id} ${local(event.originalRecipient)} relay ${event.recipient}`;
      const box = /'(.*)'$| to (.*)$/.exec(event.text);
      return event.channel === 'mailbox'
        ? `${id} ${local(event.recipient)} mailbox ${box?.[1] ?? box?.[2]}`
        : `${id} ${local(event.recipient)} ${event.channel}`;
    });
}

for (const recording of recordings) {
  const { truth, events } = recording;
  test(`${recording.name}: what became of every message, for every user (${truth.title})`, () => {
    assert.deepEqual(told(recording).sort(), expected(truth.sent).sort());
    assert.deepEqual([...recording.rejects], []);
  });

  test(`${recording.name}: the MTA's answer holds the id of each delivery by LMTP`, () => {
    const answers = ofKind(events, 'mail.delivered')
      .filter(event => event.program === 'postfix/lmtp')
      .map(event => `dovecot.${/ (\S+) Saved$/.exec(event.text)?.[1]}`);
    const stored = ofKind(events, 'mail.delivered', 'mail.bounced')
      .filter(event => event.program === 'dovecot/lmtp')
      .map(event => event.queueId);
    assert.deepEqual([...new Set(answers)].sort(), [...new Set(stored)].sort());
  });

  test(`${recording.name}: who logged in, from where, and how it ended`, () => {
    const logins = ofKind(events, 'mailbox.login').map(({ protocol, user, clientAddress, tls, outcome }) => ({
      protocol,
      user,
      address: clientAddress,
      tls,
      outcome,
    }));
    const done = truth.acted.map(({ protocol, user, address, tls, outcome }) => ({
      protocol,
      user,
      address,
      tls,
      outcome,
    }));
    assert.deepEqual(sorted(logins), sorted(done));
    const accepted = truth.acted.filter(each => each.outcome === 'accepted');
    const logouts = ofKind(events, 'mailbox.logout');
    assert.deepEqual(
      sorted(
        logouts.map(({ protocol, user, messagesRead }) => ({ protocol, user, messages: Math.max(0, messagesRead) })),
      ),
      sorted(accepted.map(({ protocol, user, messages }) => ({ protocol, user, messages }))),
    );
    for (const each of logouts) assert.ok(each.bytesOut > 0, JSON.stringify(each));
    const sessions = ofKind(events, 'mailbox.login').filter(each => each.outcome === 'accepted');
    assert.deepEqual(
      sorted(logouts.map(each => [each.session, each.pid])),
      sorted(sessions.map(each => [each.session, each.mailPid])),
    );
  });
}

test('no subject or text of a message is in any event', () => {
  const text = JSON.stringify(recordings.flatMap(each => each.events as readonly MailEvent[]));
  assert.doesNotMatch(text, /this week|please see below/);
});
