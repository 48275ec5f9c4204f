import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitCommandLine } from './command-line.ts';

test('words come apart at blanks', () => {
  assert.deepEqual(splitCommandLine('curl -s  http://192.0.2.1/a', ''), ['curl', '-s', 'http://192.0.2.1/a']);
  assert.deepEqual(splitCommandLine('', ''), []);
});

test("what stands behind a shell's -c, or its like, is one argument", () => {
  assert.deepEqual(splitCommandLine('sh -c curl x | sh', ''), ['sh', '-c', 'curl x | sh']);
  assert.deepEqual(splitCommandLine('-bash -lc a b', ''), ['-bash', '-lc', 'a b']);
  assert.deepEqual(splitCommandLine('/usr/bin/python3.11 -c import os; x', ''), [
    '/usr/bin/python3.11',
    '-c',
    'import os; x',
  ]);
  assert.deepEqual(splitCommandLine('perl -ne print if x', ''), ['perl', '-ne', 'print if x']);
});

test("a script's own -c is no shell's", () => {
  assert.deepEqual(splitCommandLine('bash run.sh -c a b', ''), ['bash', 'run.sh', '-c', 'a', 'b']);
  assert.deepEqual(splitCommandLine('tar -c a b', ''), ['tar', '-c', 'a', 'b']);
});

test('quotes hold words together where the sensor writes them, and are text where it does not', () => {
  assert.deepEqual(splitCommandLine("cat '/home/a/my file' b", "'"), ['cat', '/home/a/my file', 'b']);
  assert.deepEqual(splitCommandLine("cat '/home/a/my file' b", ''), ['cat', "'/home/a/my", "file'", 'b']);
  assert.deepEqual(splitCommandLine(`bash -c "id; ls -l"`, '"'), ['bash', '-c', 'id; ls -l']);
  assert.deepEqual(splitCommandLine(`grep "never closed a b`, '"'), ['grep', '"never', 'closed', 'a', 'b']);
});

test('words without blanks come back as they were', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 }).filter(text => !/[\s'"]/.test(text) && !text.startsWith('-'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), words => {
      assert.deepEqual(splitCommandLine(words.join(' '), ''), words);
    }),
  );
});
