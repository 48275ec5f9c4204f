import assert from 'node:assert/strict';
import { test } from 'node:test';
import { each, episode, HOUR, held } from './burst.test-support.ts';
import { repetitionOf } from './repetition.ts';
import type { Tally } from './tally.ts';

type Facts = Partial<Tally>;
const found = (counts: Facts, facts: Parameters<typeof episode>[0] = {}, stores = held()): readonly string[] =>
  repetitionOf(episode(facts, counts), stores).map(({ weight, name }) => `${weight} ${name}`);
const one = <K>(key: K, count: number): Map<K, number> => new Map([[key, count]]);

test('one attachment counts from ten messages and three in ten', () => {
  const carried = (count: number, of: number): readonly string[] => found({ count: of, attachments: one('a', count) });
  assert.deepEqual(carried(10, 33), ['30 attachment-repeated']);
  assert.deepEqual(carried(9, 9), []);
  assert.deepEqual(carried(10, 34), []);
  assert.deepEqual(carried(30, 100), ['30 attachment-repeated']);
});

test('an attachment whose ending is listed says so when half of them have it', () => {
  const patterned = (count: number) =>
    repetitionOf(episode({}, { count: 20, attachments: one('a', 20), patterned: count, pattern: '.iso' }), null)[0];
  assert.equal(patterned(10)?.weight, 35);
  assert.deepEqual(patterned(10)?.tunable, { name: 'AttachmentPatternList', met: '10 messages', limit: '.iso' });
  assert.equal(patterned(9)?.weight, 30);
  assert.equal(patterned(9)?.tunable, undefined);
});

test('where no line names attachments, what the mailbox holds again and again does', () => {
  const stored = (count: number, logged: number, inStore: number, name = 'a.iso') =>
    repetitionOf(
      episode({}, { count: logged }),
      held({ stored: inStore, repeated: { name, sha256: 'abc', count, bytes: 9 } as never }),
    )[0];
  assert.match(stored(10, 33, 99)?.evidence ?? '', /^10 messages in the mailbox hold the same attachment a\.iso/);
  assert.notEqual(stored(10, 99, 33), undefined, 'of the fewer of both');
  assert.equal(stored(10, 34, 34), undefined);
  assert.notEqual(stored(30, 100, 100), undefined);
  assert.equal(stored(9, 9, 9), undefined);
  assert.match(stored(10, 10, 10, '')?.evidence ?? '', /without a name/);
});

test('notices that nobody asked for count from twenty and from half of it', () => {
  assert.deepEqual(found({ count: 40, nullSenders: 20 }), ['30 backscatter']);
  assert.deepEqual(found({ count: 41, nullSenders: 20 }), []);
  assert.deepEqual(found({ count: 19, nullSenders: 19 }), []);
});

test('strangers who write once each count where strangers are not usual', () => {
  const fresh = (senders: number, count: number, facts = {}, unknown = count): readonly string[] =>
    found({ count, fresh: unknown, senders: each(senders) }, facts);
  assert.deepEqual(fresh(20, 40), ['35 strangers-once-each']);
  assert.deepEqual(fresh(20, 41), []);
  assert.deepEqual(fresh(19, 19), []);
  assert.deepEqual(fresh(40, 40, {}, 32), ['35 strangers-once-each']);
  assert.deepEqual(fresh(40, 40, {}, 31), []);
  assert.deepEqual(fresh(40, 40, { strangersUsual: 0.39 }), ['35 strangers-once-each']);
  assert.deepEqual(fresh(40, 40, { strangersUsual: 0.4 }), []);
  assert.deepEqual(fresh(40, 40, { evidenceBeforeMs: 24 * HOUR }), ['35 strangers-once-each']);
  assert.deepEqual(fresh(40, 40, { evidenceBeforeMs: 24 * HOUR - 1 }), ['30 strangers-once-each']);
});

test('one unknown sender counts from twenty messages and six in ten', () => {
  const from = (key: string, times: number, count: number, fresh = count): readonly string[] =>
    found({ count, fresh, senders: one(key, times) });
  assert.deepEqual(from('a@x', 20, 33), ['25 one-sender']);
  assert.deepEqual(from('a@x', 20, 34), []);
  assert.deepEqual(from('a@x', 60, 100), ['25 one-sender']);
  assert.deepEqual(from('a@x', 19, 19), []);
  assert.deepEqual(from('a@x', 20, 20, 10), ['25 one-sender']);
  assert.deepEqual(from('a@x', 20, 20, 9), [], 'most are known');
  assert.deepEqual(from('', 20, 20), [], 'the null sender is nobody');
  assert.deepEqual(from('?', 20, 20), [], 'and so is one that no line tells');
});

test('senders that differ in their numbers only count from twenty and four in ten', () => {
  const alike = (key: string, times: number, count: number, senders = each(15)): readonly string[] =>
    found({ count, fresh: count, shapes: one(key, times), senders });
  assert.deepEqual(alike('p#@x', 20, 50), ['25 senders-alike']);
  assert.deepEqual(alike('p#@x', 20, 51), []);
  assert.deepEqual(alike('p#@x', 19, 19), []);
  assert.deepEqual(alike('', 20, 50), []);
  assert.deepEqual(alike('?', 20, 50), []);
  assert.deepEqual(alike('p@x', 20, 50, one('p@x', 20)), [], 'it is one sender');
  assert.deepEqual(alike('p#@x', 20, 50, one('q@x', 20)), [], 'another sender wrote as much');
  assert.deepEqual(alike('p#@x', 20, 50, one('q@x', 19)), ['25 senders-alike']);
  assert.deepEqual(alike('p#@x', 20, 50, one('?', 40)), ['25 senders-alike'], 'whom no line tells');
  assert.deepEqual(alike('p#@x', 20, 50, new Map()), ['25 senders-alike']);
});

test('one size counts with its neighbours, from thirty and six in ten, more when it is large', () => {
  const sized = (sizes: readonly (readonly [number, number])[], count: number): readonly string[] =>
    found({ count, sizes: new Map(sizes) });
  const three = [
    [9, 10],
    [10, 11],
    [11, 10],
  ] as const;
  assert.deepEqual(sized(three, 51), ['15 same-size']);
  assert.deepEqual(sized(three, 52), []);
  assert.deepEqual(sized([[10, 30]], 30), ['15 same-size']);
  assert.deepEqual(sized([[10, 60]], 100), ['15 same-size']);
  assert.deepEqual(sized([[10, 29]], 29), []);
  assert.deepEqual(
    sized(
      [
        [10, 20],
        [8, 10],
        [12, 10],
      ],
      40,
    ),
    [],
    'two steps apart',
  );
  assert.deepEqual(sized([[312, 30]], 30), ['15 same-size'], '19 968 bytes');
  assert.deepEqual(sized([[313, 30]], 30), ['30 same-large-content'], '20 032 bytes');
});

const NET = '203.0.113.0/24';
const hosts = (count: number, net = '203.0.113.'): Map<string, number> => each(count, net);

test('one network counts with ten addresses of its own and six in ten messages', () => {
  const net = (key: string, times: number, count: number, clients: Map<string, number>): readonly string[] =>
    found({ count, networks: one(key, times), clients });
  assert.deepEqual(net(NET, 6, 10, hosts(10)), ['20 one-network']);
  assert.deepEqual(net(NET, 5, 10, hosts(10)), []);
  assert.deepEqual(net(NET, 6, 10, hosts(9)), []);
  assert.deepEqual(net(NET, 6, 10, new Map([...hosts(9), ...hosts(30, '192.0.2.')])), [], 'the others are elsewhere');
  assert.deepEqual(net('', 6, 10, each(10)), []);
});

test('many addresses of one mailbox count from five and twenty messages', () => {
  assert.deepEqual(found({ count: 20, addresses: each(5) }), ['15 many-addresses']);
  assert.deepEqual(found({ count: 20, addresses: each(4) }), []);
  assert.deepEqual(found({ count: 19, addresses: each(5) }), []);
});

test('the strongest comes first, of equals by name', () => {
  const counts = { count: 60, nullSenders: 30, attachments: one('a', 60), networks: one(NET, 60), clients: hosts(10) };
  assert.deepEqual(found(counts), ['30 attachment-repeated', '30 backscatter', '20 one-network']);
});
