import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveBack, isDescentGuessed, joinParent } from './late-parent.ts';
import type { Taint } from './taint.ts';

interface Known {
  pid: number;
  parent: Known | null;
  parentGuessed: boolean;
  controlled: Taint | null;
  recentChildren: Known[];
}

const known = (pid: number, parent: Known | null = null): Known => {
  const made: Known = { pid, parent, parentGuessed: false, controlled: null, recentChildren: [] };
  parent?.recentChildren.push(made);
  return made;
};
const TAINT = {} as Taint;

test('a guessed parent anywhere between makes the descent a guess, one above does not', () => {
  const root = known(10);
  const job = known(20);
  giveBack(job, root);
  const child = known(30, job);
  assert.equal(isDescentGuessed(child, 10), true);
  assert.equal(isDescentGuessed(child, 20), false);
  assert.equal(isDescentGuessed(child, 30), false);
});

test('what a record says later is no guess any more', () => {
  const elder = known(10);
  const fork = known(20);
  joinParent(fork, elder, true);
  assert.equal(isDescentGuessed(fork, 10), true);
  joinParent(fork, elder, false);
  assert.equal(isDescentGuessed(fork, 10), false);
  joinParent(fork, null, true);
  assert.equal(fork.parentGuessed, false);
});

test('what runs in the parent runs in the one given back and in its children; what it has of its own stays', () => {
  const elder: Known = { ...known(10), controlled: TAINT };
  const fork = known(20);
  const child = known(30, fork);
  joinParent(fork, elder, false);
  assert.equal(child.controlled, TAINT);
  const own = {} as Taint;
  const other: Known = { ...known(40), controlled: own };
  giveBack(other, elder);
  assert.equal(other.controlled, own);
  const orphan = known(50);
  giveBack(orphan, elder);
  assert.equal(orphan.controlled, TAINT);
});
