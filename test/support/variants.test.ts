import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shuffled, timeOf, twice } from './variants.ts';

const line = (ms: number, serial: number) =>
  Buffer.from(`type=SYSCALL msg=audit(${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}:${serial}): a=1`);

test('shuffling moves many lines and none by more than the bound', () => {
  const lines = Array.from({ length: 500 }, (_, i) => line(1_700_000_000_000 + i * 37, i));
  const after = shuffled(lines, 2000, 7);
  assert.deepEqual(after.map(String).sort(), lines.map(String).sort());
  assert.ok(after.filter((each, i) => each !== lines[i]).length > 400);
  let latest = 0;
  for (const each of after) {
    assert.ok(timeOf(each) > latest - 2000);
    latest = Math.max(latest, timeOf(each));
  }
  assert.deepEqual(shuffled(lines, 2000, 7), after, 'the same seed gives the same order');
});

test('doubling puts each line beside itself', () => {
  assert.deepEqual(twice([Buffer.from('a'), Buffer.from('b')]).map(String), ['a', 'a', 'b', 'b']);
});

test('reads the stamps of all logs', () => {
  assert.equal(timeOf(line(1_700_000_000_123, 1)), 1_700_000_000_123);
  assert.equal(timeOf(Buffer.from('2026-03-01T09:00:00.5+01:00 mx x: y')), Date.UTC(2026, 2, 1, 8, 0, 0, 500));
  assert.equal(timeOf(Buffer.from('Mar  1 09:00:00 mx x: y')), Date.UTC(2024, 2, 1, 9));
  assert.ok(Number.isNaN(timeOf(Buffer.from('no stamp'))));
});
