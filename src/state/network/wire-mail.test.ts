import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailEvent } from '../../events/mail-events.ts';
import { nextIdIn } from '../mail/next-hop.ts';
import { type Bench, bench, file, identified, received, smtp, T } from './network.test-support.ts';

/** What the wire added to the mail state, told to it as the engine does. */
function settle({ network, mail }: Bench, events: readonly MailEvent[]): MailEvent[] {
  const all = [...events, ...network.finish()];
  for (const event of all) mail.push(event);
  return all;
}

test('the queue id is read out of the answers of Postfix, Exim and Sendmail', () => {
  assert.equal(nextIdIn('250 2.0.0 Ok: queued as 4AAAA'), '4AAAA');
  assert.equal(nextIdIn('250 OK id=1Mugho-0003Dg-Un'), '1Mugho-0003Dg-Un');
  assert.equal(nextIdIn('250 2.0.0 9BKDDAcv004711 Message accepted for delivery'), '9BKDDAcv004711');
  assert.equal(nextIdIn('250 OK'), '');
});

test('a message that the MTA logged gets its attachments from the wire, and nothing twice', () => {
  const here = bench();
  here.log(received(10, '4AAAA', '203.0.113.10'));
  here.network.push(smtp(0, { flowId: 'C1', fileIds: ['F1', 'F2'] }));
  here.network.push(file(20, { flowId: 'C1', fileId: 'F1', name: '', type: 'text/plain' }));
  here.network.push(file(30, { flowId: 'C1', fileId: 'F2' }));
  const events = settle(here, []);
  assert.deepEqual(
    events.map(event => event.kind),
    ['attachment.seen'],
  );
  const [attachment, ...more] = here.mail.message('mx1', '4AAAA')?.attachments ?? [];
  assert.equal(more.length, 0);
  assert.deepEqual(
    [attachment?.name, attachment?.realType, attachment?.sizeBytes, attachment?.sha256.length],
    ['offer.zip', 'application/zip', 3311, 64],
  );
  assert.equal(here.network.hostOf('198.51.100.10', T), null, 'one message alone names no address');
});

test('without a queue id in the answer, client and message id join', () => {
  const here = bench();
  here.log(received(10, '4BBBB', '203.0.113.10'));
  here.log(identified(20, '4BBBB', '<1@example.net>'));
  here.network.push(smtp(0, { lastReply: '250 OK', attachmentNames: ['offer.zip'] }));
  settle(here, []);
  assert.deepEqual(
    here.mail.message('mx1', '4BBBB')?.attachments.map(each => each.name),
    ['offer.zip'],
  );
});

test('a message for a server whose log is not here is a life of its own, said to be accepted and no more', () => {
  const here = bench({ '198.51.100.10': 'mx1' });
  here.network.push(smtp(0, { flowId: 'C9', fileIds: ['F2'] }));
  here.network.push(file(30, { flowId: 'C9', fileId: 'F2' }));
  settle(here, []);
  const message = here.mail.message('mx1', 'wire.C9.1');
  assert.ok(message !== undefined);
  assert.deepEqual(
    [message.sender, message.messageId, message.clientAddress, message.attachments.length],
    ['a@example.net', '<1@example.net>', '203.0.113.10', 1],
  );
  const [delivery] = here.mail.deliveredTo('clerk', T - 1, T + 1, 5);
  assert.deepEqual([delivery?.delivery.channel, delivery?.delivery.relay], ['relay', '[198.51.100.10]:25']);
});

test('refused mail, mail from our own hosts, and mail of a server that logs are no lives', () => {
  const refused = bench();
  refused.network.push(smtp(0, { lastReply: '554 5.7.1 rejected' }));
  assert.deepEqual(settle(refused, []), []);
  const ours = bench({ '203.0.113.10': 'mx1' });
  ours.network.push(smtp(0));
  assert.deepEqual(settle(ours, []), []);
  const logging = bench({ '198.51.100.10': 'mx1' });
  logging.log(received(-500_000, '4CCCC', '203.0.113.99'));
  logging.network.push(smtp(0));
  assert.deepEqual(settle(logging, []), []);
});

test('after STARTTLS nothing is known, and nothing is made up', () => {
  const here = bench();
  here.network.push(smtp(0, { sender: '', recipients: [], messageId: '', tls: true }));
  assert.deepEqual(settle(here, []), []);
});

test("it waits for the MTA's lines, which come after the transaction has begun", () => {
  const here = bench();
  assert.deepEqual(here.network.push(smtp(0)), []);
  here.log(received(4000, '4AAAA', '203.0.113.10'));
  assert.deepEqual(here.network.push(smtp(30_000, { sourceAddress: '203.0.113.11' })), []);
  const due = here.network.push(file(70_000, { flowId: 'other' }));
  assert.deepEqual(due, [], 'the first has its life in the log');
});

test('a file of a settled message is told when it comes', () => {
  const here = bench();
  here.log(received(10, '4AAAA', '203.0.113.10'));
  here.network.push(smtp(0, { flowId: 'C1', transaction: 2 }));
  here.network.finish();
  const late = here.network.push(file(90_000, { flowId: 'C1', transaction: 2 }));
  assert.deepEqual(
    late.map(event => [event.kind, event.queueId]),
    [['attachment.seen', '4AAAA']],
  );
});
