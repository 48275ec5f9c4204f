import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originalSender } from './rewritten.ts';

test('a forwarder is not the sender of what it passes on', () => {
  assert.equal(originalSender('SRS0=ab12=XX=Shop.example.com=welcome@fwd.example.net'), 'welcome@shop.example.com');
  assert.equal(originalSender('SRS0+4Kn=7F=example.org=a=b@fwd.example.net'), 'a=b@example.org', '= within the name');
  assert.equal(originalSender('srs0-ab12-x@fwd.example.net'), 'srs0-ab12-x@fwd.example.net', 'no address inside');
  assert.equal(
    originalSender('SRS1=qw=first.example==ab12=XX=example.org=clerk@second.example'),
    'clerk@example.org',
    'through two of them',
  );
});

test('a signed bounce address is its owner', () => {
  assert.equal(originalSender('prvs=0123aBcDeF=Anna@example.org'), 'anna@example.org');
});

test('any other address stays, in lower case', () => {
  for (const each of ['', '?', 'Clerk@example.org', 'SRS0=ab12=XX=nodots=welcome@x.example', 'prvs=@example.org'])
    assert.equal(originalSender(each), each.toLowerCase());
});
