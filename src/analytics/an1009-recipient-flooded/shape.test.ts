import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf, shapeOf, writerOf } from './shape.ts';

test('numbers become one sign, and so do the random words of bounce addresses', () => {
  for (const [text, shape] of [
    ['promo17@shop.example', 'promo#@shop.example'],
    ['Promo@Shop.Example', 'promo@shop.example'],
    ['007', '#'],
    ['a1b2', 'a#b#'],
    ['a1b2c3d', 'a#b#c#d'],
    ['a1b2c3de', '#'],
    ['abcdefg1', 'abcdefg#'],
    ['bounce-9f3k2m8q=x@list.example', 'bounce-#=x@list.example'],
    ['a-1-2', 'a-#-#'],
    ['az1bz2cz', '#'],
    ['ab1:cd2e', 'ab#:cd#e'],
    ['ab1{cd2e', 'ab#{cd#e'],
    ['ab1/cd2e', 'ab#/cd#e'],
    ['zZ9:/@[`{', 'zz#:/@[`{'],
    ['', ''],
  ] as const)
    assert.equal(shapeOf(text), shape, text);
  assert.equal(shapeOf('-'.repeat(1000)).length, 256, 'of a very long text the beginning');
  assert.equal(shapeOf('x'.repeat(1000)).length, 256);
});

test('a list that makes a bounce address for each message is one sender, whatever its recipient is called', () => {
  const to = 'clerk@example.org';
  for (const [sender, writer] of [
    ['news-bounces-17-clerk=example.org@lists.example.net', 'news-bounces-#-*@lists.example.net'],
    ['news-bounces-18-clerk=example.org@lists.example.net', 'news-bounces-#-*@lists.example.net'],
    ['clerk=example.org-3@lists.example.net', '*-#@lists.example.net'],
    ['news-17@lists.example.net', 'news-17@lists.example.net'],
    ['x@clerk=example.org', 'x@clerk=example.org'],
    ['clerk=example.org', 'clerk=example.org'],
    ['', ''],
  ] as const)
    assert.equal(writerOf(sender, to), writer, sender);
  assert.equal(writerOf('news-c=example.org@x', 'c@example.org'), 'news-*@x');
  assert.equal(writerOf('news-=example.org@x', '@example.org'), 'news-=example.org@x');
  assert.equal(writerOf('news-clerk@x', 'clerk'), 'news-clerk@x');
  assert.equal(writerOf('news-7-clerk=example.org@x', 'clerk'), 'news-#-*@x', 'an account, as local delivery names it');
  assert.equal(writerOf('clerk=example.org-9@x', 'clerk'), '*@x');
  assert.equal(writerOf('a=b@x', ''), 'a=b@x');
  assert.equal(writerOf('@x', to), '@x');
});

test('a network is a /24 or a /64, however the address is written', () => {
  for (const [address, network] of [
    ['203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::5:6:7:8:9', '2001:db8:0:5::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:0db8:0000:0000:0:0:0:1', '2001:db8:0:0::/64'],
    ['::ffff:203.0.113.9', '0:0:0:0::/64'],
    ['unix', ''],
    ['', ''],
  ] as const)
    assert.equal(networkOf(address), network, address);
});
