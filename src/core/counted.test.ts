import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from './counted.ts';

test('one is one, and everything else is many', () => {
  assert.deepEqual(
    [0, 1, 2].map(count => counted(count, 'message')),
    ['0 messages', '1 message', '2 messages'],
  );
  assert.deepEqual(
    [1, 2].map(count => counted(count, 'box', 'boxes')),
    ['1 box', '2 boxes'],
  );
});
