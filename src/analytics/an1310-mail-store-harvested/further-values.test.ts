import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../story.ts';
import type { Further, HarvestCase, Transfer } from './case.ts';
import { furtherMeasured, furtherWith, tellFurther } from './further.ts';

const transfer = (pid: number): Transfer => ({ pid, time: pid * 1000, taint: null }) as unknown as Transfer;
const found = (told: readonly number[], further: Further | null): HarvestCase =>
  ({ transfers: told.map(transfer), further }) as unknown as HarvestCase;

test('a process that is told already, or was counted, is no further transfer', () => {
  assert.deepEqual(furtherWith(found([1], null), transfer(2)), { count: 1, last: transfer(2), pids: [2] });
  assert.equal(furtherWith(found([1, 2], null), transfer(2)).count, 0);
  const one = furtherWith(found([1], null), transfer(2));
  assert.equal(furtherWith(found([1], one), transfer(2)).count, 1);
  assert.equal(furtherWith(found([1], one), transfer(3)).count, 2);
});

test('as many processes are kept in mind as are bounded, the oldest gone first', () => {
  let further: Further | null = null;
  for (let pid = 10; pid < 50; pid++) further = furtherWith(found([1], further), transfer(pid));
  assert.equal(further?.count, 40);
  assert.deepEqual([further?.pids.length, further?.pids[0]], [32, 18]);
});

test('nothing is said of none, and one counts', () => {
  const none = { count: 0, last: transfer(1), pids: [] };
  const one = { count: 1, last: transfer(2), pids: [2] };
  for (const further of [null, none]) {
    assert.equal(tellFurther(found([1], further), new Story()), '');
    assert.deepEqual(furtherMeasured(found([1], further)), {});
  }
  assert.match(tellFurther(found([1], one), new Story()), /, 2 transfers in all$/);
  assert.deepEqual(furtherMeasured(found([1], one)), { transfers: 2 });
});
