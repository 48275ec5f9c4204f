import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './make-folder.ts';

test('a folder is made with all above it, private, and once', t => {
  const root = mkdtempSync(join(tmpdir(), 'watchpost-folder-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (let i = 0; i < 2; i++) makeFolder(join(root, 'a/b/c'));
  assert.equal(statSync(join(root, 'a/b/c')).mode & 0o777, 0o700);
  symlinkSync('a', join(root, 'link'));
  makeFolder(join(root, 'link/b'));
  writeFileSync(join(root, 'file'), '');
  symlinkSync('nowhere/at/all', join(root, 'dangling'));
  for (const path of ['file', 'file/below', 'dangling', 'dangling/below'])
    assert.throws(() => makeFolder(join(root, path)), { code: /^(?:EEXIST|ENOTDIR|ENOENT)$/ }, path);
});

test('where no folder can be made, it ends', t => {
  if (!existsSync('/proc/self')) return t.skip('there is no /proc');
  assert.throws(() => makeFolder('/proc/watchpost/state'));
});
