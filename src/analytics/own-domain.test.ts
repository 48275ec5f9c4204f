import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownHost } from './own-domain.ts';

const DOMAINS = new Set(['example.org', 'mail']);
const from = (url: string | undefined, isPlain = true): string =>
  ownHost({ ...(url === undefined ? {} : { url }), isPlain }, DOMAINS);

test('the host of a plain URL is the own one where mail of its domain is delivered here', () => {
  assert.equal(from('http://backup.example.org/setup.sh'), 'backup.example.org');
  assert.equal(from('https://EXAMPLE.org./x'), 'example.org');
});

test('a domain that only looks alike, a bare name, no URL, and words that leave a doubt are no own host', () => {
  for (const url of [
    'http://badexample.org/',
    'http://example.org.evil.example.net/',
    'http://mail/',
    'http://x.mail/',
  ])
    assert.equal(from(url), '', url);
  for (const url of [undefined, '', 'http://', 'backup.example.org/setup.sh']) assert.equal(from(url), '', url);
  assert.equal(from('http://backup.example.org/setup.sh', false), '');
});
