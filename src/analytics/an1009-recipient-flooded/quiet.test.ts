import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, CLERK, hushed, month, quiet, stranger, told, word } from './claims.test-support.ts';
import { DAY, HOUR, inOrder, linesOf, log, MINUTE, many, replay, T0 } from './flood.test-support.ts';

test('quiet: a queue that an outage held up', () => {
  quiet([...month, ...many(300, T0, 200, i => ({ from: stranger(i), delaySeconds: 8 * 3600 - i * 90 }))]);
});

test('quiet: a failing cron job, a monitoring storm by local submission or from an own, named machine', () => {
  quiet(
    many(400, T0, 500, () => ({ to: 'ops@example.org', origTo: 'root@example.org', from: 'root@example.org', uid: 0 })),
  );
  quiet([
    ...month,
    ...many(400, T0, 500, () => ({
      to: 'ops@example.org',
      from: 'nagios@example.org',
      ip: '198.51.100.5',
      name: 'mon.example.org',
    })),
  ]);
  hushed([
    ...month,
    ...many(400, T0, 500, () => ({ to: 'ops@example.org', from: 'nagios@example.org', ip: '198.51.100.5' })),
  ]);
});

test('quiet: a busy list, and a day on which it is twice as busy', () => {
  const days = Array.from({ length: 20 }, (_, day) =>
    many(80, T0 - (20 - day) * DAY, 5 * MINUTE, () => ({ from: 'list-bounces@lists.example' })),
  );
  quiet([...days.flat(), ...many(160, T0, 2.5 * MINUTE, () => ({ from: 'list-bounces@lists.example' }))]);
});

/** The envelope sender that a list gives each message for each subscriber, Variable Envelope Return Paths. */
const verp = (i: number): string => `devel-bounces-${7000 + i * 31}-clerk=example.org@lists.example`;

test('quiet: the list that gives each message a sender of its own delivers what it had kept during a repair', () => {
  const days = Array.from({ length: 6 }, (_, day) =>
    many(40, T0 - (6 - day) * DAY, MINUTE, i => ({ from: verp(day * 100 + i) })),
  );
  quiet([...days.flat(), ...many(95, T0, 300, i => ({ from: verp(9000 + i) }))]);
});

test('a sender made anew for each message is one sender: nobody speaks of a hundred strangers', () => {
  const [found] = told([...month, ...many(150, T0, 300, i => ({ from: verp(i) }))]);
  assert.equal(found?.severity, 'high');
  const said = JSON.stringify(found);
  assert.ok(said.includes('150 messages come from devel-bounces-#-*@lists.example, unknown before'), said);
  assert.ok(!said.includes('different senders'), said);
});

test('quiet: nightly bursts of reports from many senders, once they have come for some nights', () => {
  const nights = Array.from({ length: 15 }, (_, day) =>
    many(50, T0 - (15 - day) * DAY, 700, i => ({ from: `dmarc@${word(i)}.example` })),
  );
  const found = told([...nights.flat(), ...many(70, T0, 500, i => ({ from: `dmarc@${word(i)}.example` }))]);
  assert.deepEqual(
    found.filter(
      each => each.severity !== 'informational' || each.key > `clerk|${new Date(T0 - 10 * DAY).toISOString()}`,
    ),
    [],
  );
});

test('quiet: a shared mailbox on its best day, where strangers are usual', () => {
  const days = Array.from({ length: 20 }, (_, day) =>
    many(400, T0 - (20 - day) * DAY, 72_000, i => ({ to: 'buyer@example.org', from: stranger(day * 1000 + i) })),
  );
  quiet([...days.flat(), ...many(1000, T0, 28_800, i => ({ to: 'buyer@example.org', from: stranger(50_000 + i) }))]);
  hushed([...days.flat(), ...many(2000, T0, 12_000, i => ({ to: 'buyer@example.org', from: stranger(50_000 + i) }))]);
});

test('quiet: a newsletter to everybody', () => {
  quiet([
    ...month,
    ...many(20, T0, 1000, () => ({
      from: 'news@shop.example',
      recipients: ['clerk', 'ops', 'dev', 'buyer'].map(box => `${box}@example.org`),
    })),
  ]);
});

test('quiet: bounces of the own newsletter, told or logged by this very host', () => {
  const mailing = {
    at: T0 - HOUR,
    uid: 1003,
    from: CLERK,
    recipients: Array.from({ length: 300 }, (_, i) => `${word(i)}@far.example`),
    fate: 'gateway' as const,
  };
  quiet([...month, mailing, ...many(150, T0, 1000, i => ({ from: '', ip: address(i) }))]);
});

test("quiet: moving old mail in by the mailbox's owner", () => {
  quiet([...month, ...many(800, T0, 300, i => ({ from: stranger(i), uid: 1003 }))]);
});

test('quiet: one message whose delivery is tried again and again, lines logged twice, greylisted retries', () => {
  const once = linesOf({ at: T0, to: CLERK, from: 'a@b.example', fate: 'full', id: 'ABCDEF0123' });
  const deferral = once.find(line => line.includes('status=deferred')) as string;
  const again = Array.from({ length: 400 }, (_, i) =>
    deferral.replace(/^\S+/, `${new Date(T0 + i * 1000).toISOString().replace('Z', '')}+00:00`),
  );
  const greylisted = Array.from(
    { length: 400 },
    (_, i) =>
      `${new Date(T0 + i * 1000).toISOString().replace('Z', '')}+00:00 mx1 postfix/smtpd[71]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 450 4.2.0 <${CLERK}>: Recipient address rejected: Greylisted; from=<a@b.example> to=<${CLERK}> proto=ESMTP helo=<b.example>`,
  );
  const ordinary = log([...month, ...many(20, T0, 10_000, i => ({ from: stranger(i) }))]);
  assert.deepEqual(replay(inOrder([...ordinary, ...once, ...again, ...greylisted].flatMap(line => [line, line]))), []);
});

test('quiet: the same message in the logs of two hosts counts once', () => {
  const gateway = many(25, T0, 1000, i => ({
    host: 'mx1',
    from: stranger(i),
    messageId: `id${i}@x.example`,
    fate: 'gateway' as const,
  }));
  const store = many(25, T0 + 500, 1000, i => ({
    host: 'store',
    from: stranger(i),
    messageId: `id${i}@x.example`,
    fate: 'lmtp' as const,
  }));
  quiet([...month, ...gateway, ...store]);
});

test('quiet: every mailbox is as busy from the first line on, which nobody can call a flood of one', () => {
  const boxes = ['clerk', 'ops', 'dev', 'buyer'];
  const found = replay(
    log(many(4000, T0, 1500, i => ({ to: `${boxes[i % 4]}@example.org`, from: stranger(i), ip: address(i) }))),
  );
  assert.deepEqual(
    found.filter(each => each.severity !== 'informational'),
    [],
  );
});

test('low at most: a stream that began with the evidence and goes on for hours', () => {
  const found = told(many(1440, T0, 20_000, i => ({ from: stranger(i), ip: address(i) })));
  assert.deepEqual(
    found.map(each => `${each.title}: ${each.severity}`),
    ['Mailbox clerk flooded: low'],
  );
});
