import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { contextOf, read } from '../syslog/replay.test-support.ts';
import { eximFormat } from './format.ts';
import { durationOf, messageIdEnd, peerAt } from './parts.ts';

interface Lines {
  readonly events: readonly MailEvent[];
  readonly verdicts: readonly string[];
}

function readLog(...lines: string[]): Lines {
  const events: MailEvent[] = [];
  const session = eximFormat.open(contextOf(), event => events.push(event as MailEvent));
  const verdicts = lines.map(line => {
    const bytes = Buffer.from(line);
    const verdict = session.pushLine(bytes, 0, bytes.length, 0);
    return verdict.tag === 'emit' ? 'emit' : `${verdict.tag}: ${verdict.reason}`;
  });
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts };
}

/** The events of one entry without what every event has, and without what is empty. */
function said(entry: string): Record<string, unknown>[] {
  return readLog(`2026-03-01 09:30:00 ${entry}`).events.map(event => {
    const { time: _t, order: _o, host: _h, ref: _r, program: _p, pid: _i, ...rest } = event;
    return Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== '' && value !== -1 && value !== false),
    );
  });
}

const ID = '1xUk9v-00003w-0J';

test('stamps: with milliseconds, a zone and a process id, and without', () => {
  const at = (line: string) => {
    const [event] = readLog(line).events;
    return [event?.time, event?.pid];
  };
  assert.deepEqual(at(`2026-03-01 09:30:00 ${ID} Completed`), [Date.UTC(2026, 2, 1, 9, 30), -1]);
  assert.deepEqual(at(`2026-03-01 09:30:00.250 [77] ${ID} Completed`), [Date.UTC(2026, 2, 1, 9, 30) + 250, 77]);
  assert.deepEqual(at(`2026-03-01 09:30:00.250 +0130 [77] ${ID} Completed`), [Date.UTC(2026, 2, 1, 8, 0) + 250, 77]);
  assert.deepEqual(at(`2026-03-01 09:30:00 -0500 ${ID} Completed`), [Date.UTC(2026, 2, 1, 14, 30), -1]);
});

test('message ids of 16 characters, and of 23 since 4.97', () => {
  assert.equal(messageIdEnd(ID, 0), 16);
  assert.equal(messageIdEnd('1rP5xT-000000001Ab-2cde ', 0), 23);
  for (const no of ['1xUk9v-00003w-0J2', '1xUk9v_00003w-0J', '1xUk9v-00003w', 'connection from'])
    assert.equal(messageIdEnd(no, 0), -1);
});

test('durations', () => {
  assert.deepEqual(
    ['0.011s', '3s', '2m42s', '1d2h3m4s', '1w', '', '5', 's', '1x'].map(durationOf),
    [0.011, 3, 162, 93_784, 604_800, -1, -1, -1, -1],
  );
});

test('an arrival by SMTP, with everything logged: who, from where, how large, for how many; no subject', () => {
  const events = said(
    `${ID} <= a@example.net H=host20.example.net (helo) [203.0.113.20]:50079 I=[198.51.100.10]:25 P=esmtpsa L.- X=TLS1.3:ECDHE:256 CV=no A=plain_server:dev S=483 M8S=0 RT=0.0s id=6b@example.net T="Weekly => note \\" S=1 id=x" from <a@example.net> for b@example.test "c d"@example.test`,
  );
  assert.deepEqual(events, [
    {
      kind: 'mail.received',
      queueId: ID,
      clientName: 'host20.example.net',
      clientAddress: '203.0.113.20',
      saslUser: 'dev',
    },
    { kind: 'mail.identified', queueId: ID, messageId: '<6b@example.net>' },
    { kind: 'mail.queued', queueId: ID, sender: 'a@example.net', sizeBytes: 483, recipientCount: 2 },
  ]);
  assert.ok(!JSON.stringify(events).includes('Weekly'));
});

test('a local submission names the user; a bounce names the message that it is about', () => {
  assert.deepEqual(said(`${ID} <= dev@example.test U=dev P=local S=443 id=x@y`)[0], {
    kind: 'mail.submitted',
    queueId: ID,
    user: 'dev',
    sender: 'dev@example.test',
  });
  assert.deepEqual(said(`${ID} <= <> R=1xUk9v-000042-2H U=Debian-exim P=local S=1940`)[0], {
    kind: 'mail.received',
    queueId: ID,
    originQueueId: '1xUk9v-000042-2H',
    origin: 'notification',
  });
});

test('deliveries: the person meant, the way it left, how long it took', () => {
  const fate = (entry: string) => {
    const [event] = said(`${ID} ${entry}`) as [Record<string, unknown>];
    return [event.kind, event.recipient, event.originalRecipient ?? '', event.channel, event.relay ?? ''];
  };
  const local = 'R=localuser T=local_delivery';
  assert.deepEqual(fate(`=> clerk <clerk@example.test> ${local}`), [
    'mail.delivered',
    'clerk@example.test',
    '',
    'mailbox',
    'local_delivery',
  ]);
  assert.deepEqual(fate(`=> clerk <clerk+shop@example.test> ${local}`)[1], 'clerk+shop@example.test');
  assert.deepEqual(fate(`=> clerk <"clerk"@example.test> ${local}`)[1], '"clerk"@example.test');
  assert.deepEqual(fate(`=> clerk <office@example.test> ${local}`).slice(1, 3), ['clerk', 'office@example.test']);
  assert.deepEqual(fate('=> |/usr/bin/filter -x <y> <ops@example.test> R=userforward T=address_pipe'), [
    'mail.delivered',
    'ops@example.test',
    '',
    'command',
    'address_pipe',
  ]);
  assert.deepEqual(fate('=> /var/mail/archive (box@example.test) <all@example.test> R=a T=address_file').slice(1, 4), [
    'box@example.test',
    'all@example.test',
    'mailbox',
  ]);
  assert.deepEqual(fate('=> :blackhole: <no@example.test> R=system_aliases')[3], 'discard');
  assert.deepEqual(
    fate('-> b@example.net R=dnslookup T=remote_smtp H=mx.example.net [203.0.113.10]:25* X=TLS C="250 OK id=9"'),
    ['mail.delivered', 'b@example.net', '', 'relay', 'mx.example.net[203.0.113.10]:25'],
  );
  const [timed] = said(
    `${ID} => b@x.test R=r T=t H=h [192.0.2.1] C="250- 47 byte chunk\\\\n250 OK id=1" QT=1m1s DT=1s`,
  );
  assert.equal(timed?.delaySeconds, 61);
  assert.equal(timed?.text, '250- 47 byte chunk\\n250 OK id=1');
});

test('deferrals and failures: by whom, and the code that the other side gave', () => {
  const fate = (entry: string) => {
    const [event] = said(`${ID} ${entry}`) as [Record<string, unknown>];
    return [event.kind, event.recipient, event.dsn ?? '', event.text];
  };
  const answer = (code: string) =>
    `SMTP error from remote mail server after RCPT TO:<u@example.net>: ${code} <u@example.net>: no`;
  assert.deepEqual(
    fate(`== u@example.net R=dnslookup T=smtp defer (-44) H=mx [203.0.113.10]: ${answer('452 4.2.2')}`).slice(0, 3),
    ['mail.deferred', 'u@example.net', '4.2.2'],
  );
  assert.deepEqual(fate(`** u@example.net R=dnslookup T=smtp H=mx [203.0.113.10]: ${answer('550 5.1.1')}`), [
    'mail.bounced',
    'u@example.net',
    '5.1.1',
    answer('550 5.1.1'),
  ]);
  assert.deepEqual(
    fate('== intern <intern@example.test> R=localuser T=local_delivery defer (-22): mailbox is full').slice(0, 3),
    ['mail.deferred', 'intern@example.test', '4.2.2'],
  );
  assert.deepEqual(fate('== u@example.net R=dnslookup T=smtp defer (111): Connection refused').slice(2), [
    '',
    'Connection refused',
  ]);
  assert.deepEqual(fate('** u@example.net: retry timeout exceeded')[0], 'mail.expired');
  assert.deepEqual(fate('** u@nowhere.test: Unrouteable address').slice(0, 2), ['mail.bounced', 'u@nowhere.test']);
});

test('refusals: the stage, whom it was for, and whether it is for now or for good', () => {
  const refusal = (entry: string) => {
    const [event] = said(entry) as [Record<string, unknown>];
    return [event.kind, event.clientAddress, event.sender ?? '', event.recipient ?? '', event.stage, event.dsn];
  };
  assert.deepEqual(
    refusal('H=h.example.net [203.0.113.28] F=<g@example.net> rejected RCPT <no@example.test>: Unknown user'),
    ['mail.rejected', '203.0.113.28', 'g@example.net', 'no@example.test', 'RCPT', '5.0.0'],
  );
  assert.deepEqual(
    refusal(`${ID} H=(h) [203.0.113.60] F=<g@example.net> temporarily rejected after DATA: come back later`).slice(4),
    ['DATA', '4.0.0'],
  );
  assert.deepEqual(
    refusal('rejected EHLO from h.example.net [203.0.113.29]: syntactically invalid argument(s): a=b').slice(4),
    ['EHLO', '5.0.0'],
  );
  assert.deepEqual(refusal("H=[203.0.113.1]:62839 dropped by 'connect' ACL: no").slice(1, 5), [
    '203.0.113.1',
    '',
    '',
    'connect',
  ]);
});

test('what a client says cannot pass for what Exim says', () => {
  // A greeting with blanks and brackets, where the administrator lets it.
  const [received] = said(`${ID} <= a@b H=(x) [1.1.1.1] P=esmtp S=5 id=(y) [203.0.113.6] P=smtp S=77 id=real@b`);
  assert.equal(received?.clientAddress, '203.0.113.6');
  const [sender] = said(`${ID} <= "x H=mx [1.1.1.1] S=1"@b H=h [203.0.113.6] P=smtp S=77`);
  assert.equal(sender?.clientAddress, '203.0.113.6');
  const subject = said(`${ID} <= a@b H=h [203.0.113.6] P=smtp S=77 T="x\\" for a b c S=1 id=z" from <a@b> for one@b`);
  assert.deepEqual(
    subject.map(event => [event.messageId, event.sizeBytes, event.recipientCount]),
    [
      [undefined, undefined, undefined],
      [undefined, 77, 1],
    ],
  );
  const [delivered] = said(
    `${ID} => "a R=x T=y H=z [1.1.1.1]"@b <"a R=x T=y H=z [1.1.1.1]"@b> R=dns T=smtp H=mx [203.0.113.6]`,
  );
  assert.equal(delivered?.relay, 'mx[203.0.113.6]');
  const [auth] = said('login authenticator failed for (u) [203.0.113.7]: 535 Incorrect (set_id=x [1.1.1.1]: 535 y)');
  assert.equal(auth?.clientAddress, '203.0.113.7');
  const [odd] = said('SMTP protocol error in "AUTH LOGIN" H=(t) [1.1.1.1]" H=(u) [203.0.113.8] AUTH command used');
  assert.equal(odd?.clientAddress, '203.0.113.8');
});

test('headers of a refused message begin no entry, whatever they say', () => {
  const { events, verdicts } = readLog(
    `2026-03-01 09:30:00 ${ID} H=h [203.0.113.6] F=<a@b> rejected after DATA: no`,
    'Envelope-from: <a@b>',
    'Envelope-to: <c@d>',
    'P Received: from h',
    `\t2026-03-01 09:30:00 ${ID} => root <root@example.test> R=a T=b`,
    `  Subject: 2026-03-01 09:30:00 ${ID} => root <root@example.test> R=a T=b`,
    '',
    'no stamp',
  );
  assert.deepEqual(
    events.map(event => event.kind),
    ['mail.rejected'],
  );
  assert.deepEqual(verdicts.slice(1), [
    ...Array.from({ length: 5 }, () => 'skip: header of a refused message'),
    'skip: empty line',
    'reject: no exim time stamp',
  ]);
});

test('through syslog: with its own stamp or without, and only the first piece of a long line', () => {
  const lines = [
    `exim[7]: 2026-03-01 09:30:00 ${ID} Completed`,
    `exim[7]: ${ID} => clerk <clerk@example.test> R=a T=b`,
    `exim[7]: [1/2] 2026-03-01 09:30:00.123 +0100 [7] ${ID} == x@y R=a T=b defer (-1): long`,
    `exim[7]: [2/2]  ${ID} => root <root@example.test> R=a T=b`,
  ].map(line => `Mar  1 09:30:00 mx1 ${line}`);
  const { events, verdicts } = read(lines);
  assert.deepEqual(events.map(event => event.kind).sort(), ['mail.deferred', 'mail.delivered', 'mail.removed']);
  assert.deepEqual(verdicts.at(-1), { tag: 'skip', reason: 'exim message in pieces, a later one' });
  assert.equal(events[0]?.time, epochMs(Date.UTC(2026, 2, 1, 9, 30)));
});

test('a bracket that holds no address ends the search for one, also where it stands first', () => {
  for (const address of ['203.0.113.20x', '[', '', '['.repeat(60_000), ' ['.repeat(30_000)])
    assert.deepEqual(
      readLog(`2026-11-21 15:57:18 no host name found for IP address ${address}`).events.length <= 1,
      true,
    );
  assert.equal(peerAt('[x]', 0, 3), null);
  assert.equal(peerAt('', 0, 0), null);
  assert.equal(peerAt(`[${'1'.repeat(200)}]`, 0, 202), null);
  assert.equal(peerAt('(a [b] c) [203.0.113.20]:25', 0, 27)?.address, '203.0.113.20');
});
