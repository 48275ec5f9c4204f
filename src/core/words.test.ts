import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameBytes, viewOf } from './words.ts';

test('bytes are compared to the last one', () => {
  const one = Buffer.from('0123456789');
  for (let at = 0; at < one.length; at++) {
    const other = Buffer.from(one);
    other[at] = 0;
    assert.equal(sameBytes(viewOf(one), 0, viewOf(other), 0, one.length), false);
    assert.equal(sameBytes(viewOf(one), 0, viewOf(other), 0, at), true);
  }
});
