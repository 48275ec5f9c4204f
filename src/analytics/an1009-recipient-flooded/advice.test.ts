import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoreComparison } from '../../state/mail/comparison.ts';
import { missingOf, nextOf } from './advice.ts';
import { around, each, episode, held, REF, SETTING, worldOf } from './burst.test-support.ts';
import type { Episode } from './episode.ts';
import type { Judgement } from './judge.ts';
import type { Tally } from './tally.ts';
import type { Telling } from './telling.ts';

interface Case {
  readonly episode?: Partial<Episode>;
  readonly tally?: Partial<Tally>;
  readonly held?: Partial<StoreComparison>;
  readonly storesOnly?: boolean;
  readonly seen?: readonly string[];
  readonly aliases?: boolean;
  readonly kind?: Judgement['kind'];
  readonly critical?: boolean;
}
/** A burst of which everything is recorded. */
const telling = (facts: Case = {}): Telling => ({
  episode: episode(
    { growth: { count: 1, first: null, last: null }, ...facts.episode },
    { sized: 1, withAttachment: 1, clients: each(2), hosts: each(1, 'mx'), ...facts.tally },
  ),
  judgement: { kind: facts.kind ?? 'flood', severity: 'low', factors: [], held: [] },
  around: around({ held: facts.held === undefined ? null : held(facts.held), storesOnly: facts.storesOnly ?? false }),
  world: worldOf({
    seen: (host: string, kind: string) => (facts.seen ?? []).includes(`${host} ${kind}`),
    identity: { loaded: { aliases: facts.aliases ?? true, passwd: true } },
  }),
  critical: facts.critical ?? false,
  setting: SETTING,
});
const says = (facts: Case): readonly string[] => missingOf(telling(facts)).map(text => text.split(/[:,;]/)[0] ?? '');

test('where everything is recorded nothing is missing', () => {
  assert.deepEqual(missingOf(telling()), []);
});

test('what is not recorded is said, one sentence each', () => {
  const still = { growth: { count: 0, first: null, last: null } };
  assert.deepEqual(says({ episode: still }), ['No file activity was recorded on the mail host']);
  assert.deepEqual(says({ episode: still, seen: ['mx0 file.opened'] }), ['Files were recorded']);
  assert.deepEqual(says({ tally: { sized: 0 } }), ['No line tells the size of a message']);
  assert.deepEqual(says({ tally: { withAttachment: 0 } }), ['Nothing logs attachments (header checks']);
  assert.deepEqual(says({ tally: { withAttachment: 0 }, held: {} }), []);
  const usual = { known: false, hoursSeen: 0, weekSeen: false, expected: [] };
  assert.equal(says({ episode: { usual } }).length, 1);
  assert.deepEqual(says({ tally: { clients: each(1), senders: each(10) } }), ['One relay hands everything in']);
  assert.deepEqual(says({ tally: { clients: each(1), senders: each(9) } }), []);
  assert.deepEqual(says({ tally: { clients: each(2), senders: each(10) } }), []);
  assert.deepEqual(says({ tally: { clients: each(0), senders: each(10) } }), [
    'No client addresses are logged for these messages.',
  ]);
  assert.deepEqual(says({ tally: { relayed: 1 } }), ['Some messages were passed on to another host']);
  assert.deepEqual(says({ aliases: false }), ['No aliases file in the evidence']);
});

test('where the mailbox and the log do not agree, it says in what', () => {
  const words = (facts: Partial<StoreComparison>): string => missingOf(telling({ held: facts })).join(' | ');
  assert.equal(words({}), '');
  assert.match(words({ onlyLogged: 1 }), /: 1 messages were logged as delivered and are not in its stores; they were/);
  assert.match(words({ onlyLogged: 1, isCut: true }), /not in its stores, of the last ones that are kept; they/);
  assert.match(words({ onlyStored: 1 }), /: 1 messages lie in its stores from that time/);
  assert.equal(words({ skewMs: 60_000 }), '');
  assert.match(words({ skewMs: 61_000 }), /^The times in the mailbox are 61 s after those of the log/);
  assert.match(words({ skewMs: -61_000 }), /^The times in the mailbox are -61 s before those of the log/);
  assert.match(
    missingOf(telling({ storesOnly: true, held: { onlyLogged: 1 } })).join(),
    /^No MTA log is in the evidence: [^|]*gives\.$/,
  );
});

test('what to do begins with what the flood may hide', () => {
  const next = (facts: Case, ...ids: readonly string[]): readonly string[] =>
    nextOf(
      telling(facts),
      ids.map(id => ({ id, time: 0 as never, kind: 'x', summary: '', ref: REF })),
    );
  assert.match(next({})[0] ?? '', /^Call the owner/);
  assert.match(next({}, 'peak', 'stands-out-1')[0] ?? '', /^Read the 1 message that does not fit/);
  assert.match(next({}, 'stands-out-1', 'stands-out-2')[0] ?? '', /^Read the 2 messages that do not fit/);
  assert.equal(
    next({}).some(text => text.includes('CriticalMailboxes')),
    false,
  );
  assert.equal(
    next({ critical: true }).some(text => text.includes('CriticalMailboxes')),
    true,
  );
  assert.equal(next({ kind: 'loop' }).length, 1);
});
