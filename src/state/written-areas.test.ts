import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WrittenAreas } from './written-areas.ts';

test('a write tells of its area, and of no other', () => {
  const areas = new WrittenAreas();
  areas.note('/home/clerk/notes.txt');
  areas.note('/var/tmp/x');
  const again = new WrittenAreas();
  again.restore(structuredClone(areas.snapshot()));
  for (const each of [areas, again])
    assert.deepEqual(
      ['/home/dev/x', '/home', '/var/tmp/y/z', '/var/backups/x', '/var', '/mnt/x', '/homes/x'].map(path =>
        each.has(path),
      ),
      [true, true, true, false, false, false, false],
    );
  again.note('/mnt/a');
  assert.equal(areas.has('/mnt/a'), false);
});
