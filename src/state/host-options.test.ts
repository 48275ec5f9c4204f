import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsByOption } from './host-options.ts';

const hosts = (words: string): string => hostsByOption(`tool ${words}`.split(' ')).join();

test('a host behind an option whose name says so, with or without a port', () => {
  for (const [words, host] of [
    ['--server drop.example.net', 'drop.example.net'],
    ['--server=drop.example.net:25', 'drop.example.net'],
    ['--host 203.0.113.9:4444', '203.0.113.9'],
    ['--peer [2001:db8::25]:25', '[2001:db8::25]'],
    ['--peer 2001:db8::25', '2001:db8::25'],
    ['--url https://user@drop.example.net:8443/in', 'drop.example.net'],
  ] as const)
    assert.equal(hosts(words), host, words);
});

test('this host, a word that is no host, another option', () => {
  for (const words of [
    '--server localhost:25',
    '--server 127.0.0.1:25',
    '--server [::1]:25',
    '--server here',
    '--file drop.example.net',
    '--server',
  ])
    assert.equal(hosts(words), '', words);
});
