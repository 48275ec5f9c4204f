import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoginFiles } from './login-files.ts';
import type { ProcessState } from './processes.ts';

const made = (pid: number, start: number): ProcessState => ({ pid, start, parent: null }) as unknown as ProcessState;

/** Shell 7 read its file at 1000. */
function logins(isEnd: boolean): LoginFiles {
  const held = new LoginFiles();
  const read = {
    path: '/home/dev/.profile',
    time: 1000,
    order: 0,
    ref: null,
    pid: 7,
    start: 0,
    program: 'bash',
    isEnd,
    author: null,
  };
  const reads = { evicted: 0, entries: [[7, read]] };
  held.restore({ authors: { evicted: 0, entries: [] }, reads } as unknown as Parameters<LoginFiles['restore']>[0]);
  return held;
}

test('what a shell starts at once, or as it ends, comes out of its file; what it starts later was typed', () => {
  const shell = made(7, 0);
  const below = (start: number) => ({ ...made(8, start), parent: shell });
  assert.equal(logins(false).above(below(1500))?.pid, 7);
  assert.equal(logins(false).above(below(9000)), null);
  assert.equal(logins(false).above(below(500)), null, 'before it read the file');
  assert.equal(logins(true).above(below(9000))?.pid, 7);
  assert.equal(logins(true).above({ ...made(9, 9500), parent: below(9000) })?.pid, 7, 'some steps below');
  assert.equal(logins(true).above({ ...made(9, 9000), parent: made(7, 5) }), null, 'another process of that number');
});

test('parents that stand in a circle, as torn records leave them, end the search', () => {
  const [one, other] = [made(8, 0), made(9, 0)];
  one.parent = other;
  other.parent = one;
  assert.equal(logins(true).above({ ...made(10, 0), parent: one }), null);
});

test('whose writing is forgotten early is counted, and the newest stay', () => {
  const held = new LoginFiles();
  const shell = { pid: 7, tty: 'pts0', script: '', exe: '/usr/bin/bash', comm: 'bash' } as unknown as ProcessState;
  const event = (time: number) => ({ time, order: 0, ref: null }) as unknown as Parameters<LoginFiles['written']>[2];
  for (let i = 0; i < 1024; i++) held.written(shell, `/home/u${i}/.profile`, event(i));
  assert.equal(held.evicted, 0);
  held.written(shell, '/home/last/.profile', event(2000));
  assert.ok(held.evicted > 0);
  const kept = held.snapshot().authors.entries.map(([path]) => path);
  assert.deepEqual([kept.includes('/home/u0/.profile'), kept.at(-1)], [false, '/home/last/.profile']);
});
