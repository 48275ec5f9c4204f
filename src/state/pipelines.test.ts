import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdersBeside, pipelineOf } from './pipelines.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

const process = (pid: number, facts: Partial<ProcessState> = {}): ProcessState =>
  ({
    pid,
    exe: '/usr/bin/program',
    classBits: 0,
    trusted: true,
    start: 1000 + pid,
    lastSeen: 1000 + pid,
    ended: false,
    carries: [],
    recentChildren: [],
    parent: null,
    ...facts,
  }) as unknown as ProcessState;

/** A parent and its two children, started one after the other. */
function family(facts: Partial<ProcessState>): { first: ProcessState; second: ProcessState } {
  const parent = process(10, facts);
  const [first, second] = [process(11, { parent }), process(12, { parent })];
  Object.assign(parent, { recentChildren: [first, second] });
  return { first, second };
}

test('children of a shell that started together are one pipeline', () => {
  const { first, second } = family({ classBits: CLASS.shell });
  assert.deepEqual(pipelineOf(second), [first]);
  assert.deepEqual(holdersBeside(second), [], 'the other holds nothing');
});

test('commands that a delivery agent starts for two messages are none, nor is what they start', () => {
  const { second } = family({ classBits: CLASS.delivery });
  assert.deepEqual(pipelineOf(second), []);
  const below = process(13, { parent: second });
  Object.assign(second, { recentChildren: [below] });
  assert.deepEqual(pipelineOf(below), []);
  const borrowed = family({ classBits: CLASS.delivery, trusted: false });
  assert.deepEqual(pipelineOf(borrowed.second), [borrowed.first], 'whoever borrows the name is no delivery agent');
});
