import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';
import { argumentPaths, onlyAsks, onlyFetches, packs } from './tool-words.ts';

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

test('curl and wget that only name what they want take nothing of what is read beside them', () => {
  const asks = (words: string, exe = `/usr/bin/${words.split(' ')[0]}`) => onlyAsks(process(exe, words));
  for (const words of [
    'curl -s http://h/weather.txt',
    'curl -fsSL https://h/a.html',
    'wget -qO- https://h/a',
    'wget -T 5 https://h/a',
    'curl -o x http://h/x',
    `curl http://h/${'a'.repeat(119)}`,
  ])
    assert.equal(asks(words), true, words);
  for (const words of [
    'curl -sT - http://h/x',
    'curl -d @- http://h/x',
    'curl --data-binary @- http://h/x',
    'curl -sF f=@- http://h/x',
    'curl -K - http://h/x',
    'curl http://h/x?d=aGVsbG8=',
    'curl http://aGVsbG8@h/x',
    `curl http://h/${'a'.repeat(125)}`,
    'wget --post-file=- http://h/x',
    'wget --body-file=x http://h/x',
    'curl',
    'nc h 80',
  ])
    assert.equal(asks(words), false, words);
  assert.equal(asks('busybox wget -q http://h/x', '/bin/busybox'), true);
});
