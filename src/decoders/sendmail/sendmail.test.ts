import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { samplesAt } from '../../../test/support/samples.ts';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { read } from '../syslog/replay.test-support.ts';
import { addressesOf, intervalOf, peerIn, queueIdEnd } from './parts.ts';
import { sendmailDecoder } from './sendmail.ts';

const META = {
  time: epochMs(0),
  host: 'mx1',
  program: 'sm-mta',
  pid: 355,
  ref: { source: 0, offset: 0, length: 1, next: null },
  lineHash: 9,
};
const ID = '6ALCWujP000354';

function eventsOf(text: string): MailEvent[] {
  const events: MailEvent[] = [];
  sendmailDecoder.decode(text, META, event => events.push(event as MailEvent));
  return events;
}

/** The events of one line without what every event has, and without what is empty. */
const said = (text: string): Record<string, unknown>[] =>
  eventsOf(text).map(event => {
    const { time: _t, order: _o, host: _h, ref: _r, program: _p, pid: _i, ...rest } = event;
    return Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== '' && value !== -1 && value !== false),
    );
  });

test('queue ids of every release, and words that are none', () => {
  for (const id of [ID, 'QAA12345', 'p1R8o2Kp027080', '23C1GBLQ1234567']) assert.equal(queueIdEnd(id, 0), id.length);
  for (const no of ['rejecting', 'NOQUEUE', 'AUTH', '12345', '6ALCWujP00035a']) assert.equal(queueIdEnd(no, 0), -1);
});

test('intervals, lists and peers', () => {
  assert.deepEqual(
    ['00:00:01', '01:02:03', '2+03:04:05', '1:2:3', '', 'x+00:00:00'].map(intervalOf),
    [1, 3723, 183_845, -1, -1, -1],
  );
  assert.deepEqual(addressesOf('<a@b>,"c,d"@e,<"f,>"@g>, h', 10), ['<a@b>', '"c,d"@e', '<"f,>"@g>', 'h']);
  assert.deepEqual(addressesOf('a,b,c', 2), ['a', 'b']);
  const peer = (text: string) => {
    const found = peerIn(text, 0, text.length);
    return found === null ? null : [found.name, found.address];
  };
  assert.deepEqual(peer('host20.example.net [203.0.113.20]'), ['host20.example.net', '203.0.113.20']);
  assert.deepEqual(peer('[203.0.113.21]'), ['', '203.0.113.21']);
  assert.deepEqual(peer('mx.example.net [IPv6:2001:db8::1]'), ['mx.example.net', '2001:db8::1']);
  assert.deepEqual(peer('claimed.example.org [203.0.113.9] (may be forged)'), ['', '203.0.113.9']);
  assert.deepEqual(peer('who@host.example.net [203.0.113.9]'), ['host.example.net', '203.0.113.9']);
  for (const no of ['dev@localhost', 'localhost', 'a [b]', 'a[203.0.113.9]']) assert.equal(peer(no), null);
});

test('a message of a client, and one of a user of this host', () => {
  const tail = 'size=264, class=0, nrcpts=1, msgid=<x@y>, bodytype=8BITMIME, proto=ESMTPSA, daemon=MTA';
  assert.deepEqual(said(`${ID}: from=<a@example.net>, ${tail}, relay=h.example.net [203.0.113.20]`), [
    {
      kind: 'mail.received',
      queueId: ID,
      clientName: 'h.example.net',
      clientAddress: '203.0.113.20',
      sessionId: 'sendmail.355',
    },
    { kind: 'mail.identified', queueId: ID, messageId: '<x@y>' },
    { kind: 'mail.queued', queueId: ID, sender: 'a@example.net', sizeBytes: 264, recipientCount: 1 },
  ]);
  assert.deepEqual(said(`${ID}: from=dev, size=2, class=0, nrcpts=2, msgid=<x@y>, relay=dev@localhost`)[0], {
    kind: 'mail.submitted',
    queueId: ID,
    user: 'dev',
    sender: 'dev',
  });
  assert.deepEqual(said(`${ID}: from=<a@b>, size=0, class=0, nrcpts=0, proto=SMTP, relay=[203.0.113.20]`), []);
});

test('deliveries: to whom, how, and what the mailer makes of it', () => {
  const fate = (text: string) => said(`${ID}: ${text}`)[0] as Record<string, unknown>;
  const times = 'delay=00:00:02, xdelay=00:00:00';
  assert.deepEqual(fate(`to=<c@example.test>, ${times}, mailer=local, pri=3, dsn=2.0.0, stat=Sent`), {
    kind: 'mail.delivered',
    queueId: ID,
    recipient: 'c@example.test',
    relay: 'local',
    channel: 'mailbox',
    delaySeconds: 2,
    dsn: '2.0.0',
    text: 'Sent',
  });
  const piped = fate(
    `to="|/usr/bin/procmail -a, x", ctladdr=<ops@example.test> (1001/1001), ${times}, mailer=prog, pri=3, dsn=2.0.0, stat=Sent`,
  );
  assert.deepEqual(
    [piped.recipient, piped.channel, piped.text],
    ['ops@example.test', 'command', '"|/usr/bin/procmail -a, x"'],
  );
  const kinds = ['Deferred: Connection refused by x.', 'queued', 'quarantined', 'User unknown', 'Service unavailable'];
  assert.deepEqual(
    kinds.map(stat => fate(`to=<a@b>, ${times}, mailer=esmtp, pri=3, relay=b. [203.0.113.9], stat=${stat}`).kind),
    ['mail.deferred', 'mail.deferred', 'mail.deferred', 'mail.bounced', 'mail.bounced'],
  );
  assert.equal(fate(`to=<a@b>, delay=1+00:00:00, mailer=esmtp, pri=3, stat=Sent (ok)`).delaySeconds, 86_400);
  assert.equal(fate('to=<a@b>, delay=00:00:00, pri=3, stat=Command rejected').kind, 'mail.rejected');
  assert.equal(fate('to=<a@b>, delay=00:00:00, pri=3, stat=discarded').channel, 'discard');
});

test('one line for many recipients makes as many events, none of which is another one again', () => {
  const events = eventsOf(
    `${ID}: to=<a@b>,<c@d>,<e@f>, [more], delay=00:00:00, mailer=esmtp, pri=3, relay=b. [203.0.113.9], dsn=2.0.0, stat=Sent (ok)`,
  );
  assert.deepEqual(
    events.map(each => (each as { recipient?: string }).recipient),
    ['a@b', 'c@d', 'e@f'],
  );
  assert.equal(new Set(events.map(each => each.order)).size, 3);
});

test('a submission taken over by the daemon of this host: the ids belong together; no other host can say so', () => {
  const sent = (relay: string) =>
    said(
      `${ID}: to=a@b, ctladdr=dev (1002/1002), delay=00:00:00, xdelay=00:00:00, mailer=relay, pri=3, relay=${relay}, dsn=2.0.0, stat=Sent (6ALCX0sp000406 Message accepted for delivery)`,
    ).slice(1);
  const uid = { kind: 'mail.submitted', queueId: ID, uid: 1002, sender: 'dev', afterArrival: true };
  assert.deepEqual(sent('[127.0.0.1] [127.0.0.1]'), [
    uid,
    { kind: 'mail.received', queueId: '6ALCX0sp000406', originQueueId: ID },
  ]);
  assert.deepEqual(sent('mx.example.net. [203.0.113.9]'), [uid]);
});

test('notifications, clones and split envelopes point at where they came from', () => {
  const made = '6ALCX0nH000462';
  const link = { kind: 'mail.received', queueId: made, originQueueId: ID };
  assert.deepEqual(said(`${ID}: ${made}: DSN: User unknown`), [
    { ...link, origin: 'notification' },
    { kind: 'mail.queued', queueId: made },
  ]);
  assert.deepEqual(said(`${ID}: ${made}: clone: owner=<owner-list@example.test>`), [{ ...link, origin: 'forwarded' }]);
  assert.deepEqual(said(`${ID}: split: count=2, id=${made}`), [link]);
  const expired = said(`${ID}: ${made}: return to sender: Cannot send message for 5 days`);
  assert.deepEqual(expired[2]?.kind, 'mail.expired');
});

test('refusals: by rule sets, by filters, and by the server', () => {
  const refusal = (text: string) => {
    const [event] = said(text) as [Record<string, unknown>];
    return [
      event.kind,
      event.clientAddress ?? '',
      event.sender ?? '',
      event.recipient ?? '',
      event.stage,
      event.code,
      event.dsn ?? '',
    ];
  };
  assert.deepEqual(
    refusal(
      `${ID}: ruleset=check_rcpt, arg1=<v@example.com>, relay=h [203.0.113.28] (may be forged), reject=550 5.7.1 <v@example.com>... Relaying denied`,
    ),
    ['mail.rejected', '203.0.113.28', '', 'v@example.com', 'RCPT', 550, '5.7.1'],
  );
  assert.deepEqual(
    refusal(
      'ruleset=check_relay, arg1=[203.0.113.66], arg2=203.0.113.66, relay=[203.0.113.66], reject=421 4.3.2 Connection rate limit exceeded.',
    ).slice(1),
    ['203.0.113.66', '', '', 'connect', 421, '4.3.2'],
  );
  assert.deepEqual(refusal(`${ID}: Milter: to=<c@example.test>, reject=451 4.7.1 Greylisting in action`), [
    'mail.rejected',
    '',
    '',
    'c@example.test',
    'RCPT',
    451,
    '4.7.1',
  ]);
  assert.deepEqual(refusal(`${ID}: Milter: data, reject=550 5.7.1 Command rejected`).slice(4), ['DATA', 550, '5.7.1']);
  assert.deepEqual(refusal(`${ID}: <no@example.test>... User unknown`).slice(3, 5), ['no@example.test', 'RCPT']);
  assert.deepEqual(said(`${ID}: milter=clamav, quarantine=infected`), [
    {
      kind: 'mail.judged',
      queueId: ID,
      about: 'message',
      verdict: 'fail',
      said: 'quarantine',
      name: 'clamav',
      score: null,
      action: 'quarantined',
    },
  ]);
  assert.deepEqual(said(`${ID}: Milter (x) add: header: Subject: secret`), []);
});

test('connections, logins and the daemon', () => {
  const empty = said(
    `${ID}: h.example.net [203.0.113.70] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA-v4`,
  );
  assert.deepEqual(empty[0], {
    kind: 'mail.disconnected',
    queueId: ID,
    clientName: 'h.example.net',
    clientAddress: '203.0.113.70',
    recipients: 0,
    dataCommands: 0,
  });
  assert.equal(said(`${ID}: lost input channel from h [203.0.113.71] to MTA-v4 after mail`)[0]?.lost, true);
  assert.equal(said('NOQUEUE: connect from h [203.0.113.71]')[0]?.clientAddress, '203.0.113.71');
  const login = said('AUTH=server, relay=h.example.com [192.0.2.77], authid=dev, mech=PLAIN, bits=0')[0];
  assert.deepEqual(
    [login?.kind, login?.user, login?.clientAddress, login?.session],
    ['mailbox.login', 'dev', '192.0.2.77', 'sendmail.355'],
  );
  const failed = `${ID}: AUTH failure (PLAIN): authentication failure (-13), user=x, relay=y [1.1.1.1], relay=h [203.0.113.74]`;
  assert.equal(said(failed)[0]?.clientAddress, '203.0.113.74');
  assert.equal(said(`${ID}: SYSERR(root): Too many hops 26 (25 max): from <a@b> via h, to <c@d>`)[0]?.what, 'loop');
  assert.equal(said('starting daemon (8.17.1.9): SMTP+queueing@00:30:00')[0]?.what, 'started');
});

test('what a client says cannot pass for what Sendmail says', () => {
  // A user of this host, a relay, a fate: in the sender, in the message id, in a remote answer.
  const forged = '"x, size=1, class=0, nrcpts=1, relay=root@localhost"@example.net';
  const [received, , queued] = said(
    `${ID}: from=<${forged}>, size=273, class=0, nrcpts=1, msgid=<a, proto=SMTPA, relay=root@localhost>, proto=ESMTP, daemon=MTA-v4, relay=h [203.0.113.29]`,
  );
  assert.deepEqual(
    [received?.kind, received?.clientAddress, received?.sessionId],
    ['mail.received', '203.0.113.29', undefined],
  );
  assert.deepEqual([queued?.sender, queued?.sizeBytes], [forged, 273]);
  const answer = '550 5.1.1 no, stat=Sent (6ALCX0sp000406 Message accepted for delivery)';
  const [bounced, ...more] = said(
    `${ID}: to=<"u, delay=00:00:00, mailer=local, pri=1, dsn=2.0.0, stat=Sent"@b>, delay=00:00:01, mailer=esmtp, pri=3, relay=b. [203.0.113.10], dsn=5.1.1, reply=${answer}, stat=User unknown`,
  );
  assert.deepEqual([bounced?.kind, bounced?.text, more], ['mail.bounced', 'User unknown', []]);
  const [deferred] = said(
    `${ID}: to=<a@b>, delay=00:00:01, mailer=esmtp, pri=3, relay=b. [203.0.113.10], dsn=4.3.0, stat=Deferred: 451 x, stat=Sent`,
  );
  assert.equal(deferred?.kind, 'mail.deferred');
  const [refused] = said(
    `${ID}: ruleset=check_mail, arg1=<"r, relay=x [1.1.1.1], reject=550 y"@z>, relay=h [203.0.113.29], reject=553 5.5.4 no`,
  );
  assert.deepEqual([refused?.clientAddress, refused?.code], ['203.0.113.29', 553]);
  const [gone] = said(
    `${ID}: h [203.0.113.73]: VRFY x [1.1.1.1] did not issue MAIL/EXPN/VRFY/ETRN during connection to y`,
  );
  assert.equal(gone?.clientAddress, '203.0.113.73');
});

test('a line that starts well and breaks off is refused, wherever it breaks', () => {
  const whole = `${ID}: to=<a@example.org>, ctladdr=<b@c> (1/1), delay=00:00:00, xdelay=00:00:00, mailer=local, pri=30471, dsn=2.0.0, stat=Sent`;
  for (let end = ID.length + 5; end < whole.indexOf('stat=') + 5; end++) {
    const verdict = sendmailDecoder.decode(whole.slice(0, end), META, () => assert.fail(whole.slice(0, end)));
    assert.equal(verdict.tag, 'reject', whole.slice(0, end));
  }
});

test('long hostile lines take no more than their length; no text makes it throw', () => {
  const started = process.hrtime.bigint();
  for (const piece of [
    '<',
    '"',
    ',',
    ', relay=',
    ', stat=',
    '[1.1.1.1] ',
    ': VRFY ',
    ' due to ',
    ', reject=',
    '6ALCX0sp000406 ',
  ])
    for (const start of ['from=', 'to=', 'ruleset=check_rcpt, arg1=', 'Milter: ', 'rejecting ', 'split: id=', ''])
      eventsOf(`${ID}: ${start}${piece.repeat(60_000 / piece.length)}`);
  assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 3000);
  const words = [
    'from=',
    'to=',
    '<',
    '>',
    ', ',
    'size=',
    'class=',
    'nrcpts=',
    'relay=',
    'delay=',
    'stat=',
    'Sent',
    'dsn=',
    '[1.1.1.1]',
    '"',
    '\\',
    ID,
    ': ',
    'ruleset=',
    'arg1=',
    'reject=',
    'Milter: ',
    'mailer=',
    'AUTH=server, relay=',
    ', authid=',
    ', mech=',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 25 }), parts => {
      eventsOf(parts.join(''));
      eventsOf(`${ID}: ${parts.join('')}`);
    }),
    { numRuns: 500 },
  );
});

const fail2ban = samplesAt('fail2ban');
test("logs of other people's servers: the client that fail2ban's own tests expect is the one told", {
  skip: fail2ban.skip,
}, () => {
  let told = 0;
  for (const name of ['sendmail-auth.log', 'sendmail-reject.log']) {
    const lines = readFileSync(join(fail2ban.folder, name), 'utf8').split('\n');
    lines.forEach((line, index) => {
      const note = line.startsWith('# failJSON: ')
        ? (JSON.parse(line.slice(12)) as { match: boolean; host?: string })
        : null;
      const next = lines[index + 1] ?? '';
      // Some stamps have a facility behind them, which no relay of syslog writes; an envelope that came to nothing is no event.
      if (
        note === null ||
        !note.match ||
        note.host === undefined ||
        next.includes(' <mail.') ||
        next.includes(', nrcpts=0, ')
      )
        return;
      const clients = read([next]).events.map(event => (event as { clientAddress?: string }).clientAddress);
      assert.deepEqual(
        [...new Set(clients)].filter(each => each !== ''),
        /^[\d.]+$|:/.test(note.host) ? [note.host] : clients,
        next,
      );
      told += 1;
    });
  }
  assert.ok(told > 20, String(told));
});
