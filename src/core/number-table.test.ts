import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NumberTable } from './number-table.ts';

test('a number keeps its row until as many others as promised were claimed', () => {
  const table = new NumberTable(8);
  const row = table.claim(2 ** 52 + 1);
  for (let i = 0; i < 8; i++) table.claim(i);
  assert.equal(table.find(2 ** 52 + 1), row);
  assert.equal(table.find(99), -1);
  for (let i = 8; i < 32; i++) table.claim(i);
  assert.equal(table.find(2 ** 52 + 1), -1);
  for (let i = 24; i < 32; i++) assert.notEqual(table.find(i), -1, `${i} is one of the last eight`);
});

test('what is claimed again is young again, and no two numbers share a row', () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.maxSafeNat()), { maxLength: 300 });
  fc.assert(
    fc.property(numbers, keys => {
      const table = new NumberTable(8);
      const owner = new Array<number>(table.rows).fill(-1);
      keys.forEach((key, i) => {
        owner[table.claim(key)] = key;
        for (const recent of new Set(keys.slice(Math.max(0, i - 7), i + 1)))
          assert.equal(owner[table.find(recent)], recent);
      });
    }),
  );
});

test('goes on after a restore as before', () => {
  const table = new NumberTable(4);
  for (let i = 0; i < 7; i++) table.claim(i * 2 ** 40);
  const other = new NumberTable(4);
  other.restore(structuredClone(table.snapshot()));
  for (let i = 0; i < 12; i++) {
    assert.equal(other.find(i * 2 ** 40), table.find(i * 2 ** 40));
    assert.equal(other.claim(i * 2 ** 41), table.claim(i * 2 ** 41));
  }
});
