import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { TextPool } from './text-pool.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

test('what comes back equals what was given, whatever its characters', () => {
  const pool = new TextPool(64);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), text => {
      assert.equal(pool.keep(text), text);
      assert.equal(pool.flat(text), text);
    }),
  );
  for (const text of [
    '',
    '\ud800 lone surrogate of a pair',
    'Grüße aus dem Süden, ß',
    '中文的一封信件寄給了所有的人',
    'x'.repeat(20_000),
  ])
    assert.equal(pool.keep(text), text);
});

test('slices do not keep what they were cut from', () => {
  const pool = new TextPool();
  const held: string[] = [];
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 2000; i++) held.push(pool.keep(`${'-'.repeat(20_000)}${i} clerk@example.org`.slice(-22)));
  gc();
  const grown = process.memoryUsage().heapUsed - before;
  assert.equal(held.length, 2000);
  assert.ok(grown < 4_000_000, `${grown} bytes for ${2000 * 22}`);
});

test('it holds at most so many, and forgets without saying anything else', () => {
  const pool = new TextPool(8);
  let most = 0;
  for (let i = 0; i < 1000; i++) {
    const text = `somebody-${i % 20}@example.org`;
    assert.equal(pool.keep(text), text);
    most = Math.max(most, pool.size);
  }
  assert.ok(most > 4 && most <= 8, String(most));
});
