import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARK, marksOf } from './path-marks.ts';

test('what all graphical programs of a session write says nothing; what lies beside it, or is called alike elsewhere, does', () => {
  assert.equal(marksOf('/run/user/1003/dconf/user') & MARK.silent, MARK.silent);
  for (const path of [
    '/run/user/1003/dconf/x',
    '/run/user/1003/user',
    '/home/clerk/.config/dconf/user',
    '/tmp/dconf/user',
  ])
    assert.equal(marksOf(path) & MARK.silent, 0, path);
});
