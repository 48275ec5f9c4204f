import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computedMsOf, Standstill } from './standstill.ts';

/** A process that has computed `computed` ms when the clock shows `at` ms, looked at in turn. */
function looks(limitMs: number, moments: readonly (readonly [at: number, computed: number | null])[]): string[] {
  let moment: readonly [number, number | null] = [0, 0];
  const standstill = new Standstill(1, limitMs, { now: () => moment[0], computedMs: () => moment[1] });
  return moments.map(each => {
    moment = each;
    return standstill.look();
  });
}

test('a process that gets little of a busy machine may go on however long it takes', () => {
  const slow = Array.from({ length: 100 }, (_, i) => [i * 1000, i * 100] as const);
  assert.deepEqual([...new Set(looks(20_000, slow))], ['']);
});

test('one that computes without an end is given up, and so is one that waits without an end', () => {
  const circle = Array.from({ length: 5 }, (_, i) => [i * 1000, i * 1000] as const);
  assert.deepEqual(looks(3500, circle).at(-1), 'not done within 3.5 s of processor time');
  const still = [...circle, [9000, 4010], [12_000, 4020]] as const;
  assert.deepEqual(looks(5000, still), ['', '', '', '', '', '', 'did nothing for 5 s']);
});

test('where nothing tells what a process computed, the clock decides', () => {
  const blind = [1000, 4000].map(at => [at, null] as const);
  assert.deepEqual(looks(3500, blind), ['', 'not done within 3.5 s']);
});

test('the processor time of this process is told, of no process none', { skip: process.platform !== 'linux' }, () => {
  const before = computedMsOf(process.pid) ?? Number.NaN;
  const end = process.cpuUsage().user + 60_000;
  while (process.cpuUsage().user < end);
  const spent = (computedMsOf(process.pid) ?? Number.NaN) - before;
  assert.ok(spent >= 40, `${spent} ms`);
  assert.equal(computedMsOf(0), null);
});
