import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWithin } from '../core/paths.ts';
import { FolderTree } from './folder-tree.ts';

const name = fc.constantFrom('a', 'b', 'ab');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(parts => `/${parts.join('/')}`);

test('it finds what a look at every path would find', () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 20 }), fc.array(path, { maxLength: 8 }), path, (noted, gone, folder) => {
      const tree = new FolderTree();
      for (const each of noted) tree.note(each);
      const there = new Set(noted.filter(each => !gone.includes(each)));
      const expected = [...there].filter(each => each !== folder && isWithin(each, folder)).sort();
      assert.deepEqual(
        tree.below(folder, each => there.has(each)),
        expected,
      );
      // What was forgotten on the way was gone: asked again it says the same.
      assert.deepEqual(
        tree.below(folder, each => there.has(each)),
        expected,
      );
    }),
  );
});

test('what is cut off is gone with all below it, and its neighbours stay', () => {
  const tree = new FolderTree();
  for (const each of ['/h/a/x', '/h/a/b/y', '/h/ab/z']) tree.note(each);
  const always = (each: string): boolean => each.length > 4;
  tree.cut('/h/a');
  assert.deepEqual(tree.below('/h/a', always), []);
  assert.deepEqual(tree.below('/h', always), ['/h/ab', '/h/ab/z']);
  tree.note('/h/a/x');
  assert.deepEqual(tree.below('/h/a', always), ['/h/a/x']);
});

test('a path noted often, and one that is none, take no room', () => {
  const tree = new FolderTree();
  for (let i = 0; i < 5; i++) tree.note('/h/a/x');
  tree.note('relative/name');
  assert.equal(tree.size, 2);
  assert.deepEqual(
    tree.below('/h/a', () => false),
    [],
  );
  assert.equal(tree.size, 1);
});
