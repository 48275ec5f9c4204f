import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { read, verdictOf } from '../syslog/replay.test-support.ts';
import { all, said } from './said.test-support.ts';

test('smtpd: connections and what came of them', () => {
  assert.deepEqual(said('postfix/smtpd', 'connect from mail.example.net[192.0.2.1]'), {
    kind: 'mail.connected',
    clientName: 'mail.example.net',
    clientAddress: '192.0.2.1',
  });
  assert.deepEqual(said('postfix/smtpd', 'connect from unknown[2001:db8::1]:40022'), {
    kind: 'mail.connected',
    clientName: 'unknown',
    clientAddress: '2001:db8::1',
  });
  assert.deepEqual(
    said(
      'postfix/submission/smtpd',
      'disconnect from a.example[192.0.2.1] ehlo=1 auth=0/1 mail=1 rcpt=1/3 data=0/1 quit=1 commands=4/7',
    ),
    {
      kind: 'mail.disconnected',
      clientName: 'a.example',
      clientAddress: '192.0.2.1',
      recipients: 1,
      recipientsRejected: 2,
      dataCommands: 0,
    },
  );
  assert.deepEqual(
    said('postfix/smtpd', 'disconnect from a.example[192.0.2.1] ehlo=1 mail=1 rcpt=2 bdat=1 quit=1 commands=6'),
    {
      kind: 'mail.disconnected',
      clientName: 'a.example',
      clientAddress: '192.0.2.1',
      recipients: 2,
      recipientsRejected: 0,
      dataCommands: 1,
    },
  );
  assert.deepEqual(said('postfix/smtpd', 'disconnect from a.example[192.0.2.1]'), {
    kind: 'mail.disconnected',
    clientName: 'a.example',
    clientAddress: '192.0.2.1',
  });
  for (const text of [
    'lost connection after RCPT from a.example[192.0.2.1]',
    'NOQUEUE: lost connection after DATA (123 bytes) from a.example[192.0.2.1]',
    'timeout after END-OF-MESSAGE from a.example[192.0.2.1]',
    'too many errors after AUTH from a.example[192.0.2.1]',
  ]) {
    assert.deepEqual(
      said('postfix/smtpd', text),
      { kind: 'mail.disconnected', clientName: 'a.example', clientAddress: '192.0.2.1', lost: true },
      text,
    );
  }
});

test('smtpd: a message of a client, long and short queue ids, authenticated and re-injected', () => {
  assert.deepEqual(
    said(
      'postfix/smtps/smtpd',
      '4bXyZ31p2Zz9LkQ: client=a.example[192.0.2.1], sasl_method=PLAIN, sasl_username=ops@example.org',
    ),
    {
      kind: 'mail.received',
      queueId: '4bXyZ31p2Zz9LkQ'.replace('e', 'e'),
      clientName: 'a.example',
      clientAddress: '192.0.2.1',
      saslUser: 'ops@example.org',
    },
  );
  assert.deepEqual(
    said(
      'postfix/smtpd',
      '1A2B3C4D5E: client=localhost[127.0.0.1], orig_queue_id=0F0F0F0F0F, orig_client=evil, sasl_username=root[192.0.2.9]',
    ),
    {
      kind: 'mail.received',
      queueId: '1A2B3C4D5E',
      clientName: 'localhost',
      clientAddress: '127.0.0.1',
      originQueueId: '0F0F0F0F0F',
      saslUser: 'root[192.0.2.9]',
    },
  );
  assert.equal(
    verdictOf('postfix/smtpd[1]', 'NOQUEUE: client=a.example[192.0.2.1]'),
    'skip: postfix client before a content filter',
  );
});

test('refusals at every stage, by smtpd, postscreen and a milter', () => {
  assert.deepEqual(
    said(
      'postfix/smtpd',
      'NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 554 5.7.1 <x@example.com>: Relay access denied; from=<j@example.com> to=<x@example.com> proto=SMTP helo=<h>',
    ),
    {
      kind: 'mail.rejected',
      clientName: 'a.example',
      clientAddress: '192.0.2.1',
      sender: 'j@example.com',
      recipient: 'x@example.com',
      code: 554,
      dsn: '5.7.1',
      stage: 'RCPT',
      text: '<x@example.com>: Relay access denied',
    },
  );
  assert.deepEqual(
    said(
      'postfix/smtpd',
      'NOQUEUE: reject: CONNECT from unknown[192.0.2.1]: 450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]; proto=SMTP',
    ),
    {
      kind: 'mail.rejected',
      clientName: 'unknown',
      clientAddress: '192.0.2.1',
      code: 450,
      dsn: '4.7.25',
      stage: 'CONNECT',
      text: 'Client host rejected: cannot find your hostname, [192.0.2.1]',
    },
  );
  assert.deepEqual(
    said(
      'postfix/postscreen',
      'NOQUEUE: reject: RCPT from [192.0.2.1]:6059: 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using x; from=<s@example.com>, to=<g@example.com>, proto=ESMTP, helo=<b>',
    ),
    {
      kind: 'mail.rejected',
      clientAddress: '192.0.2.1',
      sender: 's@example.com',
      recipient: 'g@example.com',
      code: 550,
      dsn: '5.7.1',
      stage: 'RCPT',
      text: 'Service unavailable; client [192.0.2.1] blocked using x',
    },
  );
  assert.deepEqual(
    said(
      'postfix/cleanup',
      '1A2B3C4D5E: milter-reject: END-OF-MESSAGE from a.example[192.0.2.1]: 5.7.1 Command rejected; from=<s@example.com> to=<g@example.com> proto=ESMTP helo=<b>',
    ),
    {
      kind: 'mail.rejected',
      queueId: '1A2B3C4D5E',
      clientName: 'a.example',
      clientAddress: '192.0.2.1',
      sender: 's@example.com',
      recipient: 'g@example.com',
      code: 0,
      dsn: '5.7.1',
      stage: 'END-OF-MESSAGE',
      text: 'Command rejected',
    },
  );
  assert.equal(
    verdictOf(
      'postfix/smtpd[1]',
      'NOQUEUE: filter: RCPT from a.example[192.0.2.1]: <x>: triggers FILTER; from=<> to=<x> proto=SMTP',
    ),
    'skip: postfix action that refuses nothing',
  );
  assert.deepEqual(
    all(
      'postfix/smtpd',
      'NOQUEUE: discard: RCPT from a.example[192.0.2.1]: <x>: gone; from=<> to=<x@example.org> proto=SMTP',
    ).map(each => each.kind === 'mail.delivered' && `${each.channel} ${each.recipient}`),
    ['discard x@example.org'],
  );
});

test('the queue: arrival, fates, removal, expiry', () => {
  assert.deepEqual(said('postfix/pickup', '1A2B3C4D5E: uid=1001 from=<ops>'), {
    kind: 'mail.submitted',
    queueId: '1A2B3C4D5E',
    uid: 1001,
    sender: 'ops',
  });
  assert.deepEqual(said('postfix/cleanup', '1A2B3C4D5E: message-id=<a@b>'), {
    kind: 'mail.identified',
    queueId: '1A2B3C4D5E',
    messageId: '<a@b>',
  });
  assert.deepEqual(said('postfix/cleanup', '1A2B3C4D5E: resent-message-id=<a@b>'), {
    kind: 'mail.identified',
    queueId: '1A2B3C4D5E',
    messageId: '<a@b>',
    resent: true,
  });
  assert.deepEqual(said('postfix/qmgr', '1A2B3C4D5E: from=<>, size=123, nrcpt=2 (queue active)'), {
    kind: 'mail.queued',
    queueId: '1A2B3C4D5E',
    sizeBytes: 123,
    recipientCount: 2,
  });
  assert.equal(said('postfix/qmgr', '1A2B3C4D5E: from=<a@b>, status=expired, returned to sender').kind, 'mail.expired');
  assert.deepEqual(said('postfix/qmgr', '1A2B3C4D5E: removed'), { kind: 'mail.removed', queueId: '1A2B3C4D5E' });
  assert.deepEqual(said('postfix/bounce', '1A2B3C4D5E: sender non-delivery notification: 2B3C4D5E6F'), {
    kind: 'mail.received',
    queueId: '2B3C4D5E6F',
    originQueueId: '1A2B3C4D5E',
  });
  assert.equal(
    verdictOf('postfix/qmgr[1]', '1A2B3C4D5E: skipped, still being delivered'),
    'skip: postfix message still being delivered',
  );
});

test('how a message left: mailbox, command, relay, nothing', () => {
  const fate = (daemon: string, relay: string, rest: string): string => {
    const [event] = all(
      `postfix/${daemon}`,
      `1A2B3C4D5E: to=<a@example.org>, relay=${relay}, delay=1.5, delays=0/0/0/1, dsn=2.0.0, ${rest}`,
    ).filter(each => each.kind.startsWith('mail.de') || each.kind === 'mail.bounced');
    return event !== undefined && 'channel' in event ? `${event.kind} ${event.channel} ${event.delaySeconds}` : 'none';
  };
  assert.equal(fate('local', 'local', 'status=sent (delivered to mailbox)'), 'mail.delivered mailbox 1.5');
  assert.equal(fate('local', 'local', 'status=sent (delivered to maildir)'), 'mail.delivered mailbox 1.5');
  assert.equal(fate('local', 'local', 'status=sent (delivered to file: /var/mail/x)'), 'mail.delivered mailbox 1.5');
  assert.equal(fate('local', 'local', 'status=sent (delivered to file: /dev/null)'), 'mail.delivered discard 1.5');
  assert.equal(
    fate('local', 'local', 'status=sent (delivered to command: /usr/bin/procmail -a "$EXTENSION")'),
    'mail.delivered command 1.5',
  );
  assert.equal(fate('local', 'local', 'status=sent (forwarded as 2B3C4D5E6F)'), 'mail.delivered relay 1.5');
  assert.equal(fate('virtual', 'virtual', 'status=sent (delivered to maildir)'), 'mail.delivered mailbox 1.5');
  assert.equal(
    fate('lmtp', 'mx1.example.org[private/dovecot-lmtp]', 'status=sent (250 2.0.0 <a> x Saved)'),
    'mail.delivered mailbox 1.5',
  );
  assert.equal(
    fate('lmtp', '127.0.0.1[127.0.0.1]:10024', 'status=sent (250 2.0.0 Ok: queued as 2B3C4D5E6F)'),
    'mail.delivered relay 1.5',
  );
  assert.equal(fate('pipe', 'dovecot', 'status=sent (delivered via dovecot service)'), 'mail.delivered mailbox 1.5');
  assert.equal(
    fate('pipe', 'spamfilter', 'status=sent (delivered via spamfilter service)'),
    'mail.delivered command 1.5',
  );
  assert.equal(fate('smtp', 'mx.example.net[192.0.2.1]:25', 'status=sent (250 ok)'), 'mail.delivered relay 1.5');
  assert.equal(fate('discard', 'none', 'status=sent (gone)'), 'mail.delivered discard 1.5');
  assert.equal(fate('smtp', 'none', 'status=deferred (connect to x: Connection refused)'), 'mail.deferred unknown 1.5');
  assert.equal(fate('error', 'none', 'status=bounced (no such user)'), 'mail.bounced unknown 1.5');
});

test('old releases without delays and dsn, connection reuse, instances and aliases', () => {
  const { kind, recipient, originalRecipient } = said(
    'postfix-out/smtp',
    '1A2B3C4D5E: to=<a@x.example>, orig_to=<root>, relay=mx[192.0.2.1]:25, conn_use=3, delay=1, status=sent (250 (really) ok)',
  ) as Record<string, string>;
  assert.deepEqual([kind, recipient, originalRecipient], ['mail.delivered', 'a@x.example', 'root']);
  assert.equal(
    verdictOf('postfix/smtp[1]', '1A2B3C4D5E: to=<a@b>, relay=none, delay=0, status=deliverable (x)'),
    'skip: postfix address probe',
  );
  const forwarded = all(
    'postfix/local',
    '1A2B3C4D5E: to=<a@b>, relay=local, delay=0, dsn=2.0.0, status=sent (forwarded as 2B3C4D5E6F)',
  );
  assert.deepEqual(
    forwarded.map(each => `${each.kind} ${each.queueId}`),
    ['mail.received 2B3C4D5E6F', 'mail.delivered 1A2B3C4D5E'],
  );
});

test('attachments that header checks show', () => {
  const named = (line: string): unknown => {
    const found = all(
      'postfix/cleanup',
      `1A2B3C4D5E: info: header ${line} from a.example[192.0.2.1]; from=<s@x.example> to=<g@example.org> proto=ESMTP helo=<h>: seen`,
    ).find(each => each.kind === 'attachment.seen');
    return found?.kind === 'attachment.seen' ? `${found.name}|${found.declaredType}` : null;
  };
  assert.equal(named('Content-Disposition: attachment; filename="in voice.pdf.exe"'), 'in voice.pdf.exe|');
  assert.equal(named('Content-Type: application/ZIP;?name=x.zip; a=b'), 'x.zip|application/zip');
  assert.equal(
    named("Content-Disposition: attachment;?filename*=utf-8''r%C3%A9sum%C3%A9.doc"),
    'r\u00e9sum\u00e9.doc|',
  );
  assert.equal(named('Content-Type: text/plain; charset=utf-8'), null);
  assert.equal(named('Subject: filename="x.exe"'), null);
  const refused = all(
    'postfix/cleanup',
    '1A2B3C4D5E: reject: header Content-Type: application/zip; name="a.exe from b[1.2.3.4]; from=<x>" from c.example[192.0.2.1]; from=<s@x.example> to=<g@example.org> proto=ESMTP helo=<h>: 5.7.1 no',
  );
  assert.deepEqual(
    refused.map(each => each.kind),
    ['mail.rejected', 'attachment.seen'],
  );
  assert.equal(
    refused[0]?.kind === 'mail.rejected' && `${refused[0].clientAddress} ${refused[0].recipient}`,
    '192.0.2.1 g@example.org',
  );
});

test('postscreen, anvil, master and warnings', () => {
  assert.equal(
    said('postfix/postscreen', 'CONNECT from [192.0.2.1]:40022 to [198.51.100.1]:25').clientAddress,
    '192.0.2.1',
  );
  assert.equal(said('postfix/postscreen', 'DISCONNECT [192.0.2.1]:40022').kind, 'mail.disconnected');
  assert.equal(
    said('postfix/postscreen', 'PREGREET 14 after 0.08 from [192.0.2.2]:59415: EHLO ylmf-pc\\r\\n').clientAddress,
    '192.0.2.2',
  );
  assert.equal(verdictOf('postfix/postscreen[1]', 'PASS NEW [192.0.2.1]:1'), 'skip: postscreen let a client through');
  assert.deepEqual(
    said('postfix/anvil', 'statistics: max connection rate 31/60s for (smtp:192.0.2.1) at Mar  1 09:29:00'),
    {
      kind: 'mail.notice',
      what: 'connection-rate',
      clientAddress: '192.0.2.1',
      count: 31,
      text: 'max connection rate 31/60s for (smtp:192.0.2.1) at Mar  1 09:29:00',
    },
  );
  assert.equal(said('postfix/master', 'daemon started -- version 3.7.11, configuration /etc/postfix').what, 'started');
  assert.equal(
    said(
      'postfix/smtpd',
      'warning: hostname bad.example.com does not resolve to address 192.0.2.44: Name or service not known',
    ).clientAddress,
    '192.0.2.44',
  );
  assert.equal(said('postfix/trivial-rewrite', 'fatal: no space left').what, 'fatal');
  assert.equal(verdictOf('postfix/nothing[1]', 'x'), 'skip: program not used');
});

const samples = process.env.WATCHPOST_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data');
const fail2ban = join(samples, 'fail2ban/postfix.log');
test("every Postfix line of fail2ban's samples is understood", {
  skip: existsSync(fail2ban) ? false : `no sample at ${fail2ban} (WATCHPOST_SAMPLES)`,
}, () => {
  const lines = readFileSync(fail2ban, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
  const { verdicts } = read(lines, { latenessMs: 1e12 });
  assert.ok(lines.length > 50);
  assert.deepEqual(
    lines.filter((_, i) => verdicts[i]?.tag !== 'emit'),
    [],
  );
});
