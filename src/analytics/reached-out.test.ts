import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContentCase } from './content-cases.ts';
import { reachedAdvice, reachedText } from './reached-out.ts';

const to = (...destinations: string[]): ContentCase =>
  ({ connections: destinations.map(destination => ({ destination })), persistence: [] }) as unknown as ContentCase;

test('another host is told before a server of this one, and only other hosts are to be blocked', () => {
  const found = to('127.0.0.1:25', '203.0.113.66:443', '[::1]:25');
  assert.equal(reachedText(found), ' and reached out to 203.0.113.66:443');
  assert.equal(reachedAdvice(found), 'Block 203.0.113.66:443 and look for other hosts that talk to it.');
  assert.match(reachedAdvice(to('203.0.113.66:80', '203.0.113.66:80')), /^Block 203\.0\.113\.66:80 and .* to it\.$/);
  const two = to('203.0.113.66:443', '[2001:db8::7]:80');
  assert.match(reachedAdvice(two), /^Block 203\.0\.113\.66:443, \[2001:db8::7\]:80 .* talk to them\.$/);
});

test('a server of this host is none to block: its log tells more', () => {
  assert.equal(reachedText(to('127.0.0.1:25')), ' and spoke to a server of this host at 127.0.0.1:25');
  assert.match(reachedAdvice(to('[::1]:25')), /^Look up in the log of the server at \[::1\]:25/);
});

test('nothing is said where it did not reach out', () => {
  assert.equal(reachedText(to()), '');
  assert.match(reachedAdvice(to()), /^Look at what this process/);
});
