import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byWords } from './by-words.ts';

test('the same list with the same things beside it is worked on once', () => {
  let made = 0;
  const joined = byWords((words: readonly string[], exe: string, cwd: string) => {
    made += 1;
    return `${exe} ${words.join(',')} ${cwd}`;
  });
  const words = ['a', 'b'];
  assert.equal(joined(words, '/bin/x', '/'), '/bin/x a,b /');
  assert.equal(joined(words, '/bin/x', '/'), '/bin/x a,b /');
  assert.equal(made, 1);
  assert.equal(joined(words, '/bin/y', '/'), '/bin/y a,b /');
  assert.equal(joined(words, '/bin/y', '/tmp'), '/bin/y a,b /tmp');
  assert.equal(made, 3);
});

test('an equal list that is another object gets its own answer', () => {
  const count = byWords((words: readonly string[], _exe: string, _cwd: string) => words.length);
  assert.equal(count(['a'], '', ''), 1);
  assert.equal(count(['a', 'b'], '', ''), 2);
});

test('functions do not share answers, and one may ask another', () => {
  const inner = byWords((words: readonly string[], _a: string, _b: string) => words.length);
  const outer = byWords((words: readonly string[], a: string, b: string) => inner(words.slice(1), a, b) + 10);
  const words = ['a', 'b', 'c'];
  assert.equal(outer(words, '', ''), 12);
  assert.equal(inner(words, '', ''), 3);
  assert.equal(outer(words, '', ''), 12);
});

test('after more lists than are remembered the answers are the same', () => {
  const first = byWords((words: readonly string[], _a: number, _b: number) => words[0] ?? '');
  const lists = Array.from({ length: 20_000 }, (_, i) => [`w${i}`]);
  for (const _ of [1, 2]) for (const list of lists) assert.equal(first(list, 0, 0), list[0]);
});
