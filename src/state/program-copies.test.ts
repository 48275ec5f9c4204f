import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessStarted } from '../events/host-events.ts';
import { ProgramCopies } from './program-copies.ts';

const originalAfter = (exe: string, words: string, path: string): string => {
  const copies = new ProgramCopies();
  copies.started({ argv: words.split(' '), cwd: '/home/a', actor: { exe } } as unknown as ProcessStarted);
  return copies.originalOf(path);
};

test('only what copies makes a copy, also where busybox does it', () => {
  assert.equal(originalAfter('/bin/cp', 'cp /bin/dash x', '/home/a/x'), '/bin/dash');
  assert.equal(originalAfter('/bin/busybox', 'busybox cp /bin/dash x', '/home/a/x'), '/bin/dash');
  assert.equal(originalAfter('/bin/busybox', 'busybox cmp /bin/dash x', '/home/a/x'), '/home/a/x');
});

test('decoders are followed as well, other programs are not', () => {
  assert.equal(originalAfter('/bin/cp', 'cp /usr/bin/openssl x', '/home/a/x'), '/usr/bin/openssl');
  assert.equal(originalAfter('/bin/ln', 'ln /usr/bin/xxd x', '/home/a/x'), '/usr/bin/xxd');
  assert.equal(originalAfter('/bin/cp', 'cp /usr/bin/sort x', '/home/a/x'), '/home/a/x');
  assert.equal(originalAfter('/bin/cp', 'cp /home/a/base64 x', '/home/a/x'), '/home/a/x');
});
