import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { opensmtpdDecoder } from './opensmtpd.ts';

const META = {
  time: epochMs(0),
  host: 'mx1',
  program: 'smtpd',
  pid: 134,
  ref: { source: 0, offset: 0, length: 1, next: null },
  lineHash: 9,
};
const S = 'c7b5613efef2b53f';

const verdictOf = (text: string): string => {
  const verdict = opensmtpdDecoder.decode(text, META, () => {});
  return verdict.tag === 'emit' ? 'emit' : `${verdict.tag}: ${verdict.reason}`;
};

function said(text: string): Record<string, unknown>[] {
  const events: MailEvent[] = [];
  opensmtpdDecoder.decode(text, META, event => events.push(event as MailEvent));
  return events.map(event => {
    const { time: _t, order: _o, host: _h, ref: _r, program: _p, pid: _i, ...rest } = event;
    return Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== '' && value !== -1 && value !== false),
    );
  });
}

test('a session from the network, and one of a program of this host', () => {
  assert.deepEqual(said(`${S} smtp connected address=203.0.113.20 host=host20.example.net`), [
    { kind: 'mail.connected', clientName: 'host20.example.net', clientAddress: '203.0.113.20', sessionId: S },
  ]);
  assert.deepEqual(said(`${S} smtp connected address=local host=example.test`), [
    { kind: 'mail.connected', clientName: 'local', sessionId: S },
  ]);
  assert.deepEqual(said(`${S} smtp connected address=[2001:db8::1] host=<unknown>`)[0]?.clientAddress, '2001:db8::1');
  // A host that is called local has an address.
  assert.equal(said(`${S} smtp connected address=203.0.113.20 host=local`)[0]?.clientAddress, '203.0.113.20');
});

test('a message and its envelopes, in the words of 6.6 and of before', () => {
  assert.deepEqual(said(`${S} smtp message msgid=6bc507d3 size=456 nrcpt=2 proto=ESMTP`), [
    { kind: 'mail.received', queueId: '6bc507d3', sessionId: S },
    { kind: 'mail.queued', queueId: '6bc507d3', sizeBytes: 456, recipientCount: 2 },
  ]);
  assert.deepEqual(said(`${S} smtp envelope evpid=6bc507d3aec8f65b from=<a@example.net> to=<c@example.test>`), [
    { kind: 'mail.queued', queueId: '6bc507d3', sender: 'a@example.net' },
  ]);
  const older = `${S} smtp event=message address=203.0.113.20 host=h msgid=6bc507d3 from=<size=1@example.net> to=<c@example.test> size=456 ndest=1 proto=ESMTP`;
  assert.deepEqual(said(older)[1], {
    kind: 'mail.queued',
    queueId: '6bc507d3',
    sender: 'size=1@example.net',
    sizeBytes: 456,
    recipientCount: 1,
  });
});

test('deliveries into mailboxes and to other hosts, with the code that the other side gave', () => {
  const mda = `${S} mda delivery evpid=8e529cfcdc1f46ea from=<d@example.net> to=<buyer@example.test> rcpt=<intern@example.test> user=buyer delay=1m2s`;
  assert.deepEqual(said(`${mda} result=Ok stat=Delivered`), [
    {
      kind: 'mail.delivered',
      queueId: '8e529cfc',
      recipient: 'buyer@example.test',
      originalRecipient: 'intern@example.test',
      channel: 'mailbox',
      delaySeconds: 62,
      text: 'Delivered',
    },
  ]);
  assert.equal(said(`${mda} result=PermFail stat=Error ("no")`)[0]?.kind, 'mail.bounced');
  const mta = (result: string, stat: string) =>
    said(
      `${S} mta delivery evpid=45cabf7c47afc825 from=<d@example.test> to=<u@example.com> rcpt=<-> source="198.51.100.10" relay="203.0.113.25 (smtp.example.com)" delay=4s result="${result}" stat="${stat}"`,
    )[0];
  assert.deepEqual(mta('TempFail', '452 4.2.2 full'), {
    kind: 'mail.deferred',
    queueId: '45cabf7c',
    recipient: 'u@example.com',
    relay: 'smtp.example.com[203.0.113.25]',
    channel: 'unknown',
    delaySeconds: 4,
    dsn: '4.2.2',
    text: '452 4.2.2 full',
  });
  assert.equal(mta('Ok', '250 2.0.0 result="PermFail" stat="no')?.kind, 'mail.delivered');
});

test('refusals, odd commands, logins and ends', () => {
  const failed = (command: string, result: string) =>
    said(`${S} smtp failed-command command="${command}" result="${result}"`)[0];
  assert.deepEqual(failed('rcpt TO:<no@example.test>', '550 5.1.1 Invalid recipient'), {
    kind: 'mail.rejected',
    recipient: 'no@example.test',
    code: 550,
    dsn: '5.1.1',
    stage: 'RCPT',
    text: 'Invalid recipient',
  });
  assert.equal(failed('rcpt TO:<"x" result="250 ok"@y>', '501 5.1.3 bad')?.code, 501);
  assert.equal(failed('VRFY root', '500 no')?.kind, 'mail.notice');
  const login = said(`${S} smtp authentication user=dev result=ok`)[0];
  assert.deepEqual([login?.user, login?.outcome, login?.session], ['dev', 'accepted', S]);
  assert.equal(said(`${S} smtp authentication user=x result=ok result=permfail`)[0]?.outcome, 'failed');
  assert.equal(said(`${S} smtp disconnected reason=quit`)[0]?.lost, undefined);
  assert.equal(said(`${S} smtp disconnected reason=disconnect`)[0]?.lost, true);
});

test('what another smtpd writes is none of its lines', () => {
  for (const other of [
    'connect from h[203.0.113.1]',
    'NOQUEUE: reject: RCPT from h[203.0.113.1]: 550',
    `${S} else`,
    '',
  ])
    assert.match(verdictOf(other), /^skip: smtpd message that is none/);
  assert.match(verdictOf(`${S} smtp message msgid=xyz size=1`), /^reject: /);
  assert.match(verdictOf(`${S} mda delivery evpid=8e529cfcdc1f46ea from=<d> to=<b`), /^reject: /);
});

test('no text makes it throw, and long lines take no more than their length', () => {
  const words = [
    'smtp ',
    'mda ',
    'mta ',
    'connected',
    'message',
    'envelope',
    'delivery',
    ' evpid=',
    ' from=<',
    '> to=<',
    '>',
    ' rcpt=<',
    ' stat=',
    ' result=',
    '"',
    ' user=',
    '8e529cfcdc1f46ea',
    ' command="',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 20 }), parts => {
      verdictOf(`${S} ${parts.join('')}`);
    }),
    { numRuns: 500 },
  );
  const started = process.hrtime.bigint();
  for (const piece of [' from=<', '> ', ' result=', '" result="'])
    for (const what of ['mta delivery', 'smtp failed-command command="', 'smtp message'])
      verdictOf(`${S} ${what}${piece.repeat(60_000 / piece.length)}`);
  assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 1500);
});
