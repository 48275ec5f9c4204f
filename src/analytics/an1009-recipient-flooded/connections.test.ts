import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../events/finding.ts';
import type { MailDisconnected } from '../../events/mail-events.ts';
import { REF, worldOf } from './burst.test-support.ts';
import { ConnectionStorm } from './connections.ts';

const MINUTE = 60_000;
interface Calls {
  readonly count: number;
  readonly every?: number;
  readonly clients?: number;
  readonly asked?: (index: number) => readonly string[];
  readonly threshold?: number;
  readonly host?: string;
}
function storm(
  { count, every = 1000, clients = 7, asked, threshold = 1, host = 'mx1' }: Calls,
  rejected = true,
): Finding | undefined {
  const all = new ConnectionStorm(threshold);
  for (let i = 0; i < count; i++)
    all.add({
      time: i * every,
      host,
      clientAddress: `203.0.113.${i % clients}`,
      ref: REF,
      ...(asked === undefined ? {} : { asked: asked(i) }),
    } as unknown as MailDisconnected);
  return all.findings(worldOf({ seen: () => rejected }))[0];
}
const met = (calls: Calls): string | undefined => storm(calls)?.factors[0]?.tunable?.met;

test('ten times the threshold within ten minutes is a storm', () => {
  assert.equal(storm({ count: 9 }), undefined);
  assert.equal(met({ count: 10 }), '10 connections');
  assert.equal(met({ count: 25 }), '25 connections');
  assert.equal(met({ count: 10, every: (10 * MINUTE) / 9 }), undefined, 'the first is ten minutes old by then');
  assert.equal(met({ count: 10, every: (10 * MINUTE) / 9 - 1 }), '10 connections');
  assert.equal(storm({ count: 19, threshold: 2 }), undefined);
  assert.equal(met({ count: 20, threshold: 2 }), '20 connections');
  assert.equal(met({ count: 2500, every: 1, threshold: 99_999 }), '2500 connections', 'as many as are kept at most');
});

test('who called is counted from the window on', () => {
  assert.match(storm({ count: 10 })?.story ?? '', /10 connections from at least 7 addresses ended/);
  assert.match(storm({ count: 10, clients: 10 })?.story ?? '', /from at least 10 addresses/);
  assert.match(
    storm({ count: 30, every: MINUTE / 2, clients: 30, threshold: 2 })?.story ?? '',
    /30 connections from at least 30/,
  );
  assert.match(storm({ count: 3000, every: 1, clients: 3000 })?.story ?? '', /3000 connections from at least 1000/);
});

test('calls that are ten minutes old are none of the storm, nor are their callers', () => {
  const all = new ConnectionStorm(1);
  const call = (time: number, clientAddress: string): void =>
    all.add({ time, host: 'mx1', clientAddress, ref: REF } as unknown as MailDisconnected);
  for (let i = 0; i < 5; i++) call(i, `198.51.100.${i}`);
  for (let i = 0; i < 10; i++) call(10 * MINUTE + 10 + i, '203.0.113.1');
  const [found] = all.findings(worldOf({ seen: () => true }));
  assert.match(found?.story ?? '', /10 connections from at least 1 addresses/);
  assert.equal(found?.steps[0]?.time, 10 * MINUTE + 10);
});

test('one storm is told a host, from its window to its last connection', () => {
  const found = storm({ count: 12 });
  assert.deepEqual(
    found?.steps.map(step => [step.id, step.time]),
    [
      ['limit', 0],
      ['last', 11_000],
    ],
  );
  assert.equal(found?.severity, 'informational');
  assert.deepEqual(
    found?.wouldChange.map(each => each.weight),
    [30, -20],
  );
  assert.match(found?.wouldChange[1]?.what ?? '', /above 2 messages a minute$/);
});

test('whom the calls were meant for is told where the wire shows it', () => {
  const blind = storm({ count: 10 });
  assert.deepEqual(blind?.links[0]?.strength, 'unavailable');
  assert.deepEqual(blind?.entities, [{ kind: 'host', value: 'mx1' }]);
  assert.deepEqual(blind?.missing, []);
  assert.match(storm({ count: 10 }, false)?.missing[0] ?? '', /^No refusals are logged/);
  const seen = storm({ count: 12, asked: index => (index === 11 ? [] : ['Clerk@example.org']) }, false);
  assert.deepEqual([seen?.links[0]?.to, seen?.links[0]?.strength], ['last', 'inferred']);
  assert.deepEqual(seen?.missing, []);
  assert.deepEqual(seen?.entities[1], { kind: 'recipient', value: 'clerk@example.org' });
  assert.match(seen?.factors[0]?.evidence ?? '', /; 2 of those seen asked for clerk@example\.org$/);
  assert.match(seen?.story ?? '', / Most asked for clerk@example\.org\.$/);
  assert.equal(seen?.wouldChange[0]?.why, 'no flood of clerk@example.org was seen');
  const many = storm({ count: 500, asked: index => [`${index}@x`, 'first@x'] });
  assert.match(
    many?.factors[0]?.evidence ?? '',
    /; 491 of those seen asked for first@x$/,
    'of very many names those told first',
  );
});

test('a snapshot goes on where it was', () => {
  const before = new ConnectionStorm(1);
  const call = (time: number): MailDisconnected =>
    ({ time, host: 'mx1', clientAddress: 'a', ref: REF }) as unknown as MailDisconnected;
  for (let i = 0; i < 9; i++) before.add(call(i));
  const after = new ConnectionStorm(1);
  after.restore(before.snapshot());
  after.add(call(9));
  assert.equal(after.findings(worldOf({ seen: () => true })).length, 1);
});
