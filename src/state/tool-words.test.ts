import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';
import { argumentPaths, onlyFetches, packs } from './tool-words.ts';

/** As much of a process as its words need. */
const process = (exe: string, words: string): ProcessState =>
  ({ exe, argv: words.split(' '), cwd: '/home/a' }) as unknown as ProcessState;

test("busybox's tools have the words of the tools that they are", () => {
  assert.deepEqual(argumentPaths(process('/bin/busybox', 'busybox tar cz box')), ['/home/a/box']);
  assert.deepEqual(argumentPaths(process('/usr/bin/tar', 'tar cz box')), ['/home/a/box']);
  assert.deepEqual(argumentPaths(process('/usr/bin/gzip', 'gzip cz box')), ['/home/a/cz', '/home/a/box']);
  assert.equal(onlyFetches(process('/bin/busybox', 'busybox wget -O x http://h/x')), true);
  assert.equal(onlyFetches(process('/bin/busybox', 'busybox nc -O x')), false);
  assert.equal(packs(process('/bin/busybox', 'busybox tar cf a b')), true);
  assert.equal(packs(process('/bin/busybox', 'busybox tar xf a')), false);
  assert.equal(packs(process('/usr/bin/tar', 'tar -C / -czf a b')), true);
  assert.equal(packs(process('/usr/bin/tar', 'tar -xzf a -C /c')), false);
});

test('a program is called what it is, and busybox what it is called', () => {
  assert.equal(calledAs('/bin/busybox', ['busybox', 'cat', 'x']).name, 'cat');
  assert.equal(calledAs('/usr/bin/cat', ['busybox', 'x']).name, 'cat');
});
