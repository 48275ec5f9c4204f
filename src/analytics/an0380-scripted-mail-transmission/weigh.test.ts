import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { LIMITS } from './limits.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './sends.ts';
import { weigh } from './weigh.ts';

const WORLD = { mail: { localDomains: new Set(['example.org']) } } as unknown as World;
const OUT = 'drop@example.net';
const HERE = 'ops@example.org';

interface Facts {
  readonly to?: readonly string[];
  readonly attached?: boolean;
  readonly packed?: boolean;
  /** Packed by the job itself, before. */
  readonly before?: boolean;
  readonly store?: string;
  readonly inline?: boolean;
  readonly byDaemon?: boolean;
  readonly hint?: string;
  /** Where it speaks SMTP itself. */
  readonly smtp?: string;
  readonly smtpFailed?: boolean;
  /** What speaks it. */
  readonly program?: string;
  /** What the MTA took, in bytes; on the wire, what was sent. */
  readonly size?: number;
  readonly wire?: number;
  /** A file that the wire showed in it. */
  readonly wireFile?: string;
  readonly state?: Outcome['state'];
  readonly time?: number;
}
let pid = 0;
function sent(facts: Facts = {}): Outcome {
  pid += 1;
  const to = facts.to ?? [OUT];
  const destination = facts.smtp ?? '';
  const program = facts.program ?? '/p';
  const smtp = destination === '' ? [] : [{ destination, program, ownSmtp: true, failed: facts.smtpFailed ?? false }];
  const deliveries = new Map(to.map(recipient => [recipient, { originalRecipient: '', recipient }]));
  const message =
    facts.size === undefined
      ? null
      : { sizeBytes: facts.size, delivery: null, others: deliveries, host: 'ws1', queueId: 'Q' };
  return {
    send: {
      pid,
      time: facts.time ?? 0,
      smtp,
      recipients: to,
      attachments: facts.attached === true ? ['a.zip'] : [],
      encoders: facts.packed === true ? ['tar'] : [],
      packedBefore: facts.before === true ? ['zip'] : [],
      storeOwner: facts.store ?? '',
      inline: facts.inline ?? false,
      byDaemon: facts.byDaemon ?? false,
      scriptHint: facts.hint ?? '',
      command: 'mail',
    },
    message,
    carried: message,
    state: facts.state ?? 'attempted',
    sessions: sessionsOf(facts),
  } as unknown as Outcome;
}
function sessionsOf({ wire = -1, wireFile = '' }: Facts): readonly unknown[] {
  if (wireFile !== '')
    return [{ mail: [{ attachments: [{ name: wireFile }], recipients: [] }], found: { flow: { bytesOut: wire } } }];
  return wire < 0 ? [] : [{ mail: [], found: { flow: { bytesOut: wire } } }];
}

function weighed(outcomes: readonly Outcome[], job: Partial<SendJob> = {}) {
  const story = new Story();
  const all = { context: 'cron', job: 'job', systemOwned: false, ...job } as SendJob;
  const severity = weigh(all, outcomes, story, LIMITS, WORLD);
  return { severity, factors: story.factors.map(({ weight, name }) => `${weight} ${name}`), story };
}
const each = (count: number, make: (index: number) => Facts): Outcome[] =>
  Array.from({ length: count }, (_, index) => sent(make(index)));

const BACK = '1 runs in the background';
const TTY = '-2 started from a terminal';
const FILES = '2 files attached';
const PACKED = '2 packed or encoded data in the pipeline';
const STORE = '2 data of a mail store';
const OWN = '2 speaks SMTP itself, past the governed relay';
const OWN_HERE = '2 speaks SMTP itself, to a server of this host';
const LOGGED = '1 transmission confirmed by the MTA';
const SEEN = '1 transmission seen on the wire';
const OUTSIDE = '1 recipient outside';
const OTHER = '1 SMTP to another host';
const INSIDE = '-2 only recipients inside';
const USERS = "1 job of no package: a command line or a user's script";
const HINT = '1 command line of a scripted mailer';
const SYSTEM = '-4 job of the system or a package';
const SITE = '-1 program of the site, which sends data out';
const BEFORE = '2 packed just before it was sent';
const DAEMON = '-4 a service of the host, of no login';
const SERVICE = { context: 'systemd', daemon: true } as const;
const LARGE = '2 large payload';
const SUM = '2 large in sum';
const MANY = '2 many messages to one recipient';
const ALIKE = '-3 this job has sent alike before';
const CROWD = '-1 short messages of one kind, to whoever asks';
const ODD = '2 unlike what this job sent before';
const KIB = 1024;
const taken = { state: 'confirmed', size: 900 } as const;
const all = { attached: true, packed: true, ...taken } as const;

const READERS = each(4, index => ({ size: 900, to: [`r${index}@site${index}.example`] }));

interface Row {
  readonly says: string;
  readonly outcomes: readonly Outcome[];
  readonly job?: Partial<SendJob>;
  readonly severity: string | null;
  readonly factors: readonly string[];
}
const terminal = { context: 'interactive' } as const;

const PIPED = { to: [], smtp: '203.0.113.9:25', packed: true } as const;

const ROWS: readonly Row[] = [
  {
    says: 'a service of the host that mails words',
    outcomes: [sent({ ...taken })],
    job: SERVICE,
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, DAEMON],
  },
  ...(
    [
      [{ attached: true }, FILES],
      [{ packed: true }, PACKED],
      [{ store: 'clerk' }, STORE],
      [{ size: 512 * KIB }, LARGE],
      [{ wireFile: 'a.zip' }, FILES],
    ] as const
  ).map(([more, payload]) => ({
    says: `a service of the host that hands out more than words (${Object.keys(more).join()})`,
    outcomes: [sent({ ...taken, ...more })],
    job: SERVICE,
    severity: 'medium',
    factors: [payload, BACK, LOGGED, OUTSIDE],
  })),
  {
    says: 'a job of the system is no less one because it is a service too',
    outcomes: [sent({ ...taken })],
    job: { ...SERVICE, systemOwned: true },
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'packed data at a terminal, handed to a server by a script',
    outcomes: [sent({ ...PIPED, inline: true })],
    job: terminal,
    severity: 'medium',
    factors: [PACKED, '-1 started from a terminal', OWN, OTHER, USERS],
  },
  {
    says: 'packed data at a terminal, handed to a server by a mail program',
    outcomes: [sent({ ...PIPED, inline: true, program: '/usr/bin/swaks' })],
    job: terminal,
    severity: 'low',
    factors: [PACKED, TTY, OWN, OTHER, USERS],
  },
  {
    says: 'packed data at a terminal, handed to a server by a mail client',
    outcomes: [sent({ ...PIPED, inline: true, program: '/usr/bin/alpine' })],
    job: terminal,
    severity: 'low',
    factors: [PACKED, TTY, OWN, OTHER, USERS],
  },
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
    says: "a daemon's own order",
    outcomes: [sent({ ...taken, inline: true, byDaemon: true })],
    severity: 'informational',
    factors: [BACK, LOGGED, OUTSIDE],
  },
  {
    says: "the same, and a command line's",
    outcomes: [sent({ ...taken, inline: true, byDaemon: true }), sent({ ...taken, inline: true })],
    severity: 'low',
    factors: [BACK, LOGGED, OUTSIDE, USERS],
  },
  {
    says: 'a daemon attaches a file',
    outcomes: [sent({ ...taken, attached: true, inline: true, byDaemon: true })],
    severity: 'medium',
    factors: [FILES, BACK, LOGGED, OUTSIDE, USERS],
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
    says: 'a person at a terminal attaches a file',
    outcomes: [sent({ attached: true })],
    job: terminal,
    severity: null,
    factors: [FILES],
  },
  {
    says: 'a person at a terminal pipes an archive',
    outcomes: [sent({ packed: true })],
    job: terminal,
    severity: null,
    factors: [PACKED],
  },
  {
    says: 'a person at a terminal attaches a packed file: one signal',
    outcomes: [sent({ attached: true, packed: true })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, PACKED, TTY, OUTSIDE],
  },
  {
    says: "a person at a terminal packs somebody's mail, and it is sent",
    outcomes: [sent({ ...all, store: 'boss' })],
    job: terminal,
    severity: 'medium',
    factors: [FILES, PACKED, STORE, TTY, LOGGED, OUTSIDE],
  },
  {
    says: 'a person at a terminal attaches mail of a store',
    outcomes: [sent({ attached: true, store: 'boss' })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, STORE, TTY, OUTSIDE],
  },
  {
    says: 'a person at a terminal sends many files of no odd kind',
    outcomes: each(10, () => ({ attached: true })),
    job: terminal,
    severity: null,
    factors: [FILES, MANY],
  },
  {
    says: 'a person at a terminal speaks SMTP',
    outcomes: [sent({ smtp: '203.0.113.9:25', attached: true })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, TTY, OWN, OUTSIDE],
  },
  {
    says: 'a person at a terminal speaks SMTP and says more than a note',
    outcomes: [sent({ smtp: '203.0.113.9:25', size: 24 * KIB, inline: true })],
    job: terminal,
    severity: null,
    factors: [TTY, OWN, OUTSIDE, USERS],
  },
  {
    says: 'more than a note for somebody here',
    outcomes: [sent({ to: [HERE], size: 24 * KIB, inline: true })],
    severity: null,
    factors: [BACK, INSIDE, USERS],
  },
  {
    says: 'a job of the system',
    outcomes: [sent({ ...all, inline: true })],
    job: { systemOwned: true },
    severity: 'low',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE, USERS, SYSTEM],
  },
  {
    says: 'what a site put in place vouches for little once data goes outside',
    outcomes: [sent({ ...all, inline: true })],
    job: { systemOwned: true, ofSite: true },
    severity: 'medium',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE, USERS, SITE],
  },
  {
    says: 'mail of somebody, sent out by a program of the site',
    outcomes: [sent({ ...taken, store: 'clerk' })],
    job: { systemOwned: true, ofSite: true },
    severity: 'low',
    factors: [STORE, BACK, LOGGED, OUTSIDE, SITE],
  },
  {
    says: 'words of a program of the site',
    outcomes: [sent({ ...taken })],
    job: { systemOwned: true, ofSite: true },
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'data of a program of the site for somebody here',
    outcomes: [sent({ ...all, to: [HERE] })],
    job: { systemOwned: true, ofSite: true },
    severity: null,
    factors: [FILES, PACKED, BACK, LOGGED, INSIDE, SYSTEM],
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
    says: 'packed by a person before',
    outcomes: [sent({ ...taken, attached: true, before: true, smtp: '203.0.113.9:25' })],
    job: terminal,
    severity: 'low',
    factors: [FILES, TTY, OWN, LOGGED, OUTSIDE],
  },
  {
    says: 'packed before, and encoded in the pipeline: once',
    outcomes: [sent({ ...taken, packed: true, before: true })],
    severity: 'medium',
    factors: [PACKED, BACK, LOGGED, OUTSIDE],
  },
  {
    says: 'a service of the host that had packed what it sends',
    outcomes: [sent({ ...taken, before: true })],
    job: SERVICE,
    severity: 'medium',
    factors: [BEFORE, BACK, LOGGED, OUTSIDE],
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
  {
    says: 'ten to one address at once',
    outcomes: each(10, () => ({})),
    severity: 'low',
    factors: [MANY, BACK, OUTSIDE],
  },
  { says: 'nine to one address', outcomes: each(9, () => ({})), severity: null, factors: [BACK, OUTSIDE] },
  {
    says: 'ten reports at regular times',
    outcomes: each(10, index => ({ time: index * HOUR_MS })),
    severity: null,
    factors: [BACK, OUTSIDE, ALIKE],
  },
  {
    says: 'three reports are no habit yet',
    outcomes: each(3, index => ({ time: index * HOUR_MS })),
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  {
    says: 'files to outside are not made harmless by habit',
    outcomes: each(4, index => ({ time: index * HOUR_MS, attached: true })),
    severity: 'low',
    factors: [FILES, BACK, OUTSIDE],
  },
  {
    says: 'files to a colleague are',
    outcomes: each(4, index => ({ time: index * HOUR_MS, attached: true, to: [HERE] })),
    severity: null,
    factors: [FILES, BACK, INSIDE, ALIKE],
  },
  {
    says: 'four that are not alike',
    outcomes: each(4, index => ({ time: index, to: [`r${index}@example.net`] })),
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  ...(['web', 'systemd', 'cron'] as const).map(context => ({
    says: `an application (${context}) writes to each who asks`,
    outcomes: each(4, index => ({ size: 900, to: [`r${index}@example.net`] })),
    job: { context },
    severity: null,
    factors: context === 'cron' ? [BACK, OUTSIDE] : [BACK, OUTSIDE, CROWD],
  })),
  ...(['web', 'systemd', 'cron'] as const).map(context => ({
    says: `a ${context} job tells people here, then readers of many domains`,
    outcomes: [...each(2, () => ({ size: 900, to: [HERE] })), ...READERS],
    job: { context },
    severity: context === 'cron' ? 'informational' : null,
    factors: context === 'cron' ? [BACK, OUTSIDE, ODD] : [BACK, OUTSIDE, CROWD],
  })),
  {
    says: 'a web job writes to readers of many domains, and then much more to one of them',
    outcomes: [...READERS, sent({ size: 9000, to: ['r0@site0.example'] })],
    job: { context: 'web' },
    severity: 'informational',
    factors: [BACK, OUTSIDE, ODD],
  },
  {
    says: 'a contact form mails a stranger',
    outcomes: [sent({ to: [HERE] }), sent({ to: [HERE] }), sent()],
    severity: 'informational',
    factors: [BACK, OUTSIDE, ODD],
  },
];

for (const { says, outcomes, job, severity, factors } of ROWS)
  test(`${says}: ${severity ?? 'nothing'}`, () => {
    const told = weighed(outcomes, job);
    assert.deepEqual(told.factors, factors);
    assert.equal(told.severity, severity);
  });

test('where nobody is named, what was delivered here says so', () => {
  const { story } = weighed([sent({ to: [], ...all })]);
  assert.equal(story.factors.find(factor => factor.name === 'only recipients inside')?.evidence, 'delivered here');
});

test('a hook is started by version control only from a terminal: cron may call the same file', () => {
  const hook = { job: '/home/dev/task/.git/hooks/post-commit' };
  assert.deepEqual(weighed([sent({ attached: true })], { ...hook, context: 'interactive' }).factors, [
    FILES,
    '1 started by a hook, not by the person',
    OUTSIDE,
  ]);
  assert.deepEqual(weighed([sent({ attached: true })], { ...hook, context: 'cron' }).factors, [FILES, BACK, OUTSIDE]);
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

/** The sends that a factor is shown by, as their places among the outcomes. */
function shownBy(name: string, outcomes: readonly Outcome[]): readonly number[] {
  const { story } = weighed(outcomes);
  const steps = story.factors.find(factor => factor.name === name)?.steps ?? [];
  return steps.map(step => outcomes.findIndex(({ send }) => step.includes(`#${send.pid}.`)));
}

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
