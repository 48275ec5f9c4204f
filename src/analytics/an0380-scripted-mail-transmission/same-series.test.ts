import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import { DROP, job, REF, send } from './made-up.test-support.ts';
import { withFirstSends } from './same-series.ts';
import type { Send, SendJob } from './send.ts';

/** What a line sent while its terminal was still there, and what it sent after. */

const S = 3000;
const at = (time: number, facts: Partial<Send> = {}): Send =>
  send({ time: time as EpochMs, recipients: [DROP], command: `mail ${DROP}`, ...facts });
const atTerminal = (time: number, facts: Partial<Send> = {}): Send => at(time, { tty: 'pts0', ...facts });

const attended = (sends: Send[], facts: Partial<SendJob> = {}): SendJob =>
  job({ key: 'ws1\x001003\0interactive 7 /usr/bin/mail', context: 'interactive', rootPid: 40, sends, ...facts });
const unattended = (sends: Send[], facts: Partial<SendJob> = {}): SendJob =>
  job({
    key: 'ws1\x001003\0unattended 7 /usr/bin/mail',
    context: 'unattended',
    rootPid: 60,
    rootTime: (sends[0] as Send).time,
    sends,
    ...facts,
  });
const counts = (...jobs: SendJob[]): number[] => withFirstSends(jobs).map(({ sends }) => sends.length);
const REST = [at(2 * S), at(3 * S), at(4 * S)];

test('the first of a series is of it, though its terminal was still there', () => {
  const [person, series] = withFirstSends([attended([atTerminal(S)]), unattended(REST)]);
  assert.deepEqual(person?.sends, []);
  assert.deepEqual(
    series?.sends.map(({ time }) => time),
    [S, 2 * S, 3 * S, 4 * S],
  );
  assert.deepEqual([series?.context, series?.rootPid], ['unattended', 40], 'told from the first on');
  assert.equal(series?.rootRef, REF);
});

test('so are several; the job keeps its own beginning where that is earlier', () => {
  const jobs = [
    attended([atTerminal(-90 * S), atTerminal(0), atTerminal(S)]),
    unattended(REST, { rootTime: 0 as EpochMs }),
  ];
  assert.deepEqual(counts(...jobs), [1, 5]);
  assert.equal(withFirstSends(jobs)[1]?.rootPid, 60);
});

test('with another file each, they are known by the recipients', () => {
  const sends = [2, 3, 4].map(n => at(n * S, { command: `mail -a ${n}.zip ${DROP}` }));
  assert.deepEqual(counts(attended([atTerminal(S, { command: `mail -a 1.zip ${DROP}` })]), unattended(sends)), [0, 4]);
});

test('what its person sends between and after is none of it, and takes nothing from it', () => {
  const friend = { recipients: ['friend@example.net'], command: 'mail friend@example.net' };
  const sends = [atTerminal(S), atTerminal(1.5 * S, friend), atTerminal(9 * S), atTerminal(10 * S, friend)];
  const [person, series] = withFirstSends([attended(sends), unattended(REST)]);
  assert.deepEqual(
    person?.sends.map(({ time }) => time),
    [1.5 * S, 9 * S, 10 * S],
  );
  assert.equal(series?.sends.length, 4);
});

const OTHERS: Readonly<Record<string, readonly SendJob[]>> = {
  'a letter to somebody else': [
    attended([atTerminal(S, { recipients: ['friend@example.net'], command: 'mail friend@example.net' })]),
    unattended(REST),
  ],
  'a letter out of the rhythm': [attended([atTerminal(-S)]), unattended(REST)],
  'one sent after the series began': [attended([atTerminal(2.5 * S)]), unattended(REST)],
  'one of another login': [
    attended([atTerminal(S)], { key: 'ws1\x001003\0interactive 8 /usr/bin/mail' }),
    unattended(REST),
  ],
  'one by another program': [
    attended([atTerminal(S)], { key: 'ws1\x001003\0interactive 7 /usr/bin/mutt' }),
    unattended(REST),
  ],
  'two make no rhythm': [attended([atTerminal(S)]), unattended(REST.slice(0, 2))],
  'a cron job': [attended([atTerminal(S)]), unattended(REST, { context: 'cron', key: 'ws1\x001003\0cron x' })],
  'nobody sent at a terminal': [unattended(REST)],
};
for (const [says, jobs] of Object.entries(OTHERS))
  test(`it stays as it is: ${says}`, () => {
    assert.equal(withFirstSends(jobs), jobs);
  });

test('without recipients in their words they are known by the same words', () => {
  const words = { recipients: [], command: 'sendmail -t' };
  const series = [2, 3, 4].map(n => at(n * S, words));
  assert.deepEqual(counts(attended([atTerminal(S, words)]), unattended(series)), [0, 4]);
  assert.deepEqual(
    counts(attended([atTerminal(S, { ...words, command: 'sendmail -t -v' })]), unattended(series)),
    [1, 3],
  );
});
