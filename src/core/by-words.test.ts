import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byWords, byWordsAndOne, byWordsAndTwo } from './by-words.ts';

test('the same list with the same things beside it is worked on once', () => {
  let made = 0;
  const joined = byWordsAndTwo((words: readonly string[], exe: string, cwd: string) => {
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

test('one thing beside the words, or none', () => {
  let made = 0;
  const called = byWordsAndOne((words, exe: string) => {
    made += 1;
    return `${exe} ${words.join(',')}`;
  });
  const count = byWords(words => {
    made += 1;
    return words.length > 9 ? words.length : undefined;
  });
  const words = ['a', 'b'];
  assert.deepEqual([called(words, '/bin/x'), called(words, '/bin/x')], ['/bin/x a,b', '/bin/x a,b']);
  assert.equal(made, 1);
  assert.equal(called(words, '/bin/y'), '/bin/y a,b');
  assert.equal(called(words, '/bin/x'), '/bin/x a,b');
  assert.equal(made, 3);
  assert.deepEqual([count(words), count(words)], [undefined, undefined], 'nothing is an answer too');
  assert.equal(made, 4);
});

test('an equal list that is another object gets its own answer', () => {
  const count = byWords(words => words.length);
  assert.equal(count(['a']), 1);
  assert.equal(count(['a', 'b']), 2);
});

test('functions do not share answers, and one may ask another', () => {
  const inner = byWordsAndOne((words, _: string) => words.length);
  const outer = byWordsAndTwo((words, a: string, _: string) => inner(words.slice(1), a) + 10);
  const words = ['a', 'b', 'c'];
  assert.equal(outer(words, '', ''), 12);
  assert.equal(inner(words, ''), 3);
  assert.equal(outer(words, '', ''), 12);
});

test('after more lists than are remembered the answers are the same', () => {
  const first = byWords(words => words[0] ?? '');
  const lists = Array.from({ length: 20_000 }, (_, i) => [`w${i}`]);
  for (const _ of [1, 2]) for (const list of lists) assert.equal(first(list), list[0]);
});
