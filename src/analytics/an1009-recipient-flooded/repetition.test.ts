import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, alarm, month, names, stranger } from './claims.test-support.ts';
import { many, T0 } from './flood.test-support.ts';

test('one sender who wrote half of it is no group of senders that look alike', () => {
  const half = (from: (i: number) => string) => [
    ...month,
    ...many(240, T0, 1000, i => ({ from: i % 2 === 0 ? from(i) : stranger(i), ip: address(i) })),
  ];
  assert.ok(names(alarm(half(i => `promo${i}@shop.example`))).includes('senders-alike'));
  for (const one of ['promo@shop.example', 'promo7@shop.example'])
    assert.ok(!names(alarm(half(() => one))).includes('senders-alike'), one);
});
