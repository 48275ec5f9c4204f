import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  all,
  BACK,
  BEFORE,
  each,
  FILES,
  HELD,
  HERE,
  HINT,
  INSIDE,
  KIB,
  LARGE,
  LOGGED,
  OTHER,
  OUTSIDE,
  OWN,
  OWN_HERE,
  PACKED,
  SEEN,
  STORE,
  SUM,
  sent,
  shownBy,
  taken,
  tellsOf,
  USERS,
  weighed,
} from './weigh.test-support.ts';

tellsOf([
  { says: 'a job writes to a stranger', outcomes: [sent()], severity: null, factors: [BACK, OUTSIDE] },
  {
    says: 'a job attaches a file',
    outcomes: [sent({ attached: true })],
    severity: 'low',
    factors: [FILES, BACK, OUTSIDE],
  },
  {
    says: 'a job attaches a file, and the MTA sends it',
    outcomes: [sent({ attached: true, ...taken })],
    severity: 'medium',
    factors: [FILES, BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'the wire shows it transmitted',
    outcomes: [sent({ attached: true, state: 'confirmed', wire: 900 })],
    severity: 'medium',
    factors: [FILES, BACK, SEEN, OUTSIDE],
  },
  {
    says: 'seven points',
    outcomes: [sent(all)],
    severity: 'medium',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'eight points, payload, and it was sent',
    outcomes: [sent({ ...all, inline: true })],
    severity: 'high',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE, USERS],
  },
  {
    says: 'eight points, and nobody knows whether it was sent',
    outcomes: [
      sent({ attached: true, packed: true, inline: true, hint: 'base64', smtp: '203.0.113.9:25', smtpFailed: true }),
    ],
    severity: 'medium',
    factors: [FILES, PACKED, BACK, OWN, OUTSIDE, USERS, HINT],
  },
  {
    says: 'the same, and a connection of its own stood',
    outcomes: [sent({ attached: true, packed: true, inline: true, hint: 'base64', smtp: '203.0.113.9:25' })],
    severity: 'high',
    factors: [FILES, PACKED, BACK, OWN, OUTSIDE, USERS, HINT],
  },
  {
    says: 'eight points without a payload',
    outcomes: [
      sent({ ...taken, inline: true, hint: 'base64', smtp: '203.0.113.9:25' }),
      sent({ state: 'confirmed', wire: 9 }),
    ],
    severity: 'medium',
    factors: [BACK, OWN, LOGGED, SEEN, OUTSIDE, USERS, HINT],
  },
  {
    says: 'nine points with one payload',
    outcomes: [sent({ ...taken, attached: true, inline: true, hint: 'base64', smtp: '203.0.113.9:25' })],
    severity: 'high',
    factors: [FILES, BACK, OWN, LOGGED, OUTSIDE, USERS, HINT],
  },
  {
    says: 'nobody knows to whom it speaks SMTP on another host',
    outcomes: [sent({ to: [], smtp: '203.0.113.9:25' })],
    severity: 'low',
    factors: [BACK, OWN, OTHER],
  },
  {
    says: 'it speaks SMTP to this host',
    outcomes: [sent({ to: [], smtp: '127.0.0.1:25', inline: true })],
    severity: 'low',
    factors: [BACK, OWN_HERE, USERS],
  },
  {
    says: 'what it sent was delivered here',
    outcomes: [sent({ to: [], ...all, inline: true })],
    severity: 'medium',
    factors: [FILES, PACKED, BACK, LOGGED, INSIDE, USERS],
  },
  {
    says: 'an archive to a colleague',
    outcomes: [sent({ attached: true, packed: true, to: [HERE] })],
    severity: 'informational',
    factors: [FILES, PACKED, BACK, INSIDE],
  },
  {
    says: 'more than a note for somebody here',
    outcomes: [sent({ to: [HERE], size: 24 * KIB, inline: true })],
    severity: null,
    factors: [BACK, INSIDE, USERS],
  },
  {
    says: 'packed by the job before, and attached',
    outcomes: [sent({ ...taken, attached: true, before: true })],
    severity: 'medium',
    factors: [FILES, '1 packed just before it was sent', BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'packed by the job before, and sent in another way',
    outcomes: [sent({ ...taken, before: true })],
    severity: 'medium',
    factors: [BEFORE, BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'packed before, and encoded in the pipeline: once',
    outcomes: [sent({ ...taken, packed: true, before: true })],
    severity: 'medium',
    factors: [PACKED, BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'one large message',
    outcomes: [sent({ size: 512 * KIB })],
    severity: 'low',
    factors: [LARGE, BACK, OUTSIDE],
  },
  {
    says: 'two that are large together',
    outcomes: each(2, () => ({ size: 256 * KIB })),
    severity: 'low',
    factors: [SUM, BACK, OUTSIDE],
  },
  {
    says: 'two that are just not large together, and one of no known size',
    outcomes: [sent({ size: 512 * KIB - 1 }), sent()],
    severity: null,
    factors: [BACK, OUTSIDE],
  },
]);

test('recipients inside are named, and the line that has what ScriptNameFilter lists', () => {
  const { story } = weighed([sent({ to: [HERE], ...all, hint: 'sendmail' })]);
  const factor = (name: string) => story.factors.find(each => each.name === name);
  assert.equal(factor('only recipients inside')?.evidence, HERE);
  assert.equal(factor('command line of a scripted mailer')?.tunable?.met, 'mail');
});

test('where nobody is named, what was delivered here says so', () => {
  const { story } = weighed([sent({ to: [], ...all })]);
  assert.equal(story.factors.find(factor => factor.name === 'only recipients inside')?.evidence, 'delivered here');
});

test('of the servers it speaks SMTP to, those of other hosts are named, the first eight', () => {
  const to = (...servers: readonly string[]): string | undefined =>
    weighed(servers.map(smtp => sent({ smtp }))).story.factors.find(each => each.name.startsWith('speaks SMTP'))
      ?.evidence;
  assert.equal(to('127.0.0.1:25', '203.0.113.9:25', '[::1]:25'), 'p to 203.0.113.9:25');
  assert.equal(to('127.0.0.1:25', '[::1]:25'), 'p to 127.0.0.1:25, p to [::1]:25');
  const ten = Array.from({ length: 10 }, (_, index) => `203.0.113.${index}:25`);
  assert.equal(
    to(...ten),
    ten
      .slice(0, 8)
      .map(each => `p to ${each}`)
      .join(', '),
  );
});

test('a factor is shown by the sends that have it, not by those beside them', () => {
  const other = () => sent({ to: [HERE] });
  assert.deepEqual(shownBy('files attached', [other(), sent({ attached: true })]), [1]);
  assert.deepEqual(shownBy('packed or encoded data in the pipeline', [other(), sent({ packed: true })]), [1]);
  assert.deepEqual(shownBy('data of a mail store', [other(), sent({ store: 'boss', attached: true })]), [1]);
  assert.deepEqual(shownBy('recipient outside', [other(), sent()]), [1]);
  assert.deepEqual(shownBy('unlike what this job sent before', [other(), other(), sent()]), [2]);
  assert.deepEqual(shownBy('files attached', [other(), sent({ wireFile: 'a.zip' })]), [1]);
  const none = sent({ wire: 0 });
  const halves = [sent({ wire: 256 * KIB }), sent({ wire: 256 * KIB })];
  assert.deepEqual(shownBy('large in sum', [other(), none, ...halves]), [1, 2, 3], 'all whose size is known');
  assert.deepEqual(shownBy('large payload', [other(), sent({ wire: 512 * KIB }), sent({ wire: 9 })]), [1]);
  assert.deepEqual(shownBy('large in sum', [other(), sent({ wire: 256 * KIB }), sent({ wire: 256 * KIB })]), [1, 2]);
  const most = shownBy('many messages to one recipient', [other(), ...each(10, () => ({}))]);
  assert.deepEqual(most, [1, 2, 3, 4]);
});

/** With two points for what it carries or how it is handed over, this comes to four. */
const INLINE = { ...taken, to: [HERE], inline: true, hint: 'base64' } as const;
const PUT = { status: 'delivered', channel: 'mailbox' } as const;
const ODDLY = { ...INLINE, attached: true } as const;
const OWN_RELAY = { ...INLINE, smtp: '127.0.0.1:25' } as const;

tellsOf([
  {
    says: 'all of it was put into mailboxes of this server',
    outcomes: [sent({ ...ODDLY, fate: PUT, size: 512 * KIB - 1 })],
    severity: 'informational',
    factors: [FILES, BACK, LOGGED, INSIDE, USERS, HINT, HELD],
  },
  ...(
    [
      ['nobody knows what became of it', { ...ODDLY, to: [] }],
      ['a copy waits', { ...ODDLY, fate: { ...PUT, status: 'deferred' } }],
      ['a copy went to a command', { ...ODDLY, fate: { ...PUT, channel: 'command' } }],
    ] as const
  ).map(([says, facts]) => ({
    says: `all but one of them were put into mailboxes of this server: ${says}`,
    outcomes: [sent({ ...ODDLY, fate: PUT }), sent(facts)],
    severity: 'low',
    factors: [FILES, BACK, LOGGED, INSIDE, USERS, HINT],
  })),
  {
    says: 'large, and put into a mailbox of this server',
    outcomes: [sent({ ...INLINE, fate: PUT, size: 512 * KIB })],
    severity: 'low',
    factors: [LARGE, BACK, LOGGED, INSIDE, USERS, HINT],
  },
  {
    says: 'mail of somebody, put into a mailbox of this server',
    outcomes: [sent({ ...INLINE, fate: PUT, store: 'clerk' })],
    severity: 'low',
    factors: [STORE, BACK, LOGGED, INSIDE, USERS, HINT],
  },
  {
    says: 'put into a mailbox of this server, to which it spoke SMTP itself',
    outcomes: [sent({ ...OWN_RELAY, fate: PUT })],
    severity: 'low',
    factors: [BACK, OWN_HERE, LOGGED, INSIDE, USERS, HINT],
  },
  {
    says: 'put into a mailbox of this server, handed over by the mail program of the host',
    outcomes: [sent({ ...OWN_RELAY, attached: true, relayed: true, fate: PUT })],
    severity: 'informational',
    factors: [FILES, BACK, LOGGED, INSIDE, USERS, HINT, HELD],
  },
]);
