import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { LIMITS } from './limits.ts';
import { LogOnly } from './log-only.ts';
import { type Around, DROP, delivery, message, world } from './made-up.test-support.ts';

const DAY4 = 4 * DAY_MS;
const sent = (time: number, sizeBytes: number, to: string, facts: Partial<Message> = {}): Message =>
  message(
    {
      firstTime: epochMs(time),
      sizeBytes,
      submittedByUid: 34,
      sender: 'backup@example.org',
      senderKnown: true,
      ...facts,
    },
    [to],
  );
/** A short report to root each day. */
const reports = (facts: Partial<Message> = {}): Message[] =>
  [1, 2, 3].map(day => sent(day * DAY_MS, 440, 'root@example.org', facts));
const pieces = (count: number, sizeBytes: number, facts: Partial<Message> = {}, gap: number = MINUTE_MS): Message[] =>
  Array.from({ length: count }, (_, index) => sent(DAY4 + index * gap, sizeBytes, DROP, facts));

function told(submitted: readonly Message[], around: Around = {}, explained: readonly Message[] = []): Finding[] {
  const run = new LogOnly();
  for (const { host } of submitted) run.submitted({ kind: 'mail.submitted', host } as MailEvent);
  const again = new LogOnly();
  again.restore(structuredClone(run.snapshot()));
  return again.findings(world({ submitted, ...around }), LIMITS, new Set(explained));
}
const severities = (submitted: readonly Message[], around: Around = {}): string[] =>
  told(submitted, around).map(({ severity }) => severity);

test('an account of small reports that sends a stranger large messages is told by the log alone', () => {
  const [found] = told([...reports(), ...pieces(25, 295_980)]);
  assert.equal(found?.severity, 'medium');
  assert.equal(found.title, `Mail of an account that never sent so: uid 34 to ${DROP}`);
  assert.deepEqual(
    found.factors.map(({ weight, name }) => `${weight} ${name}`),
    [
      '1 recipient outside',
      '2 large in sum',
      '2 many messages to one recipient',
      '1 transmission confirmed by the MTA',
      '2 unlike what this job sent before',
      '2 far larger than all that this account sent before',
      '1 an account of a service, in pieces of one size',
    ],
  );
  assert.match(found.story, /^On ws1, the account uid 34 \(<backup@example\.org>\) handed in 25 messages for/);
  assert.match(found.story, /Of 3 messages before, none went there and none was larger than 440 bytes\.$/);
  assert.deepEqual(found.measures, { messages: 25, bytesMax: 295_980 });
  assert.equal(found.missing.length, 1);
});

test('three are enough, two are what people do', () => {
  assert.deepEqual(severities([...reports(), ...pieces(3, 400_000)]), ['medium']);
  assert.deepEqual(severities([...reports(), ...pieces(2, 4_000_000)]), []);
});

test('what is no larger than before, or little in sum, is not told', () => {
  assert.deepEqual(severities([...reports({ sizeBytes: 90_000 }), ...pieces(9, 100_000)]), []);
  assert.deepEqual(severities([...reports(), ...pieces(9, 30_000)]), []);
  assert.deepEqual(severities([...reports(), ...pieces(400, 2_000)]), [], 'notices, however many');
});

test('a recipient inside, also by way of an alias, is nobody outside', () => {
  const to = (recipient: string, originalRecipient = ''): Message[] =>
    pieces(9, 300_000).map(each => {
      const one = { ...delivery(recipient), originalRecipient };
      return { ...each, others: new Map([[recipient, one]]) };
    });
  assert.deepEqual(severities([...reports(), ...to('clerk@example.org')]), []);
  assert.deepEqual(severities([...reports(), ...to('admin@example.com', 'root@example.org')]), []);
  assert.deepEqual(severities([...reports(), ...to('admin@example.com')]), ['medium']);
  const own = pieces(9, 300_000, { sender: 'backup@example.net' });
  assert.deepEqual(severities([...reports(), ...own]), [], "the sender's own domain");
});

test('at intervals and of a size it is a report that somebody set up', () => {
  assert.deepEqual(severities([...reports(), ...pieces(4, 300_000, {}, DAY_MS)]), []);
  const uneven = pieces(4, 300_000, {}, HOUR_MS).map((each, index) => ({ ...each, sizeBytes: 300_000 * 4 ** index }));
  assert.deepEqual(severities([...reports(), ...uneven]), ['medium'], 'of very different sizes');
});

test('without a history only pieces of one size from the account of a service are told, and low', () => {
  const [found] = told(pieces(25, 295_980));
  assert.equal(found?.severity, 'low');
  assert.match(found.missing[1] ?? '', /too little of this account from before: 0 messages/);
  assert.deepEqual(severities(pieces(9, 295_980)), [], 'too few');
  assert.deepEqual(severities(pieces(25, 295_980, { submittedByUid: 1003 })), [], 'of a person');
  const uneven = pieces(25, 100_000).map((each, index) => ({ ...each, sizeBytes: 100_000 + 9000 * index }));
  assert.deepEqual(severities(uneven), [], 'pictures of all sizes');
  const last = pieces(25, 295_980).map((each, index) => (index === 24 ? { ...each, sizeBytes: 1200 } : each));
  assert.deepEqual(severities(last), ['low'], 'the last piece is what was left');
  const hours = reports().map(each => ({ ...each, firstTime: (DAY4 - HOUR_MS) as EpochMs }));
  assert.deepEqual(severities([...hours, ...pieces(3, 400_000)]), [], 'an hour is no history');
});

test('what recorded programs account for, or whose submitter nobody logged, is left to them', () => {
  const all = pieces(25, 295_980);
  assert.deepEqual(told([...reports(), ...all], {}, all), []);
  assert.deepEqual(severities([...reports(), ...all], { seen: ['process:unattended'] }), []);
  const unsaid = { submittedByUid: -1 };
  assert.deepEqual(severities([...reports(unsaid), ...pieces(25, 295_980, unsaid)]), []);
  const named = { submittedByUid: -1, submittedByUser: 'backup' };
  assert.deepEqual(severities([...reports(named), ...pieces(25, 295_980, named)]), ['medium'], 'Exim logs the name');
});
