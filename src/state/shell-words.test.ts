import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOption } from './shell-words.ts';

test('a shell is told that a command line follows, alone or in a cluster', () => {
  const at = (line: string): number => commandOption(line.split(' '));
  for (const line of ['sh -c id', 'bash -lc id', 'sh -ec id']) assert.equal(at(line), 1, line);
  assert.equal(at('bash -e -o pipefail -c id'), 4);
  for (const line of ['-c', '-bash', 'sh', 'sh -e script', 'sh -cx id', 'sh --rc']) assert.equal(at(line), -1, line);
});
