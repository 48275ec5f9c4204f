import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import { crowdOf, deviating, isAllCrowd, isRegular } from './history.ts';
import { isExternal, isLoopback, mailboxIn, type Outcome } from './outcome.ts';
import { carriedBy, mostToOne } from './weigh.ts';

const NONE = null;
const WORLD = { mail: { localDomains: new Set(['example.org']) } } as unknown as World;

/** A send that the MTA took, as far as it is asked here; no `size` is one that no log joins. */
function sent(to: readonly string[], size: number | null = null, time = 0, bytesOut: readonly number[] = []): Outcome {
  const deliveries = new Map(to.map(recipient => [recipient, { originalRecipient: '', recipient }]));
  return {
    send: { time, recipients: to },
    message: size === null ? null : { sizeBytes: size, delivery: null, others: deliveries },
    sessions: bytesOut.map(bytes => ({ mail: [], found: { flow: { bytesOut: bytes } } })),
  } as unknown as Outcome;
}
const each = (count: number, make: (index: number) => Outcome): Outcome[] =>
  Array.from({ length: count }, (_, index) => make(index));

test('outside is a domain for which nothing is delivered here; a bare name is inside', () => {
  assert.equal(isExternal('x@example.net', WORLD), true);
  assert.equal(isExternal('x@example.org', WORLD), false);
  assert.equal(isExternal('root', WORLD), false);
  assert.equal(isExternal('@example.net', WORLD), true);
});

test('this host is known in both families', () => {
  for (const to of ['127.0.0.1:25', '[::1]:25']) assert.equal(isLoopback(to), true, to);
  for (const to of ['192.0.2.1:25', '[2001:db8::1]:25']) assert.equal(isLoopback(to), false, to);
});

test('a stranger is odd only to a job that wrote to people here twice before', () => {
  const here = () => sent(['ops@example.org']);
  const out = sent(['x@example.net']);
  assert.deepEqual(deviating([here(), out], NONE, WORLD), []);
  assert.deepEqual(deviating([here(), here(), out], NONE, WORLD), ['x@example.net']);
  assert.deepEqual(deviating([out, out, out], NONE, WORLD), [], 'it wrote to nobody here');
  assert.deepEqual(
    deviating([out, here(), here(), sent(['y@example.net'])], NONE, WORLD),
    [],
    'a domain it wrote to before',
  );
  const near = sent(['x@xxample.net']);
  assert.deepEqual(deviating([out, here(), here(), near], NONE, WORLD), ['x@xxample.net'], 'a name that ends alike');
  assert.deepEqual(deviating([here(), here(), sent(['b@example.net', 'a@example.com'])], NONE, WORLD), [
    'a@example.com',
    'b@example.net',
  ]);
});

const to = (index: number): string[] => [`r${index}@example.net`];
const isCrowd = (outcomes: readonly Outcome[]): boolean => isAllCrowd(outcomes, crowdOf(outcomes, WORLD));

test('an application writes short messages of one kind to three strangers at least', () => {
  assert.equal(isCrowd(each(3, i => sent(to(i), 1000))), true);
  assert.equal(isCrowd(each(2, i => sent(to(i), 1000))), false, 'two are no crowd');
  assert.equal(isCrowd(each(3, i => sent([`r${i}@example.org`], 1000))), false, 'people here are no strangers');
  assert.equal(isCrowd(each(3, i => sent(to(i), i === 2 ? 3000 : 1000))), true, 'three times as large');
  assert.equal(isCrowd(each(4, i => sent(to(i), i === 3 ? 3001 : 1000))), false);
  assert.equal(isCrowd(each(4, i => sent(to(i), i === 3 ? 1 : 1000))), true, 'one that is smaller than usual');
  assert.equal(isCrowd(each(4, i => sent(to(i), [1000, 4000, 4000, 4000][i]))), true, 'the middle is the usual');
  assert.equal(isCrowd(each(5, i => sent(to(i), i < 2 ? 1000 : 4000))), true, 'and not the quarter');
  assert.equal(isCrowd(each(3, i => sent(to(i), 16 * 1024))), true, 'just short');
  assert.equal(isCrowd(each(3, i => sent(to(i), 16 * 1024 + 1))), false);
  assert.equal(isCrowd(each(3, i => sent(to(i)))), false, 'no size is known');
  assert.equal(isCrowd(each(3, i => sent(to(i), 1))), true);
  assert.equal(isCrowd(each(3, i => sent(to(i), 0))), false, 'an empty one says nothing');
});

test('nobody of the crowd is written to again and again, but somebody here may be', () => {
  assert.equal(isCrowd(each(9, i => sent(to(i % 3), 1000))), true, 'three times each');
  assert.equal(isCrowd([...each(9, i => sent(to(i % 3), 1000)), sent(to(0), 1000)]), false, 'four times');
  const told = each(9, () => sent(['ops@example.org'], 1000));
  assert.equal(isCrowd([...told, ...each(3, i => sent(to(i), 1000))]), true);
});

test('what goes to several at once is not of the crowd; what is not known speaks neither way', () => {
  const three = each(3, i => sent(to(i), 1000));
  assert.equal(isCrowd([...three, sent(['a@example.net', 'b@example.net'], 1000)]), false, 'two recipients');
  assert.equal(isCrowd([...three, sent([])]), true, 'neither recipient nor size');
  assert.equal(isCrowd([...three, sent([], 1)]), false, 'a size without recipient');
  assert.equal(isCrowd([...three, sent([], 0)]), true, 'no size is none');
  assert.equal(isCrowd([...three, sent(to(0))]), false, 'a recipient without size');
  assert.equal(isAllCrowd([sent([])], NONE), false);
});

test('to a job that writes to whoever asks the message is odd, and not the stranger', () => {
  const here = each(2, () => sent(['ops@example.org'], 900));
  const crowd = each(4, i => sent([`r${i}@site${i}.example`], 1000));
  const oddIn = (outcomes: readonly Outcome[]): string[] => deviating(outcomes, crowdOf(outcomes, WORLD), WORLD);
  assert.deepEqual(oddIn([...here, ...crowd]), []);
  assert.deepEqual(oddIn([...here, ...crowd, sent(['r0@site0.example'], 3001)]), ['r0@site0.example'], 'a large one');
  assert.deepEqual(oddIn([...here, ...crowd, sent(['r9@site0.example'])]), [], 'of no known size');
  const two = ['r8@site0.example', 'r9@site0.example'];
  assert.deepEqual(oddIn([...here, ...crowd, sent(two, 1)]), two, 'of a byte, to two at once');
  assert.deepEqual(oddIn([...here, ...crowd, sent(two, 0)]), []);
  assert.deepEqual(oddIn([...here, ...crowd, sent(['ops@example.org'], 90_000)]), [], 'a large one for people here');
});

test('a name with a detail behind a plus is the same mailbox', () => {
  const tagged = (index: number): string[] => [`box+${index}@example.net`];
  assert.equal(mailboxIn('box+1@example.net'), 'box@example.net');
  assert.equal(mailboxIn('b+1+2@example.net'), 'b@example.net');
  for (const address of ['+1@example.net', 'box@example.net', 'root', 'box@ex+ample.net', 'box+1'])
    assert.equal(mailboxIn(address), address);
  assert.equal(isCrowd(each(3, i => sent(tagged(i), 1000))), false);
  assert.equal(isRegular(each(2, i => sent(tagged(i), 1000, i * HOUR_MS))), true);
  assert.deepEqual(mostToOne(each(4, i => sent(tagged(i)))), { address: 'box@example.net', count: 4 });
  assert.deepEqual(mostToOne([sent(['box+1@example.net', 'box+2@example.net'])]), {
    address: 'box@example.net',
    count: 1,
  });
});

test('a report goes to the same people, half an hour apart at least, within a factor of three', () => {
  const every = (gap: number, sizes: readonly (number | null)[]): Outcome[] =>
    sizes.map((size, index) => sent(['a@example.net', 'b@example.net'], size, index * gap));
  assert.equal(isRegular(every(HOUR_MS / 2, [1000, 3000])), true);
  assert.equal(isRegular(every(HOUR_MS / 2, [1000, 3001])), false);
  assert.equal(isRegular(every(HOUR_MS / 2 - 1, [1000, 1000])), false);
  assert.equal(isRegular(every(HOUR_MS, [null, null])), true, 'sizes that are not known do not speak against it');
  assert.equal(isRegular(every(HOUR_MS, [null, 1000, 5000])), false);
  assert.equal(isRegular(every(HOUR_MS, [0, 1])), false);
  assert.equal(isRegular(every(HOUR_MS, [-1, 1000])), true, 'one that the log does not tell');
  assert.equal(isRegular(every(HOUR_MS, [1000])), false, 'one is no habit');
  assert.equal(isRegular([sent(['a@example.net'], 9, 0), sent(['b@example.net'], 9, HOUR_MS)]), false);
  assert.equal(
    isRegular([sent(['a@example.net', 'b@example.net'], 9, HOUR_MS), sent(['b@example.net', 'a@example.net'], 9, 0)]),
    true,
    'in whichever order',
  );
});

test('most go to the one who gets the most, of equals the first', () => {
  assert.deepEqual(mostToOne([]), { address: '', count: 0 });
  assert.deepEqual(mostToOne([sent(['b@example.net', 'a@example.net'])]), { address: 'b@example.net', count: 1 });
  assert.deepEqual(mostToOne([sent(['b@example.net', 'a@example.net']), sent(['a@example.net'])]), {
    address: 'a@example.net',
    count: 2,
  });
});

test('the bytes of a send are those that the MTA took, else those on the wire', () => {
  assert.deepEqual(carriedBy(sent([], 700, 0, [9000])), { largest: 700, total: 700 });
  assert.deepEqual(carriedBy(sent([], 0, 0, [9000])), { largest: 0, total: 0 });
  assert.deepEqual(carriedBy(sent([], -1, 0, [9000, -1, 0, 10])), { largest: 9000, total: 9010 });
  assert.deepEqual(carriedBy(sent([], null, 0, [-1])), { largest: -1, total: -1 });
  assert.deepEqual(carriedBy(sent([], null, 0, [0])), { largest: 0, total: 0 });
  assert.deepEqual(carriedBy(sent([])), { largest: -1, total: -1 });
});
