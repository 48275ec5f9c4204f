import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setsExecute } from './execute-mode.ts';

test('a mode of chmod that lets somebody execute the file, in letters, in parts and in numbers', () => {
  for (const word of ['+x', 'u+x', 'a+rx', 'a=rx', '=rwx', 'u=rwx,go=rx', 'u+x,g-w', '755', '0700', '4755', '111'])
    assert.ok(setsExecute(word), word);
});

test('any other mode, and a name', () => {
  for (const word of ['-x', 'o-x', 'u=rw,go=r', '644', '+w', '+X', '-R', 'run.sh', 'a,b', '=', '', '75', 'x+x,y'])
    assert.ok(!setsExecute(word), word);
});
