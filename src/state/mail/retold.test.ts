import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import type { MailEvent } from '../../events/mail-events.ts';
import { loadIdentity } from '../identity/identity.ts';
import { deliveriesOf } from './deliveries.ts';
import { LearnedDomains } from './domains.ts';
import { createMailState } from './state.ts';

const domains = new LearnedDomains();
const identity = loadIdentity({ domains });
const at = (kind: string, queueId: string, facts: object): MailEvent =>
  ({
    kind,
    time: 1000,
    order: 0,
    host: 'mx1',
    program: 'postfix/local',
    pid: 1,
    queueId,
    ref: null,
    ...facts,
  }) as never;
const into = (queueId: string, recipient: string, time = 1000): MailEvent =>
  at('mail.delivered', queueId, {
    time,
    recipient,
    originalRecipient: '',
    relay: 'local',
    channel: 'mailbox',
    delaySeconds: 0,
    dsn: '',
    text: '',
  });

test('a message told in two mailboxes, and again by the one that it came out of, counts once in each', () => {
  const first = createMailState({ identity, domains });
  first.push(into('F', 'clerk@example.org'));
  first.push(into('F', 'buyer@example.org'));
  const second = createMailState({ identity, domains });
  second.restore(deserialize(serialize(first.snapshot())));
  second.push(at('mail.received', 'G', { clientName: '', clientAddress: '', saslUser: '', originQueueId: 'F' }));
  for (const recipient of ['clerk@example.org', 'buyer@example.org', 'third@example.org'])
    second.push(into('G', recipient, 2000));
  const message = second.message('mx1', 'G');
  assert.ok(message !== undefined);
  assert.deepEqual(
    [...deliveriesOf(message)].map(each => [each.mailbox, each.retold]),
    [
      ['clerk', true],
      ['buyer', true],
      ['third', false],
    ],
  );
});
