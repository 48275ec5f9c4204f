import assert from 'node:assert/strict';
import { test } from 'node:test';
import { varied } from './vary.ts';

const LINE =
  'Nov 21 23:59:44 mx1 postfix/smtpd[812]: 4F1A2B3C4D: client=a.example.net[203.0.113.7], from=<shop@example.net>, to=<clerk@example.org>';

test('a later round has other times, processes, clients, senders and messages, and the same accounts', () => {
  const later = varied(LINE, 1);
  assert.match(
    later,
    /^Nov 22 00:09:44 mx1 postfix\/smtpd\[826\]: 4F1[\dA-F]{7}: client=a\.example\.net\[203\.0\.113\.15\], /,
  );
  assert.match(later, /from=<shop\d+@example\.net>, to=<clerk@example\.org>$/);
  assert.notEqual(later.slice(38, 48), LINE.slice(38, 48));
  assert.equal(varied(LINE, 1), later);
  assert.equal(varied(LINE, 0), LINE);
});

test('times in seconds, milliseconds and microseconds, and with a T or a blank', () => {
  assert.equal(
    varied('1795253830 1795253830123 1795253830123456 1795253830.5', 2),
    '1795255030 1795255030123 1795255030123456 1795255030.5',
  );
  assert.equal(
    varied('2026-11-21T09:37:04.000Z 2026-11-21 23:55:00', 1),
    '2026-11-21T09:47:04.000Z 2026-11-22 00:05:00',
  );
});
