import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { ID_UNSET, type ProcessStarted } from '../events/host-events.ts';
import { planOf } from './execution.ts';
import { knownPlanOf } from './known-plans.ts';
import { classOfPath } from './programs.ts';

const WORDS = ['sh', 'tool'];
const started = (change: Partial<ProcessStarted> = {}): ProcessStarted => ({
  kind: 'process.started',
  time: epochMs(0),
  order: 1,
  host: 'ws3',
  ref: { source: 0, offset: 0, length: 1, next: null },
  actor: { pid: 7, ppid: 6, uid: 1003, euid: 1003, auid: 1003, ses: ID_UNSET, tty: '', comm: '', exe: '/usr/bin/dash' },
  file: { path: '/usr/bin/dash', node: 7, mode: 0o100755, ownerUid: 0 },
  interpreter: '',
  argv: WORDS,
  argvCut: false,
  cwd: '/home/clerk',
  userName: '',
  ...change,
});

test('the same words, program and folder give the plan made before', () => {
  const plan = knownPlanOf(started(), classOfPath);
  assert.deepEqual(plan, planOf(started()));
  assert.equal(knownPlanOf(started({ time: epochMs(5000) }), classOfPath), plan);
});

test('whatever a plan depends on besides the words makes another one', () => {
  const changes: Partial<ProcessStarted>[] = [
    { cwd: '/tmp' },
    { file: { path: '/home/clerk/tool', node: 9, mode: 0o100755, ownerUid: 1003 } },
    { file: { path: '/home/clerk/tool', node: 9, mode: 0o100755, ownerUid: 1003 }, interpreter: '/usr/bin/dash' },
    { actor: { ...started().actor, exe: '/usr/bin/perl' } },
    { argv: ['sh', '-c', 'tool'] },
  ];
  for (const change of [...changes, {}, ...changes])
    assert.deepEqual(knownPlanOf(started(change), classOfPath), planOf(started(change)));
});

test('a change of the classes of programs makes another one', () => {
  assert.equal(knownPlanOf(started(), classOfPath).script, '/home/clerk/tool');
  assert.deepEqual(
    knownPlanOf(started(), () => 0),
    planOf(started(), () => 0),
  );
});
