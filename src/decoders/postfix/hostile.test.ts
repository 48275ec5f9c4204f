import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { read, verdictOf } from '../syslog/replay.test-support.ts';
import { said } from './said.test-support.ts';

test('addresses with quotes, blanks, commas, brackets and letters of any script', () => {
  for (const address of [
    '"a b"@example.org',
    '"a, relay=none"@example.org',
    '"a>b"@example.org',
    '"a\\"> b"@example.org',
    'b\u00fccher@b\u00fccher.example',
    "o'brien@example.org",
    'a=b=c@example.org',
  ]) {
    assert.equal(
      said(
        'postfix/local',
        `1A2B3C4D5E: to=<${address}>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (x)`,
      ).recipient,
      address,
    );
    assert.equal(said('postfix/qmgr', `1A2B3C4D5E: from=<${address}>, size=1, nrcpt=1 (queue active)`).sender, address);
  }
});

test("an outsider's words cannot forge a field", () => {
  const forged = '"x>, relay=local, delay=0, dsn=2.0.0, status=sent (delivered to mailbox)"@evil.example';
  const bounced = said(
    'postfix/smtp',
    `1A2B3C4D5E: to=<${forged}>, relay=none, delay=0, delays=0/0/0/0, dsn=5.4.4, status=bounced (Host not found)`,
  );
  assert.deepEqual([bounced.kind, bounced.recipient, bounced.dsn], ['mail.bounced', forged, '5.4.4']);
  const lied = said(
    'postfix/smtp',
    '1A2B3C4D5E: to=<a@b>, relay=mx[192.0.2.1]:25, delay=0, delays=0/0/0/0, dsn=4.0.0, status=deferred (host mx said: 451 >, relay=local, status=sent (delivered to mailbox))',
  );
  assert.deepEqual([lied.kind, lied.relay], ['mail.deferred', 'mx[192.0.2.1]:25']);
  const sender = '"; from=<boss@example.org> to=<ops@example.org> proto=ESMTP helo=<"@evil.example';
  const refused = said(
    'postfix/smtpd',
    `NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 450 4.1.8 <${sender}>: Sender address rejected: Domain not found; from=<${sender}> to=<clerk@example.org> proto=ESMTP helo=<h>`,
  );
  assert.deepEqual([refused.sender, refused.recipient], [sender, 'clerk@example.org']);
  const greeted = said(
    'postfix/smtpd',
    'NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 504 5.5.2 <x; from=<a> to=<b> status=sent>: Helo command rejected; from=<s@x.example> to=<clerk@example.org> proto=ESMTP helo=<x; from=<a> to=<b> status=sent>',
  );
  // Postfix prints such a greeting with its marks replaced; were it not, no sender is told rather than the client's.
  assert.deepEqual([greeted.kind, greeted.sender, greeted.recipient], ['mail.rejected', undefined, undefined]);
  const identified = said('postfix/cleanup', '1A2B3C4D5E: message-id=<x> 2B3C4D5E6F: to=<a>, status=sent (x)');
  assert.deepEqual([identified.kind, identified.queueId], ['mail.identified', '1A2B3C4D5E']);
  assert.equal(said('postfix/cleanup', '1A2B3C4D5E: message-id=connect from a[192.0.2.1]').kind, 'mail.identified');
});

test('a line that starts well and breaks off is refused, wherever it breaks', () => {
  const whole =
    '1A2B3C4D5E: to=<a@example.org>, orig_to=<b>, relay=local, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)';
  for (let end = 17; end < whole.indexOf('status=') + 7; end++) {
    assert.match(verdictOf('postfix/local[1]', whole.slice(0, end)), /^reject: /, whole.slice(0, end));
  }
});

test('long hostile lines take no more than their length', () => {
  const hostile = [
    `NOQUEUE: reject: RCPT from a[192.0.2.1]: 450 ${'; from=<'.repeat(8000)}`,
    `1A2B3C4D5E: to=<${'>, relay='.repeat(7000)}`,
    `1A2B3C4D5E: info: header Content-Type: x; ${'name='.repeat(12_000)}`,
    `1A2B3C4D5E: from=<${'"'.repeat(60_000)}`,
  ];
  const started = process.hrtime.bigint();
  for (const text of hostile)
    for (const daemon of ['smtpd', 'local', 'cleanup', 'qmgr'])
      read([`Mar  1 09:30:00 mx1 postfix/${daemon}[1]: ${text}`]);
  assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 1500);
});

test('no text makes a daemon throw', () => {
  const words = [
    'NOQUEUE: ',
    '1A2B3C4D5E: ',
    'to=<',
    'from=<',
    '>, ',
    'relay=',
    'status=',
    'sent',
    ' (',
    ')',
    'reject: ',
    'RCPT from ',
    'a[192.0.2.1]',
    ': ',
    '; ',
    '"',
    '\\',
    'size=',
    'nrcpt=',
    'uid=',
    'client=',
    'header ',
    'filename="',
    ' notification: ',
    '\n',
    '\u202e',
  ];
  const daemons = [
    'smtpd',
    'postscreen',
    'cleanup',
    'pickup',
    'qmgr',
    'local',
    'smtp',
    'bounce',
    'anvil',
    'master',
    'postsuper',
    'tlsproxy',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...daemons),
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 25 }),
      (daemon, parts) => {
        read([`Mar  1 09:30:00 mx1 postfix/${daemon}[1]: ${parts.join('')}`]);
      },
    ),
    { numRuns: 500 },
  );
});
