import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { clientsBefore } from './own-child.ts';

const LOGIN = { uid: 1003, ses: 7 };
const process = (facts: object): ProcessState => ({ isSender: true, parent: null, ...LOGIN, ...facts }) as ProcessState;
const UNSEEN = { execSeen: false } as ProcessState;

/** The pids of the clients found for a sendmail with pid 100 among these. */
function before(clients: readonly ProcessState[], facts: object = {}): number[] {
  const byPid = new Map(clients.map(each => [each.pid, each]));
  return clientsBefore(process({ pid: 100, parent: UNSEEN, ...facts }), byPid).map(({ pid }) => pid);
}

test('clients of the same login and account a few pids lower, the nearest first', () => {
  assert.deepEqual(before([process({ pid: 99 }), process({ pid: 97 })]), [99, 97]);
  assert.deepEqual(before([process({ pid: 99, ses: 8 })]), []);
  assert.deepEqual(before([process({ pid: 99, uid: 1004 })]), []);
  assert.deepEqual(before([process({ pid: 99, isSender: false })]), []);
  assert.deepEqual(before([process({ pid: 101 }), process({ pid: 20 })]), []);
});

test('not where its parent is known, or it belongs to no login that is recorded', () => {
  const client = process({ pid: 99 });
  assert.deepEqual(before([client], { parent: { execSeen: true } }), []);
  assert.deepEqual(before([client], { parent: null }), []);
  assert.deepEqual(before([process({ pid: 99, ses: -1 })], { ses: -1 }), []);
  assert.deepEqual(before([process({ pid: 99, ses: 0 })], { ses: 0 }), [99]);
});

test('numbers end at the first process', () => {
  assert.deepEqual(before([process({ pid: 1 }), process({ pid: 0 })], { pid: 2 }), [1]);
});
