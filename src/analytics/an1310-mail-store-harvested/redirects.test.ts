import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { RedirectWritten } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import { Redirects } from './redirects.ts';

const world = (anyMail = true, user = 'clerk'): World =>
  ({
    anyMail,
    mail: { message: () => undefined, localDomains: new Set() },
    userName: () => user,
    identity: { mailboxOf: (address: string) => address.split('@')[0], accountOf: () => 'account' },
  }) as unknown as World;

const ref = { source: 0, offset: 0, length: 1 };
interface Act {
  readonly host?: string;
  readonly pid?: number;
  readonly setting?: { readonly name: string; readonly value: string };
}
const written = (
  owner: string,
  time = 10_000,
  path = '/home/clerk/.forward',
  { host = 'ws1', pid = 7, setting }: Act = {},
): RedirectWritten =>
  ({
    host,
    path,
    owner,
    time,
    ref,
    setting,
    process: {
      exe: '/usr/bin/vim',
      uid: 1003,
      auid: 1003,
      pid,
      argv: ['vim'],
      script: '',
      parent: null,
    },
  }) as unknown as RedirectWritten;
const left = (facts: Partial<Record<keyof MailDelivery, unknown>> = {}): MailDelivery =>
  ({
    host: 'ws1',
    time: 2e4,
    channel: 'relay',
    originalRecipient: 'clerk@example.org',
    queueId: 'A',
    ref,
    recipient: 'box@example.net',
    relay: 'mx.example.net',
    ...facts,
  }) as unknown as MailDelivery;

function told(owner: string, deliveries: readonly MailDelivery[], at = world()): Finding {
  const redirects = new Redirects();
  redirects.written(written(owner));
  for (const each of deliveries) redirects.delivered(each, at);
  const [found, ...more] = redirects.findings(at);
  assert.ok(found !== undefined && more.length === 0);
  return found;
}
const changes = (found: Finding): boolean => found.wouldChange.some(each => each.what.includes('had left'));

test('mail of the box that leaves by another host after the redirection makes medium', () => {
  const found = told('clerk', [left(), left({ recipient: 'other@example.net', queueId: 'B' })]);
  assert.equal(found.severity, 'medium');
  assert.equal(found.title, 'Mail of clerk is sent on to box@example.net, other@example.net');
  assert.match(found.story, /since then 2 messages of clerk left for/);
  assert.deepEqual(
    found.factors.map(each => [each.weight, each.name]),
    [
      [2, 'mail redirection written'],
      [3, 'mail left by it'],
    ],
  );
  assert.equal(changes(found), false);
  assert.match(found.next[1] ?? '', /^Who is box@example.net, other@example.net/);
});

test('one message is enough to say so', () => {
  const found = told('clerk', [left()]);
  assert.equal(found.factors[1]?.weight, 3);
  assert.equal(found.severity, 'medium');
  assert.equal(found.title, 'Mail of clerk is sent on to box@example.net');
  assert.match(found.story, /since then 1 message of clerk left for box@example.net\.$/);
  assert.equal(changes(found), false);
});

for (const [says, delivery] of [
  ['delivered here', left({ channel: 'local' })],
  ['for nobody that was rewritten', left({ originalRecipient: '' })],
  ['of another host', left({ host: 'ws2' })],
  ['of somebody else', left({ originalRecipient: 'boss@example.org' })],
  ['that left more than a second before', left({ time: 8999 })],
] as const)
  test(`a message ${says} did not leave by it: informational`, () => {
    const found = told('clerk', [delivery]);
    assert.equal(found.severity, 'informational');
    assert.equal(found.title, 'Mail redirection written: /home/clerk/.forward');
    assert.deepEqual(
      found.factors.map(each => each.name),
      ['mail redirection written'],
    );
    assert.match(found.story, /; no mail was seen to leave by it\.$/);
    assert.equal(changes(found), true);
    assert.equal(found.next[1], 'Watch for mail of this box that leaves.');
  });

test('mail that had gone on so before does not leave by it; that of another box, to somebody else or by another host does', () => {
  const after = (...deliveries: readonly Partial<Record<keyof MailDelivery, unknown>>[]): string => {
    const redirects = new Redirects();
    for (const each of deliveries) redirects.delivered(left({ time: 8999, ...each }), world());
    const restored = new Redirects();
    restored.restore(structuredClone(redirects.snapshot()));
    restored.written(written(''));
    restored.delivered(left(), world());
    return restored
      .findings(world())
      .map(({ severity }) => severity)
      .join();
  };
  assert.equal(after({}), 'informational');
  assert.equal(after({ recipient: 'Box@example.net' }), 'informational');
  assert.equal(after({ time: 9000 }), 'medium', 'a second may be the clocks');
  assert.equal(after({ time: 5000 }, { time: 9500 }), 'informational', 'the first time counts');
  assert.equal(after({ recipient: 'other@example.net' }), 'medium');
  assert.equal(after({ originalRecipient: 'boss@example.org' }), 'medium');
  assert.equal(after({ host: 'ws2' }), 'medium');
});

test('clocks of two logs may differ by a second', () =>
  assert.equal(told('clerk', [left({ time: 9000 })]).severity, 'medium'));

test('a table of the server redirects whoever it likes; an account stands for its mailbox', () => {
  assert.equal(told('', [left({ originalRecipient: 'boss@example.org' })]).severity, 'medium');
  const account = told('account', [left({ originalRecipient: 'boss@example.org' })]);
  assert.equal(account.severity, 'medium');
  assert.equal(account.title, 'Mail of account is sent on to box@example.net');
});

test('a table for all: up to three mailboxes are named, and of more the server', () => {
  const whose = (count: number): string =>
    told(
      '',
      Array.from({ length: count }, (_, i) => left({ originalRecipient: `box${i}@example.org`, queueId: `Q${i}` })),
    ).title;
  assert.equal(whose(3), 'Mail of box0, box1, box2 is sent on to box@example.net');
  assert.equal(whose(4), 'Mail of this server is sent on to box@example.net');
});

test('of very many messages six are shown, and all are counted', () => {
  const found = told(
    'clerk',
    Array.from({ length: 9 }, (_, index) => left({ queueId: `Q${index}` })),
  );
  assert.equal(found.steps.filter(step => step.kind === 'mail.delivered').length, 6);
  assert.match(found.story, /9 messages /);
});

test('without the log of an MTA it says that nobody can know', () => {
  const found = told('clerk', [], world(false));
  assert.ok(found.missing.some(each => each.startsWith('No MTA log')));
  assert.ok(found.wouldChange.some(each => each.why.startsWith('not seen')));
  const seen = told('clerk', []);
  assert.ok(!seen.missing.some(each => each.startsWith('No MTA log')));
  assert.ok(seen.wouldChange.some(each => each.why === 'the MTA log shows none' && each.weight === 3));
});

test('a person who is in no passwd file is named by number', () => {
  assert.match(told('clerk', [], world(true, '')).story, /uid 1003 wrote/);
});

test('a file that is written again is one redirection', () => {
  const redirects = new Redirects();
  redirects.written(written('clerk'));
  redirects.written(written('clerk', 30_000));
  assert.equal(redirects.findings(world()).length, 1);
  redirects.written(written('', 30_000, '/etc/aliases'));
  assert.equal(redirects.findings(world()).length, 2);
});

test('a setting that a program was told, and the file that the same program then writes, are one redirection', () => {
  const main = '/etc/postfix/main.cf';
  const bcc = { name: 'always_bcc', value: 'copy@example.net' };
  const count = (...acts: readonly Act[]): number => {
    const redirects = new Redirects();
    for (const act of acts) redirects.written(written('', 10_000, main, act));
    return redirects.findings(world()).length;
  };
  assert.equal(count({ setting: bcc }, {}), 1);
  assert.equal(count({ setting: bcc }, { pid: 8 }), 2, 'another program');
  assert.equal(count({ setting: bcc }, { host: 'ws2' }), 2, 'another host');
  assert.equal(count({ setting: bcc }, { setting: { ...bcc, name: 'luser_relay' } }), 2, 'two settings at once');
});
