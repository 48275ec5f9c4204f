import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembered } from './remembered.ts';

test('what is asked again is made once, until so many others were asked that it is forgotten', () => {
  const made: string[] = [];
  const upper = remembered(text => {
    made.push(text);
    return text.toUpperCase();
  }, 2);
  const ask = (...texts: readonly string[]): number => {
    made.length = 0;
    for (const text of texts) assert.equal(upper(text), text.toUpperCase());
    return made.length;
  };
  assert.equal(ask('a', 'a', 'b', 'a'), 2);
  assert.equal(ask('c', 'a'), 1, 'those before are still there');
  assert.equal(ask('d', 'e', 'f', 'b'), 4, 'and gone after as many again');
});

test('very long texts are made each time', () => {
  let times = 0;
  const length = remembered(text => {
    times += 1;
    return text.length;
  });
  assert.deepEqual([length('x'.repeat(999)), length('x'.repeat(999)), times], [999, 999, 2]);
});
