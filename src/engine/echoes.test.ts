import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../events/event.ts';
import { Echoes } from './echoes.ts';
import { shortNames } from './host-names.ts';

const at = (time: number, order = 1, host = 'mx1'): WatchEvent =>
  ({ kind: 'mail.disconnected', time, order, host }) as unknown as WatchEvent;

test('what a second log repeats is known, whichever tells first and however it stamps', () => {
  const echoes = new Echoes();
  assert.deepEqual(
    [
      echoes.isEcho(at(1000), 0),
      echoes.isEcho(at(1412.345), 1),
      // Both told it twice within a second.
      echoes.isEcho(at(1800), 1),
      echoes.isEcho(at(1900), 0),
    ],
    [false, true, false, true],
  );
});

test('another line, another host, another time and the same log are no echo', () => {
  const echoes = new Echoes();
  const events = [at(1000), at(1000, 2), at(1000, 1, 'mx2'), at(9000)];
  assert.deepEqual(
    events.map((event, log) => echoes.isEcho(event, log)),
    [false, false, false, false],
  );
  assert.equal(echoes.isEcho(at(9100), 3), false);
  // What lies far back is forgotten.
  assert.equal(echoes.isEcho(at(60_000), 0), false);
});

test('a full name is the short one where only one full name fits', () => {
  assert.deepEqual([...shortNames(['mx1', 'mx1.example.org', 'mx2.example.org'])], [['mx1.example.org', 'mx1']]);
  assert.deepEqual([...shortNames(['mx1', 'mx1.example.org', 'mx1.example.com'])], []);
  assert.deepEqual([...shortNames(['192', '192.0.2.1'])], []);
});
