import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery, MailDisconnected, MailRejected, MailStored } from '../../events/mail-events.ts';
import type { StoreWritten } from '../../state/notices.ts';
import type { TunableValue } from '../contract.ts';
import { REF } from './burst.test-support.ts';
import { counts, delivered, hundred, runOf, SECOND, START, told, world } from './run.test-support.ts';

const keys = (found: readonly Finding[]): (string | undefined)[] => found.map(each => each.key.split('|')[0]);

test('what is given to a program counts until a mailbox is seen to get it', () => {
  const piped = hundred({ program: 'postfix/pipe', channel: 'command' });
  assert.deepEqual(counts(told(piped)), ['100']);
  assert.deepEqual(counts(told([delivered(0, { queueId: 'B' }), ...piped])), []);
  const passed = hundred({ program: 'postfix/smtp', channel: 'relay', relay: 'store.example.org[198.51.100.20]:25' });
  const full = delivered(0, { kind: 'mail.deferred', dsn: '4.2.2', queueId: 'F' } as Partial<MailDelivery>);
  assert.deepEqual(counts(told([full, ...passed])), ['101'], 'a mailbox that is full elsewhere is not seen here');
});

test('what only a local delivery program tells counts until the MTA tells of the mailbox', () => {
  const local = hundred({ program: 'dovecot/lda' });
  const nameless = { message: { messageId: '' } };
  assert.deepEqual(counts(told(local, nameless)), ['100']);
  assert.deepEqual(counts(told([delivered(0, { queueId: 'M' }), ...local], nameless)), []);
  assert.deepEqual(counts(told([...local, ...hundred({}, 200)], nameless)), ['200'], 'and what it told before stays');
});

test('another mailbox counts beside the burst when it got something in the same time, from the first to the last', () => {
  const others = (...times: readonly number[]): string => {
    const beside = times.map((time, index) =>
      delivered(0, { time: START + time, queueId: `O${index}`, recipient: 'dev@example.org' } as Partial<MailDelivery>),
    );
    const all = [...hundred(), ...beside].sort((a, b) => a.time - b.time);
    return / and (no other mailbox|\d+ other mailboxes) got/.exec(told(all)[0]?.story ?? '')?.[1] ?? '';
  };
  assert.equal(others(), 'no other mailbox');
  assert.equal(others(-1, 99 * SECOND + 1), 'no other mailbox');
  assert.equal(others(0), '1 other mailboxes');
  assert.equal(others(99 * SECOND), '1 other mailboxes');
});

test('a list of mailboxes names those in it and no others', () => {
  assert.equal(told(hundred(), {}, { NoisyRecipients: ['Clerk@example.org'] }).length, 0);
  assert.equal(told(hundred(), {}, { NoisyRecipients: ['dev@example.org'] }).length, 1);
  const critical = (name: string): boolean =>
    told(hundred(), {}, { CriticalMailboxes: [name] })[0]?.factors.some(each => each.name === 'critical-mailbox') ??
    false;
  assert.deepEqual([critical('clerk'), critical('dev')], [true, false]);
});

test('a tunable that is no number above 0 is as if nobody had set it', () => {
  const names = ['MailVolumeThreshold', 'BaselineMultiple', 'BurstMinimum', 'OldMailMinutes'];
  const waiting = (minutes: number) => hundred({ delaySeconds: minutes * 60 } as Partial<MailDelivery>);
  const stories = [
    hundred(),
    hundred().slice(0, 29),
    hundred().slice(0, 30),
    hundred().slice(0, 60),
    waiting(15),
    waiting(14),
  ];
  const callers = Array.from({ length: 300 }, (_, index) => hungUp(index));
  for (const bad of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, '7', []] as TunableValue[]) {
    const set = Object.fromEntries(names.map(name => [name, bad]));
    for (const story of stories) assert.deepEqual(told(story, {}, set), told(story), `${JSON.stringify(bad)}`);
    assert.deepEqual([told(callers, {}, set).length, told(callers.slice(1), {}, set).length], [1, 0]);
  }
  assert.equal(told(hundred(), {}, { MailVolumeThreshold: 0.5 })[0]?.factors[0]?.tunable?.limit.split(' ')[0], '0.5');
});

test('mailboxes are told in the order of their names, whichever was flooded first', () => {
  const flood = (name: string) =>
    hundred({ recipient: name } as Partial<MailDelivery>).map(each => ({ ...each, queueId: `${name}${each.queueId}` }));
  const all = ['dev', 'ops', 'clerk', 'buyer'].flatMap(flood).sort((a, b) => a.time - b.time);
  assert.deepEqual(keys(told(all)), ['buyer', 'clerk', 'dev', 'ops']);
});

const stored = (index: number, facts: Partial<MailStored> = {}): MailStored =>
  ({
    kind: 'mail.stored',
    time: START + index * SECOND,
    order: index,
    host: 'mx1',
    ref: REF,
    program: 'maildir',
    queueId: `S${index}`,
    recipient: '',
    owner: 'clerk',
    delivered: true,
    timeFrom: 'received',
    arrivedTime: -1,
    ...facts,
  }) as unknown as MailStored;
const inStore = (facts: Partial<MailStored> = {}): MailStored[] =>
  Array.from({ length: 100 }, (_, index) => stored(index, facts));

test('what lies in mailboxes is told where no log tells of mail, and a mailbox once', () => {
  assert.deepEqual(counts(told(inStore(), { anyMail: false })), ['100']);
  assert.deepEqual(told(inStore()), [], 'a log is there, and tells of no flood');
  assert.deepEqual(told(inStore({ timeFrom: 'date' }), { anyMail: false }), []);
  // The wire saw the first of two floods.
  const both = [...hundred(), ...inStore(), ...inStore({ owner: 'dev' })];
  const found = told(both, { anyMail: false });
  assert.deepEqual(keys(found), ['clerk', 'dev']);
  const alone = (each: Finding | undefined): boolean => each?.missing[0]?.startsWith('No MTA log') === true;
  assert.deepEqual(found.map(alone), [false, true]);
});

const written = (index: number, owner = 'clerk'): StoreWritten =>
  ({
    kind: 'store.written',
    time: START + index * SECOND,
    host: 'mx1',
    ref: REF,
    box: '/home/clerk/Maildir',
    path: '/home/clerk/Maildir/new/1',
    owner,
    process: { exe: '/usr/lib/postfix/sbin/local' },
  }) as unknown as StoreWritten;
const grown = (found: readonly Finding[]): string[] =>
  found.flatMap(each => each.factors.filter(({ name }) => name === 'mailbox-growth').map(({ evidence }) => evidence));

test('a mailbox grows under the flood that its log or its store tells, and saved and restored as well', () => {
  for (const [events, facts] of [
    [hundred(), {}],
    [inStore(), { anyMail: false }],
  ] as const) {
    let run = runOf();
    events.forEach((event, index) => {
      run.onNotice(written(index), world(facts));
      run.onNotice(written(index, ''), world(facts));
      run.onMail(event, world(facts));
      if (index !== 50) return;
      const next = runOf();
      next.restore(structuredClone(run.snapshot()));
      run = next;
    });
    const found = run.findings(world(facts), START as never);
    assert.deepEqual(counts(found), ['100']);
    assert.match(grown(found)[0] ?? '', /^delivery software wrote into the mailbox 100 times/);
  }
});

const hungUp = (index: number, facts: Partial<MailDisconnected> = {}): MailDisconnected =>
  ({
    kind: 'mail.disconnected',
    time: START + index * SECOND,
    host: 'mx1',
    ref: REF,
    program: 'postfix/smtpd',
    clientName: 'unknown',
    clientAddress: '203.0.113.9',
    dataCommands: 0,
    lost: false,
    ...facts,
  }) as unknown as MailDisconnected;

test('a connection that brought nothing is one that says so, by smtpd or by postscreen', () => {
  const storms = (facts: Partial<MailDisconnected>): number =>
    told(Array.from({ length: 400 }, (_, index) => hungUp(index, facts))).length;
  assert.equal(storms({}), 1);
  assert.equal(storms({ lost: true }), 0, 'the network, and nobody knows how it would have gone on');
  assert.equal(storms({ dataCommands: 1 }), 0);
  assert.equal(storms({ dataCommands: -1 }), 0, 'not told');
  assert.equal(storms({ dataCommands: -1, program: 'postfix/postscreen' }), 1);
  assert.equal(storms({ dataCommands: 1, program: 'postfix/postscreen' }), 0);
});

test('a refusal counts for the mailbox that it names', () => {
  const evidence = (recipient: string): string => {
    const refused = Array.from(
      { length: 30 },
      (_, index) =>
        ({
          kind: 'mail.rejected',
          time: START + 99 * SECOND,
          host: 'mx1',
          ref: REF,
          clientAddress: `203.0.113.${index}`,
          sender: '',
          recipient,
        }) as unknown as MailRejected,
    );
    const [found] = told([...hundred(), ...refused]);
    return found?.factors.find(each => each.name === 'empty-connections')?.evidence ?? '';
  };
  assert.match(evidence('clerk@example.org'), /and 30 attempts at this mailbox were refused/);
  assert.equal(evidence('dev@example.org'), '');
  assert.equal(evidence(''), '');
});

test('what had to be forgotten is counted, a burst among it apart', () => {
  assert.equal(runOf().evictions(), 0);
  const evictions = (first: readonly MailDelivery[]): number => {
    const run = runOf();
    for (const event of first) run.onMail(event, world());
    for (let index = 0; index < 20_000; index++)
      run.onMail(delivered(200, { recipient: `u${index}@example.org` } as Partial<MailDelivery>), world());
    return run.evictions();
  };
  const quiet = evictions(hundred().slice(0, 1));
  assert.equal(evictions(hundred()), quiet + 1);
});
