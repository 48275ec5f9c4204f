import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { ProgramHabits } from './program-habits.ts';

const script = (name: string, execTime: number): ProcessState =>
  ({
    uid: 1003,
    exe: '/usr/bin/python3.11',
    script: name,
    program: name,
    argv: [],
    classBits: 0,
    cwd: '/srv',
    execTime,
  }) as never;

test('what runs time and again is not forgotten for what ran once', () => {
  const habits = new ProgramHabits();
  const daily = script('/home/clerk/daily.py', 1);
  habits.ran(daily);
  habits.ordered(daily, 'make', 1 as never);
  for (let i = 0; i < 5000; i++) {
    habits.ran(script(`/home/clerk/once-${i}.py`, i));
    if (i % 100 === 0) habits.ran(daily);
  }
  assert.ok(habits.of(daily)?.orders.has('make'));
  assert.equal(habits.of(script('/home/clerk/once-0.py', 0)), undefined);
  assert.ok(habits.evicted > 0);
});
