import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import type { MailEvent } from '../../events/mail-events.ts';
import { bench, connect, file, flow, smtp, T } from './network.test-support.ts';

const SERVER = { destinationAddress: '203.0.113.25', destinationPort: 587 };
const to = { address: '203.0.113.25', port: 587 };

test('the later connections of a process to the same place are found with the first', () => {
  const here = bench({ '198.51.100.10': 'mx1' });
  const starts = [0, 60_000, 120_000];
  const first = connect(0, to);
  for (const [index, at] of starts.entries()) {
    here.network.connected(index === 0 ? first : connect(at, to));
    if (index === 0) assert.ok(here.network.contactOf(first) !== null);
  }
  here.network.connected(connect(90_000, { ...to, actor: { ...first.actor, pid: 999 } }));
  const contact = here.network.contactOf(connect(90_000, { ...to, actor: { ...first.actor, pid: 999 } }));
  for (const [index, at] of [...starts, 90_000].entries())
    here.network.push(
      flow(at + 10, { ...SERVER, sourcePort: 50_000 + index, flowId: `C${index}`, bytesOut: 1000 + index }),
    );
  assert.deepEqual(
    here.network.flowsOf(contact).map(({ flow: each }) => each.bytesOut),
    [1003],
    'of the other process its own only',
  );
  here.network.connected(first);
  const again = here.network.contactAt('mx1', T);
  assert.ok(here.network.flowsOf(again).length >= 2);
  assert.deepEqual(here.network.flowsOf(null), []);
});

test('the mail of a flow is told with its files; names of files that have no record of their own too', () => {
  const here = bench();
  here.network.push(flow(0, { ...SERVER, flowId: 'C1', sourcePort: 50_000 }));
  here.network.push(smtp(10, { flowId: 'C1', transaction: 0, attachmentNames: ['offer.zip', 'b.pdf'] }));
  here.network.push(file(20, { flowId: 'C1', transaction: 0 }));
  const [each] = here.network.smtpFlows();
  assert.ok(each !== undefined);
  const [mail, ...more] = here.network.mailIn(each);
  assert.equal(more.length, 0);
  assert.deepEqual(
    mail?.attachments.map(part => [part.name, part.sizeBytes]),
    [
      ['offer.zip', 3311],
      ['b.pdf', -1],
    ],
  );
  const next = bench();
  next.network.restore(deserialize(serialize(here.network.snapshot())));
  assert.deepEqual(next.network.smtpFlows(), here.network.smtpFlows());
  assert.equal(next.network.mailIn(each).length, 1);
});

test('files that are told before their message are kept for it, by its number', () => {
  const here = bench();
  here.network.push(file(5, { flowId: 'C1', transaction: 1, name: 'late.zip' }));
  here.network.push(file(6, { flowId: 'C1', transaction: 0, name: 'a.zip' }));
  here.network.push(file(7, { flowId: 'C1', transaction: 0, name: 'b.zip' }));
  here.network.push(smtp(10, { flowId: 'C1', transaction: 0 }));
  here.network.push(flow(0, { ...SERVER, flowId: 'C1', sourcePort: 50_000 }));
  const [each] = here.network.smtpFlows();
  assert.deepEqual(each && here.network.mailIn(each)[0]?.attachments.map(part => part.name), ['a.zip', 'b.zip']);
});

test('SMTP that was not answered, goes elsewhere, or comes to a server of ours is not listed', () => {
  const here = bench({ '198.51.100.10': 'mx1' });
  here.network.push(flow(0, { ...SERVER, sourcePort: 1, established: false }));
  here.network.push(flow(0, { destinationAddress: '203.0.113.25', destinationPort: 443, sourcePort: 2 }));
  here.network.push(
    flow(0, { sourceAddress: '203.0.113.9', sourcePort: 3, destinationAddress: '198.51.100.10', destinationPort: 25 }),
  );
  assert.deepEqual(here.network.smtpFlows(), []);
});

const tried = (at: number, relay: string, text: string): MailEvent => ({
  kind: 'mail.deferred',
  time: (T + at) as MailEvent['time'],
  order: at,
  host: 'mx1',
  ref: { source: 0, offset: 0, length: 1, next: null },
  program: 'postfix/smtp',
  pid: 1,
  queueId: '4AAAA',
  recipient: 'a@example.net',
  originalRecipient: '',
  relay,
  channel: 'unknown',
  delaySeconds: 1,
  dsn: '4.4.1',
  text,
});

test("an MTA's log accounts for servers that it gave mail to, and for those that it tried", () => {
  const here = bench();
  here.log(tried(1000, 'none', 'connect to mail.example.net[203.0.113.10]:25: Connection refused'));
  here.log(tried(2000, 'mail.example.net[203.0.113.11]:25', 'host said: 450 try again'));
  here.log(tried(3000, 'none', 'somebody says connect to x[203.0.113.12]:25'));
  const went = (address: string, host = 'mx1') => here.network.mtaWentTo(host, address, T, T + 5000);
  assert.deepEqual(
    [went('203.0.113.10'), went('203.0.113.11'), went('203.0.113.12'), went('203.0.113.11', 'ws3')],
    [true, true, false, false],
  );
  assert.equal(here.network.mtaWentTo('mx1', '203.0.113.10', T + 600_000, T + 601_000), false);
});
