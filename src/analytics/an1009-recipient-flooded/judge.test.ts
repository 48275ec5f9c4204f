import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, HOUR, held, SETTING, sample } from './burst.test-support.ts';
import type { Episode } from './episode.ts';
import { judge, ratesOf, type Surroundings } from './judge.ts';
import type { Tally } from './tally.ts';

/** Sixty messages within a minute from one stranger: volume 40 and one sender 25. */
const FLOOD: Partial<Tally> = { count: 60, fresh: 60, senders: new Map([['a@x', 60]]), shapes: new Map([['a@x', 60]]) };
interface Case {
  readonly episode?: Partial<Episode>;
  readonly tally?: Partial<Tally>;
  readonly around?: Partial<Surroundings>;
}
const judged = (facts: Case) =>
  judge(episode({ peaks: [60], ...facts.episode }, { ...FLOOD, ...facts.tally }), around(facts.around), SETTING);
const severity = (facts: Case): string | null => judged(facts)?.severity ?? null;
const factor = (name: string, facts: Case): string | undefined => {
  const one = judged(facts)?.factors.find(each => each.name === name);
  return one === undefined ? undefined : `${one.weight}: ${one.evidence}`;
};
const whys = (facts: Case): readonly string[] => (judged(facts)?.held ?? []).map(each => each.why);
const routes = (facts: Partial<Tally['routes']>): Tally['routes'] => ({
  submitted: 0,
  authenticated: 0,
  internal: 0,
  relayed: 0,
  claimed: 0,
  outside: 0,
  ...facts,
});

test('a flood of one stranger is medium', () => {
  assert.equal(severity({}), 'medium');
  assert.deepEqual(whys({}), []);
});

test('a mailbox that is known for noise, familiar senders and slow rises without a history say nothing', () => {
  assert.equal(severity({ around: { noisy: true } }), null);
  assert.equal(severity({ tally: { familiar: 42 } }), null);
  assert.equal(severity({ tally: { familiar: 41 } }), 'medium');
  const unknown = { known: false, hoursSeen: 0, weekSeen: false, expected: [0, 0, 0, 0, 0] };
  assert.equal(severity({ episode: { horizon: 3, usual: unknown } }), null);
  assert.equal(severity({ episode: { horizon: 2, usual: unknown } }), 'medium');
  assert.equal(severity({ episode: { horizon: 3 } }), 'medium');
  const silent = (evidenceBeforeMs: number, horizon = 3): string | null =>
    severity({ episode: { horizon, usual: unknown, evidenceBeforeMs } });
  assert.equal(silent(7 * 24 * HOUR - 1), null);
  assert.equal(silent(7 * 24 * HOUR), 'low', 'a week in which nothing came for it, or it is new');
  assert.equal(silent(7 * 24 * HOUR, 2), 'medium');
});

test('two that answer each other are a loop: the main sender has most of it, and gets as much', () => {
  const kind = (main: number, replies: number): string | undefined =>
    judged({ tally: { senders: new Map([['a@x', main]]) }, around: { repliesToMain: replies } })?.kind;
  assert.equal(kind(42, 21), 'loop');
  assert.equal(kind(41, 41), 'flood');
  assert.equal(kind(42, 20), 'flood');
  assert.equal(
    factor('mail-loop', { around: { repliesToMain: 30 } }),
    '0: 30 messages went from this mailbox to a@x in the same time',
  );
  const nobody = { tally: { senders: new Map([['', 60]]) }, around: { repliesToMain: 30 } };
  assert.match(factor('mail-loop', nobody) ?? '', /to the null sender in/);
});

test('a full mailbox, writes into it and what its stores hold are told', () => {
  assert.equal(factor('mailbox-full', { tally: { full: 1 } }), '10: 1 of the messages found the mailbox full');
  assert.equal(factor('mailbox-full', {}), undefined);
  const grown = { growth: { count: 1, first: null, last: null } };
  const wrote = '15: delivery software wrote into the mailbox 1 times while the burst lasted';
  assert.equal(factor('mailbox-growth', { episode: grown }), wrote);
  const holds = (both: number, logged: number, facts: Case = {}): string | undefined =>
    factor('mailbox-holds', { ...facts, around: { ...facts.around, held: held({ both, logged, storedBytes: 9 }) } });
  assert.equal(holds(20, 40), '15: 20 of 40 messages lie in the mailbox, 9 bytes together');
  assert.equal(holds(20, 41), undefined);
  assert.equal(holds(19, 19), undefined);
  assert.equal(holds(20, 40, { episode: grown }), undefined, 'the file system showed it');
  assert.equal(holds(20, 40, { around: { storesOnly: true } }), undefined, 'the stores tell of nothing else');
});

test('empty connections count from twenty and a tenth of the messages', () => {
  const empty = (connections: number, refused: number, count = 60): string | undefined =>
    factor('empty-connections', {
      episode: { refusals: new Set(each(refused).keys()) },
      tally: { count },
      around: { emptyConnections: connections },
    });
  assert.match(empty(20, 0) ?? '', /^10: 20 connections ended without a message and 0 attempts/);
  assert.match(empty(15, 5) ?? '', /and 5 attempts at this mailbox were refused meanwhile$/);
  assert.equal(empty(19, 0), undefined);
  assert.notEqual(empty(20, 0, 200), undefined);
  assert.equal(empty(20, 0, 201), undefined);
  const same = { around: { emptyConnections: 20, emptyOfSenders: 1 } };
  assert.match(factor('empty-connections', same) ?? '', /; clients of the burst made 1 such connections around it$/);
});

test('a burst is one only beside other mailboxes that get less', () => {
  const others = (estateCount: number, otherMailboxes: number): string | undefined =>
    factor('not-concentrated', { around: { estateCount, otherMailboxes } });
  assert.equal(others(100, 2), undefined, 'twenty each: a third');
  assert.equal(others(101, 2), '-10: 2 other mailboxes got 21 each on average in the same time');
  assert.equal(others(1000, 0), undefined);
  assert.equal(others(60, 1), undefined);
});

test('what is held down says why', () => {
  const bare = { tally: { senders: new Map(), shapes: new Map() } };
  assert.equal(severity(bare), 'informational');
  assert.deepEqual(whys(bare), ['volume alone is one signal']);
  const alone = { ...bare, tally: { ...bare.tally, full: 1 } };
  assert.equal(severity(alone), 'low');
  assert.deepEqual(whys(alone), ['the messages have little in common']);
  assert.equal(severity({ around: { storesOnly: true } }), 'medium');
  assert.match(whys({ around: { storesOnly: true } })[0] ?? '', /^without an MTA log/);
});

test('fewer messages than BurstMinimum are told and no more, unless their clients called again', () => {
  const few = (count: number, emptyOfSenders = 0): string | null =>
    severity({ tally: { count, fresh: count }, around: { emptyOfSenders } });
  assert.equal(few(59), 'informational');
  assert.equal(few(60), 'medium');
  assert.equal(few(40, 20), 'medium');
  assert.equal(few(40, 19), 'informational');
  assert.equal(few(45, 22), 'informational', 'fewer than half of them');
  const little = { tally: { count: 59, fresh: 59, senders: new Map(), shapes: new Map(), full: 1 } };
  assert.equal(severity(little), 'informational', 'the lowest of two caps, whichever comes first');
  const [why] = judged({ tally: { count: 59, fresh: 59 } })?.held ?? [];
  assert.deepEqual(why, { why: 'fewer than 60 messages', setting: 'BurstMinimum' });
});

test('without a history other busy mailboxes and a long burst at the beginning count against it', () => {
  const usual = { known: false, hoursSeen: 0, weekSeen: false, expected: [0, 0, 0, 0, 0] };
  const busy = { estateCount: 1000, otherMailboxes: 2 };
  assert.equal(severity({ episode: { usual } }), 'medium');
  assert.equal(severity({ episode: { usual }, around: busy }), 'informational');
  const long = (evidenceBeforeMs: number, last: number): string | null =>
    severity({ episode: { usual, evidenceBeforeMs, last } });
  assert.equal(long(HOUR - 1, 4 * HOUR + 1), 'low');
  assert.equal(long(HOUR, 4 * HOUR + 1), 'medium');
  assert.equal(long(HOUR - 1, 4 * HOUR), 'medium');
  assert.equal(severity({ episode: { evidenceBeforeMs: 0, last: 5 * HOUR } }), 'medium', 'what is usual is known');
});

test('mail of our own people and machines is no attack', () => {
  const of = (facts: Partial<Tally['routes']>, clients = 1): string | null =>
    severity({ tally: { routes: routes(facts), clients: each(clients) } });
  assert.equal(of({ authenticated: 48 }), 'informational');
  assert.equal(of({ authenticated: 47 }), 'medium');
  assert.equal(of({ authenticated: 20, internal: 20, submitted: 8 }), 'informational');
  assert.equal(of({ claimed: 48 }, 2), 'informational');
  assert.equal(of({ claimed: 47 }, 2), 'medium');
  assert.equal(of({ claimed: 48 }, 3), 'medium', 'from three places');
  const from = (...clients: readonly string[]): string | null =>
    severity({ tally: { routes: routes({ claimed: 48 }), clients: new Map(clients.map(each => [each, 20])) } });
  assert.equal(from('10.0.0.1', '10.0.0.2', '192.168.0.1'), 'informational', 'which nobody has outside');
  assert.equal(from('10.0.0.1', '10.0.0.2', '203.0.113.1'), 'medium');
  const inside = (times: number): string | null => {
    const clients = new Map([...each(2), ['10.0.0.1', times]] as [string, number][]);
    return severity({ tally: { routes: routes({ claimed: 48 }), clients } });
  };
  assert.equal(inside(48), 'informational', 'most of them');
  assert.equal(inside(47), 'medium');
});

test('copies of what others get are no mail of its own', () => {
  const collects = (copied: number): string | null =>
    severity({ around: { collection: { feeders: [], before: true, fedBy: 3, seen: 60, copied } } });
  assert.equal(collects(48), 'informational');
  assert.equal(collects(47), 'medium');
});

test('a message that goes to several is one of a list, unless there are very many', () => {
  const shared = (facts: Partial<Tally>, isCollected = false, copied = 0): string | null =>
    severity({ tally: facts, around: { isCollected, copied } });
  assert.equal(
    shared({}, false, 48),
    'informational',
    'others here got it, although no line tells how many recipients',
  );
  assert.equal(shared({}, false, 47), 'medium');
  assert.equal(shared({}, true, 60), 'medium', 'one of the others collects copies');
  assert.equal(shared({ shared: 48 }), 'informational');
  assert.equal(shared({ shared: 47 }), 'medium');
  assert.equal(shared({ shared: 60, sharedByMany: 47 }, true), 'medium', 'one of the several collects copies');
  assert.equal(shared({ shared: 60, sharedByMany: 48 }, true), 'informational');
  const large = (count: number): string | null =>
    shared({ count, fresh: count, shared: count, senders: new Map([['a@x', count]]) });
  assert.equal(large(179), 'informational');
  assert.equal(large(180), 'medium');
});

test('forty points are low, fifty-five medium, seventy-five high', () => {
  const peaks = [30];
  assert.equal(severity({ episode: { peaks } }), 'medium', '30 and 25');
  const weak = { senders: new Map(), shapes: new Map(), addresses: each(5) };
  const bare = { senders: new Map(), shapes: new Map(), full: 1 };
  assert.equal(severity({ episode: { peaks }, tally: bare }), 'low', '30 and 10');
  assert.equal(severity({ episode: { peaks }, tally: weak }), 'low', '30 and 15');
  assert.equal(severity({ tally: weak }), 'medium', '40 and 15');
  assert.equal(severity({ tally: { full: 1 } }), 'high', '40, 25 and 10');
  const others = { estateCount: 1000, otherMailboxes: 2 };
  assert.equal(severity({ episode: { peaks }, tally: weak, around: others }), 'informational', '30, 15 and -10');
});

const MINUTE = 60_000;
test('mail that had waited is no burst, unless it came as one', () => {
  const waited = (arrivals: readonly number[], late = 36): string | null =>
    severity({ episode: { arrivals: [...arrivals] }, tally: { late } });
  const apart = (gap: number, count = 60): number[] => Array.from({ length: count }, (_, index) => index * gap);
  assert.equal(waited(apart(10 * MINUTE)), null);
  assert.equal(waited(apart(10 * MINUTE), 35), 'medium', 'most came just now');
  assert.equal(waited(apart(MINUTE / 30)), 'medium', 'thirty a minute');
  assert.equal(waited(apart(MINUTE / 29, 29)), null);
  assert.equal(waited(apart(MINUTE / 30, 30).reverse()), 'medium', 'in whichever order they were delivered');
  assert.equal(waited(apart(MINUTE / 30 + 70, 30)), null, 'thirty in more than a minute');
  assert.equal(waited(apart(5000, 60)), 'medium', 'sixty in five minutes');
  assert.equal(waited(apart(24_000, 150)), 'medium', 'a hundred and fifty in an hour');
  assert.equal(waited(apart(24_200, 149)), null);
  const between = Array.from({ length: 28 }, (_, index) => 2000 * (index + 1));
  assert.equal(waited([0, ...between, MINUTE]), null, 'the first is a minute old by then');
  assert.equal(waited([0, ...between, MINUTE - 1]), 'medium');
  assert.equal(waited([0, ...between, MINUTE, MINUTE + 1]), 'medium', 'and without the first they are thirty');
});

test('what programs of the host hand in is their own affair, what a person hands in is not', () => {
  const handed = (uid: number, times: number, facts: Partial<Tally['routes']>, ownerUid = -1): string | null =>
    severity({ tally: { routes: routes(facts), submitters: new Map([[uid, times]]) }, around: { ownerUid } });
  assert.equal(handed(0, 60, { submitted: 60 }), null);
  assert.equal(handed(999, 60, { submitted: 48 }), null);
  assert.notEqual(handed(999, 60, { submitted: 47 }), null);
  assert.equal(handed(999, 60, { submitted: 40, internal: 8 }), null);
  assert.notEqual(handed(1000, 60, { submitted: 60 }), null, 'a person');
  assert.notEqual(handed(1000, 30, { submitted: 60 }), null);
  assert.equal(handed(1000, 29, { submitted: 60 }), null, 'not by one person');
  assert.equal(handed(1000, 60, { submitted: 60 }, 1000), null, 'the owner');
  assert.equal(severity({ tally: { routes: routes({ submitted: 60 }) } }), null, 'nobody knows by whom');
});

test('what comes back of the mail that the owner sent is no attack', () => {
  assert.equal(severity({ tally: { ownNotifications: 48 } }), null);
  assert.notEqual(severity({ tally: { ownNotifications: 47 } }), null);
  const bounced = (nullSenders: number, sentBefore: number, count = 60): string | null =>
    severity({ tally: { count, fresh: count, nullSenders }, around: { sentBefore } });
  assert.equal(bounced(36, 30), null);
  assert.notEqual(bounced(35, 30), null);
  assert.notEqual(bounced(36, 29), null);
  assert.equal(bounced(20, 20, 20), null);
  assert.notEqual(bounced(20, 19, 20), null);
});

test('of the kinds of repetition the two strongest count', () => {
  const all = { nullSenders: 60, attachments: new Map([['a', 60]]), addresses: each(5) };
  const names = judged({ tally: all })?.factors.map(each => each.name);
  assert.deepEqual(names, ['volume', 'attachment-repeated', 'backscatter']);
});

test("a sender's rate is that of the burst so far, of an hour at least", () => {
  const one = episode({}, { senders: new Map([['a1@x', 5]]), shapes: new Map([['a#@x', 9]]) });
  const rates = (sender: string, time: number): readonly number[] => {
    const { ofWriter, ofShape } = ratesOf(one, sample({ sender, time }));
    return [ofWriter, ofShape];
  };
  assert.deepEqual(rates('a1@x', 60_000), [6, 10]);
  assert.deepEqual(rates('a1@x', 2 * HOUR), [3, 5]);
  assert.deepEqual(rates('a2@x', 0), [1, 10]);
  assert.deepEqual(rates('b@x', 0), [1, 1]);
});
