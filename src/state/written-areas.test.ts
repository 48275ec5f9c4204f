import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../core/time.ts';
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
test('when the records begin is kept, in whatever order they come', () => {
  const areas = new WrittenAreas();
  assert.equal(areas.began, Number.POSITIVE_INFINITY);
  for (const time of [70, 50, 90]) areas.begin(time as EpochMs);
  areas.made('/home/clerk/Downloads/a');
  const again = new WrittenAreas();
  again.restore(structuredClone(areas.snapshot()));
  assert.deepEqual(
    ['a', 'b'].map(name => again.isMade(`/home/clerk/Downloads/${name}`)),
    [true, false],
  );
  assert.deepEqual([areas.began, again.began], [50, 50]);
});
