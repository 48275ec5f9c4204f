import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsOf, networkOf, shapeOf, writerOf } from './shape.ts';

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

test('the name alone with a number beside it is such an address too; in the middle of a word it is none', () => {
  for (const [sender, writer] of [
    ['bounces+20-clerk@em.example.com', 'bounces+#-*@em.example.com'],
    ['Bounces+21-clerk@em.example.com', 'bounces+#-*@em.example.com'],
    ['Bounces-clerk@em.example.com', 'Bounces-clerk@em.example.com'],
    ['n-7@clerk', 'n-7@clerk'],
    ['7-clerk', '7-clerk'],
    ['clerk-7f3a9b2c@em.example.com', '*-#@em.example.com'],
    ['bounces-clerk@em.example.com', 'bounces-clerk@em.example.com'],
    ['clerk@em.example.com', 'clerk@em.example.com'],
    ['clerk7@em.example.com', 'clerk7@em.example.com'],
    ['theclerk-7@em.example.com', 'theclerk-7@em.example.com'],
  ] as const)
    assert.equal(writerOf(sender, 'clerk@example.org'), writer, sender);
});

test('forms are made by numbers, twenty times each and two at least, and make most of all', () => {
  const of = (shapes: Record<string, number>, all: number) => formsOf(new Map(Object.entries(shapes)), all);
  assert.deepEqual(of({ 'a#@x': 20, 'b#@x': 40, 'c@x': 40 }, 100), { kinds: 2, count: 60 });
  assert.equal(of({ 'a#@x': 20, 'b#@x': 39, 'c@x': 41 }, 100), null);
  assert.equal(of({ 'a#@x': 19, 'b#@x': 81 }, 100), null);
  assert.equal(of({ 'b#@x': 100 }, 100), null);
  assert.equal(of({ 'a@x1': 50, 'b@x': 50 }, 100), null);
  assert.equal(of({ '#@a': 50, '#-#@b': 50 }, 100), null, 'no name beside the number');
  assert.equal(of({ 'a@x#': 50, 'b@x#': 50 }, 100), null, 'a number in the domain');
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
