import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../../core/time.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import { loadIdentity } from '../identity/identity.ts';
import type { MailState } from './contract.ts';
import { LearnedDomains } from './domains.ts';
import { createMailState } from './state.ts';

const T = Date.UTC(2026, 2, 1, 9, 0, 0);
const REF = { source: 0, offset: 0, length: 1, next: null };
const DAY = 86_400_000;

interface Line {
  readonly host?: string;
  readonly id: string;
  readonly at?: number;
  readonly messageId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly size?: number;
  readonly client?: string;
  readonly name?: string;
  readonly relay?: string;
  readonly answer?: string;
  readonly program?: string;
  readonly channel?: string;
  /** Left out: still in the queue. */
  readonly removed?: false;
}

/** The lines of one queue id; times in ms after T. */
function leg(line: Line): MailEvent[] {
  const at = line.at ?? 0;
  const base = (after: number, program: string) => ({
    time: epochMs(T + at + after),
    order: 0,
    host: line.host ?? 'mx1',
    ref: REF,
    pid: 7,
    program,
    queueId: line.id,
  });
  const channel = line.channel ?? (line.answer === undefined ? 'mailbox' : 'relay');
  const events = [
    {
      kind: 'mail.received',
      ...base(0, 'postfix/smtpd'),
      clientName: line.name ?? 'mail.example.net',
      clientAddress: line.client ?? '203.0.113.10',
      saslUser: '',
      originQueueId: '',
    },
    {
      kind: 'mail.identified',
      ...base(1, 'postfix/cleanup'),
      messageId: line.messageId ?? '<m@example.net>',
      resent: false,
    },
    {
      kind: 'mail.queued',
      ...base(2, 'postfix/qmgr'),
      sender: line.from ?? 'office@example.net',
      sizeBytes: line.size ?? 1000,
      recipientCount: 1,
    },
    {
      kind: 'mail.delivered',
      ...base(1000, line.program ?? (channel === 'relay' ? 'postfix/smtp' : 'postfix/local')),
      recipient: line.to ?? 'clerk@example.org',
      originalRecipient: '',
      relay: line.relay ?? 'local',
      channel,
      delaySeconds: 1,
      dsn: '2.0.0',
      text: line.answer ?? 'delivered to maildir',
    },
    { kind: 'mail.removed', ...base(1001, 'postfix/qmgr') },
  ];
  return (line.removed === false ? events.slice(0, -1) : events) as unknown as MailEvent[];
}

/** What Dovecot says of a delivery, under its session's id. */
function saved(session: string, at: number, user: string, messageId: string, host = 'mx1'): MailEvent[] {
  const base = { time: epochMs(T + at), order: 0, host, ref: REF, pid: 9, program: 'dovecot/lmtp' };
  const queueId = `dovecot.${session}`;
  return [
    { kind: 'mail.identified', ...base, queueId, messageId, resent: false },
    {
      kind: 'mail.delivered',
      ...base,
      queueId,
      recipient: user,
      originalRecipient: '',
      relay: '',
      channel: 'mailbox',
      delaySeconds: -1,
      dsn: '',
      text: 'saved mail to INBOX',
    },
  ] as unknown as MailEvent[];
}

function after(events: readonly MailEvent[]): MailState {
  const domains = new LearnedDomains();
  const state = createMailState({
    identity: loadIdentity({ passwd: ['clerk:x:1003:1003::/home/clerk:/bin/sh\n'], domains }),
    domains,
  });
  for (const event of [...events].sort((a, b) => a.time - b.time)) state.push(event);
  return state;
}

function rootOf(state: MailState, host: string, id: string): string {
  const message = state.message(host, id);
  assert.ok(message);
  const root = state.rootOf(message);
  return `${root.host} ${root.queueId}`;
}

function hop(state: MailState, host: string, id: string): string {
  const message = state.message(host, id);
  assert.ok(message);
  const from = state.before(message);
  return from === null ? 'none' : `${from.message.host} ${from.message.queueId} ${from.strength}`;
}

const RELAY = 'box1.example.org[198.51.100.20]:25';
const queued = (id: string): string => `250 2.0.0 Ok: queued as ${id}`;
const relayed = (id: string, more: Partial<Line> = {}): MailEvent[] =>
  leg({ id: 'A00001', relay: RELAY, answer: queued(id), ...more });

test('what one host relays is the message that the next one queued under the id of its answer', () => {
  for (const answer of [
    queued('B00001'),
    '250 OK id=B00001',
    '250 2.0.0 B00001 Message accepted for delivery',
    '250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as B00001',
    'B00001 Message accepted for delivery',
    'Sent (B00001 Message accepted for delivery)',
  ]) {
    const state = after([...relayed('', { answer }), ...leg({ host: 'box1', id: 'B00001', at: 500, size: 1400 })]);
    assert.equal(hop(state, 'box1', 'B00001'), 'mx1 A00001 observed', answer);
    assert.deepEqual(
      [...state.mailboxes].map(([name, { delivered }]) => `${name} ${delivered}`),
      ['clerk 1'],
    );
  }
});

test('the id alone joins nothing: the answer is the word of another server', () => {
  const other = { host: 'box1', id: 'B00001', at: 500 };
  // Another message under the id that was answered.
  const foreign = after([...relayed('B00001'), ...leg({ ...other, messageId: '<other@example.net>' })]);
  assert.equal(hop(foreign, 'box1', 'B00001'), 'none');
  // The same id days later is another life of it.
  const later = after([...relayed('B00001'), ...leg({ ...other, at: 3 * DAY })]);
  assert.equal(hop(later, 'box1', 'B00001'), 'none');
  // Neither knows a Message-ID, the relay is not called so, and it was for somebody else.
  const unknown = { messageId: '', relay: 'gw.example.com[192.0.2.9]:25' };
  const stranger = after([...relayed('B00001', unknown), ...leg({ ...other, messageId: '', to: 'buyer@example.org' })]);
  assert.equal(hop(stranger, 'box1', 'B00001'), 'none');
  const guessed = after([...relayed('B00001', unknown), ...leg({ ...other, messageId: '' })]);
  assert.equal(hop(guessed, 'box1', 'B00001'), 'mx1 A00001 inferred');
});

test('two hosts with one queue id are told apart by whom the answer fits', () => {
  const state = after([
    ...relayed('B00001'),
    ...leg({ host: 'box1', id: 'B00001', at: 500 }),
    ...leg({ host: 'box2', id: 'B00001', at: 400, messageId: '<other@example.net>' }),
  ]);
  assert.equal(hop(state, 'box1', 'B00001'), 'mx1 A00001 observed');
  assert.equal(hop(state, 'box2', 'B00001'), 'none');
});

test('a Message-ID joins two hosts where nothing speaks against it, and only by inference', () => {
  const first = relayed('', { answer: '250 Ok' });
  const next = { host: 'box1', id: 'B00001', at: 600, name: 'mx1.example.org', client: '198.51.100.10' };
  assert.equal(hop(after([...first, ...leg(next)]), 'box1', 'B00001'), 'mx1 A00001 inferred');
  const speaksAgainst: Partial<Line>[] = [
    { from: 'someone@example.com' },
    { to: 'buyer@example.org' },
    { size: 200 },
    { size: 90_000 },
    { at: -120_000 },
    { at: DAY },
    { messageId: '<n@example.net>' },
  ];
  for (const each of speaksAgainst)
    assert.equal(hop(after([...first, ...leg({ ...next, ...each })]), 'box1', 'B00001'), 'none', JSON.stringify(each));
});

test('a copy of a Message-ID on the same host is another message', () => {
  const state = after([...leg({ id: 'A00001' }), ...leg({ id: 'A00002', at: 1500 })]);
  assert.equal(hop(state, 'mx1', 'A00002'), 'none');
  assert.equal(state.mailboxes.get('clerk')?.delivered, 2);
  // Also when it is handed in from within.
  const local = after([...leg({ id: 'A00001' }), ...leg({ id: 'A00002', at: 1500, client: '127.0.0.1' })]);
  assert.equal(local.mailboxes.get('clerk')?.delivered, 2);
});

test('many messages with one Message-ID stay as many over two hosts, in whatever order their lines come', () => {
  for (const boxAt of [300, 900, 1500]) {
    const events: MailEvent[] = [];
    for (let i = 0; i < 40; i++) {
      // Every second answer names no id.
      const answer = i % 2 === 0 ? queued(`B${10_000 + i}`) : '250 Ok';
      const own = { name: 'mx1.example.org', client: '198.51.100.10' };
      events.push(...relayed('', { id: `A${10_000 + i}`, at: i * 20, answer }));
      events.push(...leg({ host: 'box1', id: `B${10_000 + i}`, at: boxAt - 900 + i * 20, ...own }));
    }
    const counted = after(events).mailboxes.get('clerk')?.delivered ?? 0;
    assert.equal(counted, 40, `${boxAt}`);
  }
});

test('Dovecot and the MTA before it tell of one delivery, whoever logs first', () => {
  const session = 'nPQGBsqOAWscAQAAds41pg';
  const lmtp = {
    id: 'A00001',
    program: 'postfix/lmtp',
    channel: 'mailbox',
    relay: 'mx1.example.org[private/dovecot-lmtp]',
    answer: `250 2.0.0 <clerk@example.org> ${session} Saved`,
  };
  for (const at of [900, 1000, 1100]) {
    for (const messageId of ['<m@example.net>', '']) {
      const state = after([...leg({ ...lmtp, messageId }), ...saved(session, at, 'clerk', messageId)]);
      assert.equal(hop(state, 'mx1', `dovecot.${session}`), 'mx1 A00001 observed');
      // The account's name and the address before `@` are the same: from then on the domain is one of accounts.
      const found = state.deliveredTo('clerk', T, T + DAY, 9);
      const names = found.map(({ message }) => `${message.queueId} ${message.sender}`);
      assert.ok(names.length <= 1 || messageId === '', names.join());
      assert.ok(names.includes('A00001 office@example.net'), `${at} ${names.join()}`);
    }
  }
});

test('a notification is no further life of the message that it tells about', () => {
  const bounce = { ...leg({ id: 'C00001', at: 2000, from: '' })[0], program: 'postfix/bounce' } as MailEvent;
  const link = { ...bounce, clientName: '', clientAddress: '', originQueueId: 'A00001' } as MailEvent;
  assert.equal(rootOf(after([...leg({ id: 'A00001' }), link]), 'mx1', 'C00001'), 'mx1 C00001');
});

test('a queue id used again is no origin of what came before it', () => {
  const link = {
    ...leg({ id: 'C00001', at: 0 })[0],
    program: 'postfix/local',
    clientName: '',
    clientAddress: '',
    originQueueId: 'A00001',
  } as MailEvent;
  assert.equal(rootOf(after([link, ...leg({ id: 'A00001', at: 2 * DAY })]), 'mx1', 'C00001'), 'mx1 C00001');
});
