import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOf } from './address.ts';

test('all the usual forms become one', () => {
  assert.deepEqual(addressOf('192.0.2.7'), { family: 'ipv4', address: '192.0.2.7' });
  assert.deepEqual(addressOf('::ffff:192.0.2.7'), { family: 'ipv4', address: '192.0.2.7' });
  assert.deepEqual(addressOf('2001:DB8:0000:0000:0000:0000:0000:0001'), { family: 'ipv6', address: '2001:db8::1' });
  assert.deepEqual(addressOf('fe80::1%eth0'), { family: 'ipv6', address: 'fe80::1' });
  assert.deepEqual(addressOf('::'), { family: 'ipv6', address: '::' });
});

test('what is none is none', () => {
  for (const text of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1::2::3', ':::', 'g::1', '1:2:3:4:5:6:7', 'name', '::1:'])
    assert.equal(addressOf(text), null, text);
});

test('never throws', () => {
  fc.assert(fc.property(fc.string({ maxLength: 70 }), text => void addressOf(text)));
});
