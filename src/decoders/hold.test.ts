import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../events/event.ts';
import { EventHold } from './hold.ts';

const event = (time: number): WatchEvent => ({ time, host: 'ws1', order: 0, kind: 'sensor.health' }) as never;

test('what left twice, late or early is told in the words of the log that it came from', () => {
  const left: number[] = [];
  const hold = new EventHold(3, ({ time }) => left.push(time));
  assert.deepEqual([...hold.drops('line')], []);
  for (const time of [2, 2]) hold.add(event(time));
  hold.drain(2, 'inclusive');
  hold.add(event(1));
  hold.drain(2, 'inclusive');
  for (const time of [7, 6, 5, 4]) hold.add(event(time));
  assert.deepEqual(left, [2, 1, 4, 5]);
  assert.deepEqual(
    [...hold.drops('line')],
    [
      ['duplicate line', 1],
      ['late', 1],
      ['held events emitted early', 2],
    ],
  );
  assert.deepEqual(
    [...hold.drops('record')],
    [
      ['duplicate record', 1],
      ['record later than the lateness', 1],
      ['record let go early, too many at once', 2],
    ],
  );
});

test('what is restored is a copy, with what waits and what was counted', () => {
  const left: number[] = [];
  const hold = new EventHold(9, ({ time }) => left.push(time));
  for (const time of [1, 1]) hold.add(event(time));
  hold.drain(1, 'inclusive');
  hold.add(event(3));
  const saved = hold.data;
  const other = new EventHold(9, ({ time }) => left.push(time));
  other.restore(saved);
  hold.add(event(2));
  other.drain(9, 'inclusive');
  assert.deepEqual(left, [1, 3]);
  assert.deepEqual([...other.drops('line')], [['duplicate line', 1]]);
});
