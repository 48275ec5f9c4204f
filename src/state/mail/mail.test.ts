import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { loadIdentity } from '../identity/identity.ts';
import type { Message } from './contract.ts';
import { deliveriesOf, deliveryCount, deliveryTo } from './deliveries.ts';
import { LearnedDomains } from './domains.ts';
import { createMailState } from './state.ts';

const T = Date.UTC(2026, 2, 1, 9, 0, 0);
const REF = { source: 0, offset: 0, length: 1, next: null };

type Loose = { kind: MailEvent['kind']; at?: number; host?: string } & Record<string, unknown>;
function event({ at = 0, host = 'mx1', ...rest }: Loose): MailEvent {
  const common = {
    time: epochMs(T + at),
    order: 0,
    host,
    ref: REF,
    program: 'postfix/local',
    pid: 7,
    queueId: 'AAAAAA',
  };
  const fate = { originalRecipient: '', relay: 'local', channel: 'mailbox', delaySeconds: 1, dsn: '2.0.0', text: '' };
  const client = { clientName: 'a.example', clientAddress: '192.0.2.1', saslUser: '', originQueueId: '' };
  return { ...common, ...fate, ...client, ...rest } as unknown as MailEvent;
}

const lifeOf = (queueId: string, at: number, extra: Record<string, unknown> = {}): MailEvent[] => [
  event({ kind: 'mail.received', queueId, at, program: 'postfix/smtpd', ...extra }),
  event({ kind: 'mail.identified', queueId, at: at + 1, messageId: `<${queueId}.${at}@x>`, resent: false, ...extra }),
  event({
    kind: 'mail.queued',
    queueId,
    at: at + 2,
    sender: 's@x.example',
    sizeBytes: 500,
    recipientCount: 1,
    ...extra,
  }),
  event({ kind: 'mail.delivered', queueId, at: at + 3, recipient: 'clerk@example.org', ...extra }),
  event({ kind: 'mail.removed', queueId, at: at + 4, ...extra }),
];

function fresh(options: { messagesMax?: number } = {}) {
  const domains = new LearnedDomains();
  const identity = loadIdentity({ passwd: ['clerk:x:1003:1003::/home/clerk:/bin/sh\n'], domains });
  return createMailState({ identity, domains, ...options });
}
function after(events: readonly MailEvent[], options = {}) {
  const state = fresh(options);
  for (const each of events) state.push(each);
  return state;
}

test('a life is put together from its lines in whatever order', () => {
  const lines = lifeOf('AAAAAA', 0);
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), shuffled => {
      const message = after(shuffled).message('mx1', 'AAAAAA');
      assert.deepEqual(
        [
          message?.sender,
          message?.sizeBytes,
          message?.messageId,
          message?.clientAddress,
          message?.removed,
          message?.firstTime,
          message?.lastTime,
        ],
        ['s@x.example', 500, '<AAAAAA.0@x>', '192.0.2.1', true, T, T + 4],
      );
      assert.equal(message && deliveryTo(message, 'clerk@example.org')?.mailbox, 'clerk');
    }),
  );
});

test('an id that is used again begins another message, and never mixes the two', () => {
  const state = after([...lifeOf('AAAAAA', 0), ...lifeOf('AAAAAA', 60_000, { sender: 'other@x.example' })]);
  const message = state.message('mx1', 'AAAAAA');
  assert.equal(message?.firstTime, T + 60_000);
  assert.deepEqual(
    state.deliveredTo('clerk', T, T + 1e6, 9).map(each => each.message.messageId),
    ['<AAAAAA.60000@x>', '<AAAAAA.0@x>'],
  );
});

test('an id is used again although the first removal, or the second arrival, was never logged', () => {
  const [received, identified, queued, delivered] = lifeOf('AAAAAA', 0) as [MailEvent, MailEvent, MailEvent, MailEvent];
  const unfinished = [received, identified, queued, delivered];
  assert.equal(
    after([...unfinished, ...lifeOf('AAAAAA', 3_600_000)]).message('mx1', 'AAAAAA')?.firstTime,
    T + 3_600_000,
  );
  const headless = lifeOf('AAAAAA', 3_600_000).slice(1);
  assert.equal(after([...lifeOf('AAAAAA', 0), ...headless]).message('mx1', 'AAAAAA')?.firstTime, T + 3_600_001);
  assert.equal(after([...unfinished, ...headless]).message('mx1', 'AAAAAA')?.messageId, '<AAAAAA.3600000@x>');
});

test('a line of an earlier life that comes late does not touch the later one', () => {
  const late = event({ kind: 'mail.removed', queueId: 'AAAAAA', at: 4 });
  assert.equal(after([...lifeOf('AAAAAA', 600_000).slice(0, 4), late]).message('mx1', 'AAAAAA')?.removed, false);
});

test('the same id on two hosts is two messages', () => {
  const state = after([...lifeOf('AAAAAA', 0), ...lifeOf('AAAAAA', 5, { host: 'mx2' })]);
  assert.equal(state.message('mx2', 'AAAAAA')?.firstTime, T + 5);
  assert.equal(state.message('mx1', 'AAAAAA')?.firstTime, T);
});

test('attempts replace each other, a delivery stays, an expiry ends what was deferred', () => {
  const deferred = (at: number, recipient: string) =>
    event({ kind: 'mail.deferred', at, recipient, channel: 'unknown' });
  const state = after([
    deferred(1, 'a@x'),
    deferred(2, 'b@x'),
    event({ kind: 'mail.delivered', at: 3, recipient: 'a@x' }),
    deferred(4, 'a@x'),
    event({ kind: 'mail.expired', at: 5, recipient: '' }),
  ]);
  const fates = [...deliveriesOf(state.message('mx1', 'AAAAAA') as Message)].map(
    each => `${each.recipient} ${each.status} ${each.attempts}`,
  );
  assert.deepEqual(fates, ['a@x delivered 3', 'b@x expired 1']);
});

test('notifications, forwards and re-injections point at where they came from', () => {
  const link = (program: string, id: string) =>
    event({ kind: 'mail.received', queueId: id, program, clientName: '', clientAddress: '', originQueueId: 'AAAAAA' });
  const state = after([
    link('postfix/bounce', 'BBBBBB'),
    link('postfix/local', 'CCCCCC'),
    event({
      kind: 'mail.received',
      queueId: 'DDDDDD',
      program: 'postfix/smtpd',
      clientAddress: '127.0.0.1',
      originQueueId: 'AAAAAA',
    }),
  ]);
  assert.deepEqual(
    ['BBBBBB', 'CCCCCC', 'DDDDDD'].map(
      id => `${state.message('mx1', id)?.origin} ${state.message('mx1', id)?.originQueueId}`,
    ),
    ['notification AAAAAA', 'forwarded AAAAAA', 're-injected AAAAAA'],
  );
});

const noClient = { clientName: '', clientAddress: '' };

test('what a filter says of a message it handed back is no arrival, in whatever order the lines come', () => {
  const back = [
    ...lifeOf('BBBBBB', 200),
    event({ kind: 'mail.deferred', queueId: 'BBBBBB', at: 190, recipient: 'x@y' }),
  ];
  const result = (at: number) =>
    event({ kind: 'mail.received', queueId: 'BBBBBB', at, program: 'amavis', originQueueId: 'AAAAAA', ...noClient });
  // The result stands behind the message's last line, between two of its lines, or before the first.
  for (const at of [60_000, 201, 0]) {
    const lines = [...lifeOf('AAAAAA', 0), ...back, result(at)].sort((a, b) => a.time - b.time);
    const message = after(lines).message('mx1', 'BBBBBB');
    assert.deepEqual(
      [
        message?.messageId,
        message?.clientAddress,
        message?.originQueueId,
        message && deliveryCount(message),
        message?.removed,
      ],
      ['<BBBBBB.200@x>', '192.0.2.1', 'AAAAAA', 2, true],
      String(at),
    );
  }
});

test('a link long after a life speaks of another message under the same id', () => {
  const link = event({ kind: 'mail.received', queueId: 'AAAAAA', at: 3_600_000, originQueueId: 'CCCCCC', ...noClient });
  const [, identified] = lifeOf('AAAAAA', 3_600_000) as [MailEvent, MailEvent];
  const message = after([...lifeOf('AAAAAA', 0).slice(0, 4), link, identified]).message('mx1', 'AAAAAA');
  assert.deepEqual([message?.messageId, message?.originQueueId], ['<AAAAAA.3600000@x>', 'CCCCCC']);
});

test('a letter that is sent again has two ids in one life, and its own one counts', () => {
  const submitted = event({ kind: 'mail.submitted', queueId: 'AAAAAA', at: 0, uid: 1003, user: '', sender: 'clerk' });
  const again = event({ kind: 'mail.identified', queueId: 'AAAAAA', at: 1, messageId: '<again@x>', resent: true });
  const own = event({ kind: 'mail.identified', queueId: 'AAAAAA', at: 2, messageId: '<own@y>', resent: false });
  const other = event({ kind: 'mail.identified', queueId: 'AAAAAA', at: 3, messageId: '<other@z>', resent: false });
  const facts = (...events: readonly MailEvent[]) => {
    const message = after(events).message('mx1', 'AAAAAA');
    return [message?.messageId, message?.submittedByUid];
  };
  assert.deepEqual(facts(submitted, again), ['<again@x>', 1003]);
  assert.deepEqual(facts(submitted, again, own), ['<own@y>', 1003]);
  assert.deepEqual(facts(submitted, own, { ...again, time: own.time } as MailEvent), ['<own@y>', 1003]);
  assert.deepEqual(facts(submitted, again, own, other), ['<other@z>', -1], 'of another message under the same id');
});

test("a filter's own id is used again within the day", () => {
  const part = (at: number, name: string) =>
    event({ kind: 'attachment.seen', queueId: 'amavis.00314-02', at, name, program: 'amavis' });
  const state = after([part(0, 'a.zip'), part(500, 'b.zip'), part(3_600_000, 'c.zip')]);
  assert.deepEqual(
    state.message('mx1', 'amavis.00314-02')?.attachments.map(each => each.name),
    ['c.zip'],
  );
});

test('a submitter told of later begins no second life; a notice of Exim about a message is not that message again', () => {
  const told = {
    kind: 'mail.submitted',
    queueId: 'AAAAAA',
    at: 100,
    uid: 1003,
    user: '',
    sender: '',
    afterArrival: true,
  };
  const handedIn = event({ ...told, at: 0, uid: -1, user: 'clerk', afterArrival: undefined } as Loose);
  const state = after([handedIn, ...lifeOf('AAAAAA', 0).slice(1), event(told as Loose)]);
  const message = state.message('mx1', 'AAAAAA');
  assert.deepEqual(
    [message?.submittedByUid, message?.sender, message && deliveryCount(message)],
    [1003, 's@x.example', 1],
  );
  assert.deepEqual(state.submittedBetween('mx1', T, T, 1003), [message]);
  // The sender of a message from the network may call himself root.
  const spoofed = after([...lifeOf('AAAAAA', 0), event(told as Loose)]).message('mx1', 'AAAAAA');
  assert.deepEqual([spoofed?.submittedByUid, spoofed?.submitted], [-1, false]);
  const notice = {
    kind: 'mail.received',
    queueId: 'N',
    program: 'exim',
    originQueueId: 'AAAAAA',
    origin: 'notification',
  };
  const about = after([event({ ...notice, ...noClient } as Loose)]).message('mx1', 'N');
  assert.equal(about?.origin, 'notification');
});

test('finds by mailbox, by delivery agent, by submitter and by arrival', () => {
  const submitted = event({ kind: 'mail.submitted', queueId: 'EEEEEE', at: 50, uid: 1003, user: '', sender: 'clerk' });
  const state = after([...lifeOf('AAAAAA', 0), ...lifeOf('BBBBBB', 100), submitted]);
  assert.equal(state.deliveryByAgent('mx1', 7, T + 104, 50)?.message.queueId, 'BBBBBB');
  assert.equal(state.deliveryByAgent('mx1', 8, T + 104, 50), undefined);
  assert.deepEqual(
    state.submittedBetween('mx1', T, T + 1000, 1003).map(each => each.queueId),
    ['EEEEEE'],
  );
  assert.deepEqual(
    state.submittedBetween('mx1', T, T + 1000, 1).map(each => each.queueId),
    [],
  );
  assert.deepEqual(
    state.receivedBetween('mx1', T, T + 1000).map(each => each.queueId),
    ['AAAAAA', 'BBBBBB'],
  );
  assert.deepEqual([...state.mailboxes], [['clerk', { delivered: 2, lastTime: T + 103 }]]);
  assert.deepEqual([...state.localDomains], ['example.org']);
});

test('everything is bounded, and what goes is counted', () => {
  const state = fresh({ messagesMax: 100 });
  for (let i = 0; i < 1000; i++)
    for (const each of lifeOf((0x100000 + i).toString(16).toUpperCase(), i * 10)) state.push(each);
  assert.equal(state.message('mx1', '100000'), undefined);
  assert.notEqual(state.message('mx1', (0x100000 + 999).toString(16).toUpperCase()), undefined);
  assert.ok(state.evictions() >= 900);
});

test('saved and restored at any line, it goes on as if nothing had been', () => {
  const lines = [...lifeOf('AAAAAA', 0), ...lifeOf('BBBBBB', 2), ...lifeOf('AAAAAA', 60_000)];
  const whole = after(lines).snapshot();
  for (let cut = 0; cut <= lines.length; cut++) {
    const second = fresh();
    second.restore(deserialize(serialize(after(lines.slice(0, cut)).snapshot())));
    for (const each of lines.slice(cut)) second.push(each);
    assert.deepEqual(second.snapshot(), whole);
  }
});
