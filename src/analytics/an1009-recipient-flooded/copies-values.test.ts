import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../../core/time.ts';
import { sample } from './burst.test-support.ts';
import { type Collection, Copies } from './copies.ts';

/** Mail as `collector` and others get it: `n` messages of each, of which so many go to the collector as well. */
interface Mix {
  readonly feeders?: number;
  /** Of each feeder. */
  readonly each?: number;
  /** Of each feeder, those that the collector gets too. */
  readonly copied?: number;
  /** What only the collector gets. */
  readonly alone?: number;
}
function fill(copies: Copies, { feeders = 10, each = 4, copied = each, alone = 0 }: Mix): Copies {
  for (let feeder = 0; feeder < feeders; feeder++)
    for (let i = 0; i < each; i++) {
      const messageId = `${feeder}.${i}`;
      copies.add(`f${feeder}`, sample({ messageId }), false);
      if (i < copied) copies.add('collector', sample({ messageId }), false);
    }
  for (let i = 0; i < alone; i++) copies.add('collector', sample({ messageId: `own.${i}` }), false);
  return copies;
}
const collected = (mix: Mix): Collection | null => fill(new Copies(), mix).collectionOf('collector');

test('a mailbox that gets the mail of many collects it', () => {
  const found = collected({});
  assert.deepEqual([found?.fedBy, found?.seen, found?.copied, found?.before], [10, 40, 40, true]);
  assert.deepEqual(found?.feeders.slice(0, 2), ['f0', 'f1']);
  assert.equal(fill(new Copies(), {}).collectionOf('f0'), null, 'and nobody else does');
  assert.equal(new Copies().collectionOf('nobody'), null);
});

test('of a message as many as twelve mailboxes are told apart', () => {
  const copies = new Copies();
  for (let i = 0; i < 100; i++) {
    for (let k = 0; k < 8; k++) copies.add(`f${(i + k) % 20}`, sample({ messageId: `m${i}` }), false);
    copies.add('collector', sample({ messageId: `m${i}` }), false);
  }
  assert.equal(copies.collectionOf('collector')?.fedBy, 20);
});

test('nine in ten of its mail must be copies', () => {
  assert.notEqual(collected({ alone: 4 }), null, '40 of 44');
  assert.equal(collected({ alone: 5 }), null, '40 of 45 are less');
});

test('three others must give nearly all of theirs, three messages each at least', () => {
  assert.equal(collected({ feeders: 3, each: 20 })?.fedBy, 3);
  assert.equal(collected({ feeders: 2, each: 30 }), null);
  assert.equal(collected({ feeders: 20, each: 2 }), null);
  assert.equal(collected({ feeders: 20, each: 3 })?.fedBy, 20);
  assert.equal(collected({ each: 10, copied: 9 })?.fedBy, 10);
  assert.equal(collected({ each: 10, copied: 8 }), null);
});

test('twenty messages must be of others than the one that gives most', () => {
  assert.notEqual(collected({ feeders: 6, each: 4 }), null, '24 less 4');
  assert.equal(collected({ feeders: 5, each: 4 }), null, '20 less 4');
});

test('a mailbox is collected when nearly all of its mail goes to such a one', () => {
  const copies = fill(new Copies(), { each: 10 });
  assert.equal(copies.isCollected('f0'), true);
  assert.equal(copies.isCollected('collector'), false);
  assert.equal(copies.isCollected('nobody'), false);
  copies.add('f0', sample({ messageId: 'more' }), false);
  assert.equal(copies.isCollected('f0'), true, '10 of 11');
  copies.add('f0', sample({ messageId: 'again' }), false);
  assert.equal(copies.isCollected('f0'), false, '10 of 12');
  const few = fill(new Copies(), { feeders: 2, each: 30 });
  assert.equal(few.isCollected('f0'), false, 'a pair is no collection');
});

test('what others got as well is a copy, by message id and as often as it came to both', () => {
  const count = (act: (copies: Copies) => void): readonly [number, number] => {
    const copies = new Copies();
    act(copies);
    const { shared } = copies.snapshot();
    const own = new Map(shared.entries).get('a') as { seen: number; copied: number };
    return [own.seen, own.copied];
  };
  const one = sample({ messageId: 'm' });
  assert.deepEqual(
    count(copies => copies.add('a', one, false)),
    [1, 0],
  );
  assert.deepEqual(
    count(copies => copies.add('a', one, true)),
    [1, 1],
    'it has other recipients',
  );
  const both =
    (first: string, ...rest: readonly string[]) =>
    (copies: Copies) => {
      for (const mailbox of [first, ...rest]) copies.add(mailbox, one, false);
    };
  assert.deepEqual(count(both('a', 'b')), [1, 1]);
  assert.deepEqual(count(both('b', 'a')), [1, 1]);
  assert.deepEqual(count(both('a', 'a', 'b')), [2, 1], 'once to the other');
  assert.deepEqual(count(both('a', 'a', 'b', 'b')), [2, 2]);
  assert.deepEqual(count(both('b', 'b', 'a')), [1, 1]);
  assert.deepEqual(count(both('a', 'b', 'c')), [1, 1], 'to two others it is one copy');
  const nameless = sample();
  assert.deepEqual(
    count(copies => ['a', 'b'].forEach(mailbox => copies.add(mailbox, nameless, false))),
    [1, 0],
    'nothing joins them',
  );
  const root = { host: 'mx1', queueId: 'Q', firstTime: epochMs(5) };
  assert.deepEqual(
    count(copies => ['a', 'b'].forEach(mailbox => copies.add(mailbox, nameless, false, root))),
    [1, 1],
  );
});

test('of a burst only what came since it began is told, and whether it was so before', () => {
  const burst = (before: Mix, during: Mix, count = 0): Collection | null => {
    const copies = fill(new Copies(), before);
    copies.burstBegan('collector', 5, count);
    fill(copies, { ...during });
    copies.burstBegan('collector', 5, 99);
    return copies.collectionOf('collector');
  };
  const known = burst({ feeders: 7 }, { feeders: 0 });
  assert.deepEqual([known?.before, known?.seen, known?.copied], [true, 0, 0], '28 before');
  const counted = burst({ feeders: 7 }, { feeders: 0 }, 8);
  assert.deepEqual([counted?.before, counted?.seen, counted?.copied], [true, 8, 8], '20 before, and 8 of the burst');
  assert.deepEqual(burst({ feeders: 7 }, { feeders: 0 }, 9)?.before, false);
  assert.equal(burst({ feeders: 4, each: 7 }, { feeders: 0 }, 28), null, 'at once it takes five others');
  assert.equal(burst({ feeders: 5, each: 7 }, { feeders: 0 }, 35)?.before, false);
});

test('of a burst the messages that others got as well are told, whoever got them first', () => {
  const copies = fill(new Copies(), {});
  assert.equal(copies.copiedSince('collector', 5), 0, 'no burst');
  assert.equal(copies.copiedSince('nobody', 5), 0);
  copies.burstBegan('collector', 5, 10);
  assert.equal(copies.copiedSince('collector', 5), 10);
  assert.equal(copies.copiedSince('collector', 6), 0, 'another burst');
  for (const mailbox of ['collector', 'f0']) copies.add(mailbox, sample({ messageId: 'late' }), false);
  copies.add('collector', sample({ messageId: 'alone' }), false);
  assert.equal(copies.copiedSince('collector', 5), 11);
});

test('another burst of the mailbox begins anew', () => {
  const copies = fill(new Copies(), {});
  copies.burstBegan('collector', 5, 0);
  copies.burstBegan('collector', 6, 10);
  assert.equal(copies.collectionOf('collector')?.seen, 10);
  copies.burstBegan('collector', 6, 99);
  assert.equal(copies.collectionOf('collector')?.seen, 10, 'once each');
  const more = new Copies();
  more.add('collector', sample({ messageId: 'x' }), false);
  more.burstBegan('collector', 5, 9);
  const [, own] = more.snapshot().shared.entries[0] as unknown as [string, { mark: { copied: number } }];
  assert.equal(own.mark.copied, 0, 'never less than none');
});

test('beside very many mailboxes the first are told apart', () => {
  const copies = new Copies();
  for (let i = 0; i < 30; i++) copies.add(`m${i}`, sample({ messageId: 'm' }), false);
  for (let i = 0; i < 100; i++)
    for (const mailbox of ['a', `b${i}`]) copies.add(mailbox, sample({ messageId: `${i}` }), false);
  const withA = new Map(copies.snapshot().shared.entries).get('a') as { with: Map<string, number>; copied: number };
  assert.equal(withA.with.size, 64);
  assert.equal(withA.copied, 100);
});

test('a message id that comes again is a copy only as often as another got it', () => {
  const copies = fill(new Copies(), {});
  for (let i = 0; i < 4; i++) copies.add('collector', sample({ messageId: '0.0' }), false);
  assert.notEqual(copies.collectionOf('collector'), null, '40 of 44');
  copies.add('collector', sample({ messageId: '0.0' }), false);
  assert.equal(copies.collectionOf('collector'), null, '40 of 45');
});

test('nine in ten are enough, for the collector and for those whose mail it gets', () => {
  assert.notEqual(collected({ feeders: 9, each: 4, alone: 4 }), null, '36 of 40');
  assert.equal(fill(new Copies(), { each: 10, copied: 9 }).isCollected('f0'), true);
});

test('three who fed it before the burst are enough, for they did so before', () => {
  const copies = fill(new Copies(), { feeders: 3, each: 20 });
  copies.burstBegan('collector', 5, 10);
  const found = copies.collectionOf('collector');
  assert.deepEqual([found?.before, found?.fedBy, found?.seen], [true, 3, 10]);
});

test('of very many others those that came first go on being counted', () => {
  const copies = fill(new Copies(), { feeders: 70 });
  for (let i = 0; i < 20; i++)
    for (const mailbox of ['f0', 'collector']) copies.add(mailbox, sample({ messageId: `late.${i}` }), false);
  const feeders = copies.collectionOf('collector')?.feeders ?? [];
  assert.deepEqual([feeders.length, feeders[0]], [64, 'f0']);
});
