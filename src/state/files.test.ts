import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { fileNamed } from '../events/host-events.ts';
import { FILES_MAX, FileTable } from './files.ts';

function tableOf(...paths: string[]): FileTable {
  const table = new FileTable();
  for (const [i, path] of paths.entries())
    table.remember({ path, node: 100 + i, mode: -1, ownerUid: -1 }, epochMs(1000 + i));
  return table;
}

test('the files of a folder go with it, at whatever depth; its neighbours and other names of theirs stay', () => {
  const table = tableOf('/h/a/x', '/h/a/b/y', '/h/ab', '/h/c/z');
  const linked = table.byName('/h/a/x');
  assert.ok(linked);
  table.rename(linked, { path: '/h/c/linked', node: 100, mode: -1, ownerUid: -1 }, true);
  assert.deepEqual(table.moveFolder('/h/a', '/h/n').length, 2);
  const known = ['/h/n/x', '/h/n/b/y', '/h/ab', '/h/c/z', '/h/c/linked'].map(path => table.byName(path)?.node);
  assert.deepEqual(known, [100, 101, 102, 103, 100]);
  assert.equal(table.byName('/h/a/x'), undefined);
  assert.equal(linked.path, '/h/c/linked');
  assert.deepEqual(
    table.moveFolder('/h/n', '/m').map(state => state.node),
    [101, 100],
  );
});

test('what lay below the new name is gone, but not what comes from there', () => {
  const table = tableOf('/h/a/x', '/h/b/y', '/h/b/a/z');
  table.moveFolder('/h/a', '/h/b');
  assert.deepEqual(
    [table.byName('/h/b/x')?.node, table.byName('/h/b/y'), table.byName('/h/b/a/z')],
    [100, undefined, undefined],
  );
  const upwards = tableOf('/h/a/b/x', '/h/a/y');
  upwards.moveFolder('/h/a/b', '/h/a');
  assert.deepEqual([upwards.byName('/h/a/x')?.node, upwards.byName('/h/a/y')], [100, undefined]);
});

test('a table made anew after a restore moves folders as before', () => {
  const table = tableOf('/h/a/x', '/h/a/b/y');
  const other = new FileTable();
  other.byNode.restore(table.byNode.snapshot());
  other.byPath.restore(table.byPath.snapshot());
  other.rebuildNames();
  assert.deepEqual(
    other.moveFolder('/h/a', '/m').map(state => state.path),
    ['/m/b/y', '/m/x'],
  );
});

test('files that lie deep, each in folders of its own, are remembered without a look at all of them for each', () => {
  const table = new FileTable();
  const before = process.cpuUsage();
  for (let i = 0; i < FILES_MAX; i++)
    table.remember({ ...fileNamed(`/h/${i}/a/b/c/d/e/f/g/h/x`), node: i + 1 }, epochMs(1000));
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1e6 < 10, `${(user + system) / 1e6} s`);
  assert.equal(table.moveFolder('/h/7', '/m').length, 1);
});
