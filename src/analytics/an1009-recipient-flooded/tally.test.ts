import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from './burst.test-support.ts';
import type { Sample } from './sample.ts';
import { addToTally, newTally, type Tally, topOf } from './tally.ts';

const OLD = 900_000;
const stranger = { familiar: false, fresh: true, heard: false, newNetwork: true, machine: false };
const known = { familiar: true, fresh: false, heard: true, newNetwork: false, machine: false };
function tallied(samples: readonly Partial<Sample>[], about = stranger, patterns: readonly string[] = ['.iso']): Tally {
  const tally = newTally();
  for (const each of samples) addToTally(tally, sample(each), about, OLD, patterns);
  return tally;
}
const plain = <K, V>(map: Map<K, V>): unknown => [...map];

test('a message is counted by what it is', () => {
  const of = (facts: Partial<Sample>, about = stranger): Tally => tallied([facts], about);
  assert.equal(of({}).nullSenders, 0);
  assert.equal(of({ sender: '' }).nullSenders, 1);
  assert.equal(of({ ownNotification: true }).ownNotifications, 1);
  assert.equal(of({}, known).familiar, 1);
  assert.equal(of({}, known).fresh, 0);
  assert.deepEqual([of({}).familiar, of({}).fresh, of({}).ownNotifications], [0, 1, 0]);
  assert.equal(of({ time: OLD }).late, 1);
  assert.equal(of({ time: OLD - 1 }).late, 0);
  assert.deepEqual(
    [1, 2, 3].map(sharedBy => of({ sharedBy }).shared),
    [0, 1, 1],
  );
  assert.deepEqual(
    [1, 2, 3].map(sharedBy => of({ sharedBy }).sharedByMany),
    [0, 0, 1],
  );
  for (const [outcome, full, relayed] of [
    ['box', 0, 0],
    ['full', 1, 0],
    ['relay', 0, 1],
  ] as const)
    assert.deepEqual([of({ outcome }).full, of({ outcome }).relayed], [full, relayed]);
  assert.equal(of({ route: 'claimed' }).routes.claimed, 1);
});

test('senders, their shapes and domains, clients and networks are told apart', () => {
  const tally = tallied([
    { sender: 'p1@x.example', client: '203.0.113.1' },
    { sender: 'p2@x.example', client: '203.0.113.2' },
    { sender: 'q', client: '' },
  ]);
  assert.deepEqual(plain(tally.senders), [
    ['p1@x.example', 1],
    ['p2@x.example', 1],
    ['q', 1],
  ]);
  assert.deepEqual(plain(tally.shapes), [
    ['p#@x.example', 2],
    ['q', 1],
  ]);
  assert.deepEqual(plain(tally.domains), [
    ['x.example', 2],
    ['q', 1],
  ]);
  assert.equal(tally.clients.size, 2);
  assert.deepEqual(plain(tally.networks), [['203.0.113.0/24', 2]]);
  assert.equal(tallied([{ client: '203.0.113.1' }], known).networks.size, 0, 'mail came from there before');
});

test('sizes and submitters count where they are known, nothing and root included', () => {
  const tally = tallied([{ sizeBytes: 0, submitterUid: 0 }, { sizeBytes: 127 }, {}]);
  assert.deepEqual([tally.sized, tally.bytes], [2, 127]);
  assert.deepEqual(plain(tally.sizes), [
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(plain(tally.submitters), [[0, 1]]);
});

test('attachments count by hash and by shape, and those whose ending is listed', () => {
  const tally = tallied(
    [
      {},
      { attachmentHashes: ['sha256 a'] },
      { attachments: ['Invoice1.ISO', 'b.iso'] },
      { attachments: ['c.pdf'] },
      { attachments: ['d.img'] },
    ],
    stranger,
    ['.img', '.iso'],
  );
  assert.equal(tally.withAttachment, 4);
  assert.equal(tally.attached?.attachmentHashes[0], 'sha256 a', 'the first that carries any');
  assert.deepEqual(plain(tally.attachments), [
    ['sha256 a', 1],
    ['invoice#.iso', 1],
    ['b.iso', 1],
    ['c.pdf', 1],
    ['d.img', 1],
  ]);
  assert.equal(tally.patterned, 2);
  assert.equal(tally.pattern, '.iso', 'the ending that was met first');
});

test('the first, the last, those of known senders and those that look like no other are kept', () => {
  const five = tallied(Array.from({ length: 5 }, (_, index) => ({ queueId: `${index}` })));
  assert.deepEqual(
    five.first.map(each => each.queueId),
    ['0', '1', '2', '3', '4'],
  );
  assert.equal(five.last?.queueId, '4');
  assert.equal(tallied(Array.from({ length: 65 }, () => ({}))).first.length, 64);
  assert.deepEqual(
    five.rare.map(each => each.queueId),
    ['0', '1', '2'],
    'what came a fourth time is like others',
  );
  assert.deepEqual(five.known, []);
  const told = tallied([{}], { ...stranger, heard: true });
  assert.deepEqual([told.known.length, told.rare.length], [1, 0]);
  const untold = tallied([{ senderKnown: false }], { ...stranger, heard: true });
  assert.deepEqual([untold.known.length, untold.rare.length], [0, 1], 'whom no line tells');
});

test('of very many that look like no other, those go first whose kind turned out to be common', () => {
  const common = Array.from({ length: 3 }, () => ({ sender: 'common@x' }));
  const words = Array.from({ length: 500 }, (_, index) => ({
    sender: `${'abcdefghij'.charAt(index % 10)}${'k'.repeat(index / 10)}@x`,
  }));
  const tally = tallied([...common, ...Array.from({ length: 9 }, () => ({ sender: 'common@x' })), ...words]);
  assert.ok(tally.rare.length <= 400);
  assert.equal(
    tally.rare.some(each => each.sender === 'common@x'),
    false,
  );
  assert.equal(tally.rare[0]?.sender, 'a@x', 'the first ones stay');
});

test('what is too much to tell apart is counted as that', () => {
  const tally = tallied(Array.from({ length: 600 }, (_, index) => ({ address: `${index}@x`, sender: 'a@x' })));
  assert.equal(tally.addresses.size, 500);
  assert.equal(tally.untold, 100);
  const again = tallied([...Array.from({ length: 500 }, (_, index) => ({ host: `${index}` })), { host: '0' }]);
  assert.deepEqual([again.untold, again.hosts.get('0')], [0, 2], 'what is known is still told');
});

test('the highest count is the top, of equals the one that sorts first', () => {
  assert.equal(topOf(new Map()), null);
  assert.deepEqual(
    topOf(
      new Map([
        ['b', 2],
        ['a', 2],
        ['c', 1],
      ]),
    ),
    { key: 'a', count: 2 },
  );
  assert.deepEqual(
    topOf(
      new Map([
        ['a', 2],
        ['b', 2],
      ]),
    ),
    { key: 'a', count: 2 },
  );
  assert.deepEqual(
    topOf(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ),
    { key: 'b', count: 2 },
  );
});
