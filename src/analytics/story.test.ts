import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, attachment, delivery, message, REF, stepOf, taintOf } from './mail-facts.test-support.ts';
import { atLeast, atMost, isQueueId, messageName, raise, Story } from './story.ts';

test('steps, links and what is missing are told once each', () => {
  const story = new Story();
  for (let i = 0; i < 2; i++) {
    story.step('a', at(1), 'kind', `${i}`, REF);
    story.link('a', 'b', 'kind', 'observed', `${i}`);
    story.miss('nothing');
  }
  story.link('a', 'a', 'kind', 'observed', 'to itself');
  for (const [from, to, kind] of [
    ['a', 'b', 'other'],
    ['a', 'c', 'kind'],
    ['c', 'b', 'kind'],
  ] as const)
    story.link(from, to, kind, 'observed', '');
  assert.deepEqual(
    story.steps.map(step => step.summary),
    ['0'],
  );
  assert.deepEqual(
    story.links.map(({ from, to, kind }) => `${from}${to} ${kind}`),
    ['ab kind', 'ab other', 'ac kind', 'cb kind'],
  );
  assert.deepEqual(story.missing, ['nothing']);
});

test('the history of content is a chain from where it came from', () => {
  const first = taintOf({}, { time: at(1), why: 'origin' });
  const second = {
    ...first,
    previous: first,
    step: stepOf({ time: at(2), order: 2, kind: 'file.renamed', why: 'moved' }),
  };
  const story = new Story();
  assert.deepEqual(story.taint(second), { first: 'file.created#1.1', last: 'file.renamed#2.2' });
  assert.deepEqual(
    story.links.map(({ from, to, why }) => [from, to, why]),
    [['file.created#1.1', 'file.renamed#2.2', 'moved']],
  );
  assert.deepEqual(new Story().taint(first), { first: 'file.created#1.1', last: 'file.created#1.1' });
});

function delivered(
  facts: Parameters<typeof message>[0],
  carries?: Parameters<typeof attachment>[0],
): readonly string[] {
  const story = new Story();
  const of = carries === undefined ? undefined : { of: attachment(carries), basis: 'name' as const, path: '/x' };
  const told = {
    message: message(facts),
    delivery: delivery(),
    strength: 'observed' as const,
    why: '',
    attachment: of,
  };
  story.delivery(told);
  return story.steps.map(step => `${step.kind}: ${step.summary}`);
}
const seen = { ref: REF, refShows: 'arrival' } as const;

test('a delivery is told with the sender and the size as far as they are known', () => {
  const by = 'delivered to <clerk@example.org> by local';
  assert.deepEqual(delivered({}), [`mail.delivered: message Q1 ${by}`]);
  assert.deepEqual(delivered({ sizeBytes: 0 }), [`mail.delivered: message Q1 ${by}, 0 bytes`]);
  assert.deepEqual(delivered({ senderKnown: true, sender: '' }), [`mail.delivered: message Q1 from <> ${by}`]);
});

test('its arrival is told where a line shows it and whose it was', () => {
  const arrives = (facts: Parameters<typeof message>[0]): string | undefined =>
    delivered(facts).find(each => each.startsWith('mail.received'));
  assert.equal(
    arrives({ ...seen, clientAddress: '203.0.113.1' }),
    'mail.received: message Q1 arrives from unknown[203.0.113.1]',
  );
  assert.equal(
    arrives({ ref: REF, refShows: 'queued', clientAddress: '203.0.113.1', clientName: 'mx' }),
    'mail.received: message Q1 arrives from mx[203.0.113.1]',
  );
  assert.equal(arrives({ clientAddress: '203.0.113.1' }), undefined);
  assert.equal(arrives({ ...seen }), undefined);
});

test('what it carries is told with what is known of it', () => {
  const carries = (facts: Parameters<typeof attachment>[0]): string | undefined => delivered({}, facts)[1];
  assert.equal(carries({}), 'attachment.seen: it carries a.pdf');
  assert.equal(carries({ sizeBytes: 0 }), 'attachment.seen: it carries a.pdf (0 bytes)');
  assert.equal(
    carries({ declaredType: 'text/plain', realType: 'application/pdf', sha256: 'abc' }),
    'attachment.seen: it carries a.pdf (application/pdf, sha256 abc)',
  );
  assert.equal(carries({ declaredType: 'text/plain' }), 'attachment.seen: it carries a.pdf (text/plain)');
});

const stored = (box: string, folder = '') => ({ box, folder, owner: 'clerk', timeFrom: 'envelope' as const });

test('a message that no MTA tells of is told from the store that holds it, or from the wire', () => {
  const lies = 'lies in the mail store';
  const when = 'delivered then by the line above it';
  const nameless = 'message without a message id for <clerk@example.org>';
  assert.deepEqual(delivered({ stored: stored('evidence/var/mail/clerk') }), [
    `mail.stored: ${nameless} ${lies} /var/mail/clerk; ${when}`,
  ]);
  assert.deepEqual(delivered({ stored: stored('box', 'Junk'), messageId: 'a@b', sizeBytes: 0 }), [
    `mail.stored: message <a@b> for <clerk@example.org> ${lies} box, folder Junk, 0 bytes; ${when}`,
  ]);
  assert.deepEqual(delivered({ queueId: 'wire.1', messageId: '<a@b>', senderKnown: true, sender: 'x@example.net' }), [
    'smtp.seen: message <a@b> from <x@example.net> for <clerk@example.org> was seen on the wire; no MTA log tells of it',
  ]);
  const [, carries] = delivered({ stored: stored('box') }, {});
  assert.equal(carries, 'attachment.seen: it carries a.pdf');
});

test('a message is named by its queue id where an MTA gave it one', () => {
  assert.equal(isQueueId(message()), true);
  assert.equal(isQueueId(message({ stored: stored('box') })), false);
  assert.equal(isQueueId(message({ queueId: 'wire.1' })), false);
  assert.equal(messageName(message()), 'message Q1 (message-id unknown)');
  assert.equal(messageName(message({ messageId: 'a@b' })), 'message Q1 (message-id a@b)');
  assert.equal(messageName(message({ queueId: 'wire.1' })), 'the message (it has no message-id)');
  assert.equal(messageName(message({ queueId: 'wire.1', messageId: 'a@b' })), 'message-id <a@b>');
  assert.equal(messageName(message({ queueId: 'wire.1', messageId: '<a@b>' })), 'message-id <a@b>');
});

test('a severity is held at a cap, and raised by one up to high', () => {
  assert.equal(atLeast('high', 'low'), 'high');
  assert.equal(atLeast('low', 'low'), 'low');
  assert.equal(atLeast('informational', 'low'), 'low');
  assert.equal(atMost('high', 'low'), 'low');
  assert.equal(atMost('low', 'low'), 'low');
  assert.equal(atMost('informational', 'low'), 'informational');
  assert.equal(raise('low'), 'medium');
  assert.equal(raise('low', 2), 'high');
  assert.equal(raise('high'), 'high');
});
