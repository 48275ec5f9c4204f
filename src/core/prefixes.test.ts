import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Prefixes } from './prefixes.ts';

test('bits of all prefixes that fit come back together', () => {
  const table = new Prefixes([
    [1, ['/usr/', '/bin/']],
    [2, ['/usr/lib/']],
    [4, ['/u']],
  ]);
  assert.equal(table.of('/usr/lib/x'), 7);
  assert.equal(table.of('/usr/bin'), 5);
  assert.equal(table.of('/usr'), 4);
  assert.equal(table.of('/bin/'), 1);
  assert.equal(table.of(''), 0);
  assert.equal(table.of('/bin\u00e9/'), 0);
  assert.equal(table.of('at /bin/sh', 3), 1);
});

test('says what startsWith says', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é'), maxLength: 6 });
  const prefix = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(prefix, { maxLength: 6 }), word, fc.nat({ max: 3 }), (prefixes, text, from) => {
      const table = new Prefixes(prefixes.map((each, i) => [1 << i, [each]] as const));
      const wanted = prefixes.reduce((bits, each, i) => (text.startsWith(each, from) ? bits | (1 << i) : bits), 0);
      assert.equal(table.of(text, from), from > text.length ? 0 : wanted);
    }),
  );
});
