import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { ID_UNSET, type ProcessStarted } from '../events/host-events.ts';
import { planOf } from './execution.ts';

const started = (exe: string, argv: readonly string[]): ProcessStarted => ({
  kind: 'process.started',
  time: epochMs(0),
  order: 1,
  host: 'ws3',
  ref: { source: 0, offset: 0, length: 1, next: null },
  actor: { pid: 7, ppid: 6, uid: 1003, euid: 1003, auid: 1003, ses: ID_UNSET, tty: '', comm: '', exe },
  file: { path: exe, node: 7, mode: 0o100755, ownerUid: 0 },
  interpreter: '',
  argv,
  argvCut: false,
  cwd: '/home/clerk',
  userName: '',
});

test('an interpreter without a script takes its program from its input, unless its words are not recorded', () => {
  for (const exe of ['/usr/bin/dash', '/usr/bin/python3.11', '/usr/bin/perl']) {
    assert.equal(planOf(started(exe, ['x'])).fromInput, true, exe);
    assert.equal(planOf(started(exe, [])).fromInput, false, `${exe}, and nothing is known of its words`);
  }
});
