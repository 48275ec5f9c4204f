import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../events/finding.ts';
import { addRefusal, newAttempts, refusedIn, together } from './attempts.ts';
import { address, CLERK, stranger } from './claims.test-support.ts';
import { DAY, HOUR, inOrder, log, MINUTE, many, ordinaryMonth, replay, T0 } from './flood.test-support.ts';

/** What the server refuses of a flood belongs to it, as far as the rest comes through. */
const usual = ordinaryMonth(CLERK, T0, 5).filter(({ at }) => at >= T0 - 3 * DAY);
const through = (count: number) =>
  many(count, T0, HOUR / count, i => ({ from: stranger(i), ip: address(i), size: 3000 }));

const refusal = (at: number, from: string, ip: string, to = CLERK): string =>
  `${new Date(at).toISOString().replace('Z', '')}+00:00 mx1 postfix/smtpd[71]: NOQUEUE: reject: RCPT from unknown[${ip}]: 450 4.1.8 <${from}>: Sender address rejected: Domain not found; from=<${from}> to=<${to}> proto=ESMTP helo=<x>`;
const refused = (count: number, at = T0, hours = 1, from = (i: number) => `k${i}@nowhere${i}.invalid`, to = CLERK) =>
  Array.from({ length: count }, (_, i) => refusal(at + (i * hours * HOUR) / count, from(i), `198.18.0.${i % 250}`, to));
const told = (count: number, lines: readonly string[]): Finding[] =>
  replay(inOrder([...log([...usual, ...through(count)]), ...lines]));
const severity = (count: number, lines: readonly string[]): string | undefined => told(count, lines)[0]?.severity;

test('accepted and refused strangers are one flood: forty and sixty within an hour', () => {
  const [found] = told(40, refused(80));
  assert.equal(found?.severity, 'medium');
  assert.match(
    found?.factors[0]?.evidence ?? '',
    /^\d+ messages and attempts \(\d+ senders were refused\) within one hour by senders who never wrote to anybody here before, the limit of such is 60/,
  );
  assert.equal(severity(34, refused(80)), 'low');
  assert.equal(severity(65, []), 'low');
  assert.equal(severity(65, refused(80)), 'medium');
});

test('quiet: either of them alone, or refused for somebody else', () => {
  assert.equal(severity(40, []), undefined);
  assert.equal(severity(0, refused(500)), undefined);
  assert.equal(severity(25, refused(500)), undefined, 'too few come through');
  assert.equal(severity(40, refused(80, T0, 1, undefined, 'ops@example.org')), undefined);
});

test('quiet: as many refusals as on any hour of the day, senders who come through in the end, one who tries without end', () => {
  assert.equal(severity(40, refused(80 * 20, T0 - 19 * HOUR, 20)), undefined);
  assert.equal(severity(40, refused(40, T0 - 5 * MINUTE, 1, stranger)), undefined, 'greylisted');
  assert.equal(
    severity(
      40,
      refused(400, T0, 1, () => 'one@nowhere.invalid'),
    ),
    undefined,
  );
});

test('what was refused since the first message is counted with the burst, although it was not known for one yet', () => {
  const [found] = told(70, refused(30, T0 + 1000, 0.1));
  const evidence = found?.factors.find(({ name }) => name === 'empty-connections')?.evidence ?? '';
  assert.match(evidence, /and 30 attempts at this mailbox were refused meanwhile/);
});

test('refusals by window: of senders who are not let in, once each, where the rest of the day had far fewer', () => {
  const of = (times: readonly (readonly [at: number, sender: string])[], accepted: readonly string[] = []) => {
    const attempts = newAttempts();
    for (const [time, sender] of times) addRefusal(attempts, { time, client: '', sender });
    return refusedIn(attempts, 2 * DAY, () => new Set(accepted)).slice(2);
  };
  const now = 2 * DAY;
  assert.deepEqual(of([]), [0, 0, 0]);
  assert.deepEqual(
    of([
      [now, 'a'],
      [now, 'b'],
      [now, 'b'],
    ]),
    [2, 2, 0],
  );
  assert.deepEqual(
    of(
      [
        [now, 'a'],
        [now, 'b'],
      ],
      ['b'],
    ),
    [1, 1, 0],
  );
  assert.deepEqual(
    of([
      [now - HOUR, 'a'],
      [now, 'b'],
    ]),
    [0, 2, 0],
  );
  assert.deepEqual(
    of([
      [now - HOUR, 'a'],
      [now, 'b'],
      [now, 'c'],
      [now, 'd'],
    ]),
    [3, 4, 0],
  );
  assert.deepEqual(
    of([
      [now - DAY, 'a'],
      [now, 'b'],
    ]),
    [1, 1, 0],
    'a day ago is forgotten',
  );
  assert.deepEqual(
    of([
      [now - DAY + 1, 'a'],
      [now, 'b'],
    ]),
    [0, 0, 0],
  );
  assert.deepEqual(of([[now + 1, 'a']]), [0, 0, 0]);
});

test('refusals are counted anew each minute, and only so many are kept', () => {
  const attempts = newAttempts();
  addRefusal(attempts, { time: 0, client: '', sender: 'a' });
  assert.equal(refusedIn(attempts, 10, () => new Set())[2], 1);
  addRefusal(attempts, { time: 20, client: '', sender: 'b' });
  assert.equal(refusedIn(attempts, MINUTE - 1, () => new Set())[2], 1);
  assert.equal(refusedIn(attempts, MINUTE, () => new Set())[2], 2);
  for (let i = 0; i < 999; i++) addRefusal(attempts, { time: MINUTE, client: '', sender: `${i}` });
  assert.equal(attempts.refused.length, 900);
  addRefusal(attempts, { time: 4 * DAY, client: '', sender: 'z' });
  assert.deepEqual(attempts.refused.length, 1);
});

test('as many refusals count as messages came through', () => {
  assert.deepEqual(together([0, 5, 10], [7, 7, 7]), [0, 10, 17]);
});
