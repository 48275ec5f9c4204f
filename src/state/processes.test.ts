import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { type Actor, ID_UNSET } from '../events/host-events.ts';
import { PROCESSES_MAX, ProcessTable } from './processes.ts';

const actor = (pid: number, ppid: number, exe = '/usr/bin/x'): Actor => ({
  pid,
  ppid,
  uid: 1000,
  euid: 1000,
  auid: ID_UNSET,
  ses: ID_UNSET,
  tty: '',
  comm: 'x',
  exe,
});

test('who has just been asked for is found again, until it ended or its number is of another process', () => {
  const table = new ProcessTable('host', () => 0);
  const first = actor(50, 10);
  const process = table.ensure(first, epochMs(1));
  assert.equal(table.ensure(first, epochMs(2)), process);
  assert.equal(table.ensure(first, epochMs(3)), process);
  assert.equal(process.lastSeen, 3);

  const other = table.ensure(actor(50, 11), epochMs(4));
  assert.notEqual(other, process);
  assert.notEqual(table.ensure(first, epochMs(5)), process);

  const again = table.ensure(first, epochMs(6));
  again.ended = true;
  assert.notEqual(table.ensure(first, epochMs(7)), again);
});

test('who was forgotten to make room is not found again', () => {
  const table = new ProcessTable('host', () => 0);
  const first = actor(2, 1);
  const process = table.ensure(first, epochMs(1));
  table.ensure(first, epochMs(1));
  for (let pid = 3; table.evicted === 0; pid++) {
    assert.ok(pid < PROCESSES_MAX + 10);
    table.ensure(actor(pid, 1), epochMs(pid));
  }
  assert.equal(table.get(2), undefined);
  assert.notEqual(table.ensure(first, epochMs(9e5)), process);
});
