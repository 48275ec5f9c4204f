import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainOf } from './mail-address.ts';

test('the domain of an address stands behind its last @, in lower case', () => {
  assert.deepEqual(['a@X.example', '"a@b"@x', 'a@b@c', '@x'].map(domainOf), ['x.example', 'x', 'c', 'x']);
});

test('a name without an @, and one that ends with it, have no domain', () => {
  assert.deepEqual(['x', '', 'a@'].map(domainOf), ['', '', '']);
});
