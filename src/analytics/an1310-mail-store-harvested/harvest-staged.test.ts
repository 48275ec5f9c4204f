import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import type { Taint } from '../../state/taint.ts';
import { cases, ran, read, taint } from './harvest-cases.test-support.ts';

/** The copies of one read that are kept, as they are told of: who made them, where, and how surely that is known. */
const FOLDER = '/mnt/x';
const FILE = `${FOLDER}/new/1`;
type Copy = readonly [process: ProcessState, path: string, strength: 'observed' | 'inferred'];

function kept(copies: readonly Copy[]): readonly string[] {
  const all = cases();
  all.tell(read(ran('/bin/cat'), '/var/mail/clerk', taint('a')));
  for (const [process, path, strength] of copies) {
    const of = taint('a');
    const copied = { ...of, step: { ...of.step, strength } } as Taint;
    all.tell({ kind: 'store.staged', process, path, taint: copied });
  }
  return all.only.staged.map(({ path }) => path);
}

test('a record of a file replaces the folder that the words of the same program name', () => {
  const [cp, tar] = [ran('/bin/cp'), ran('/bin/tar')];
  const named: Copy = [cp, FOLDER, 'inferred'];
  assert.deepEqual(kept([named, [tar, '/tmp/a', 'observed'], [cp, FILE, 'observed']]), [FILE, '/tmp/a']);
  assert.deepEqual(kept([[tar, '/tmp/a', 'observed'], named, [cp, FILE, 'observed']]), ['/tmp/a', FILE]);
  assert.deepEqual(kept([named, [cp, FILE, 'observed'], [cp, `${FILE}2`, 'observed']]), [FILE, `${FILE}2`]);
});

test('nothing else does', () => {
  const cp = ran('/bin/cp');
  const both = (first: Copy, second: Copy, says: string): void =>
    assert.deepEqual(kept([first, second]), [first[1], second[1]], says);
  both([cp, FOLDER, 'inferred'], [ran('/bin/cp'), FILE, 'observed'], 'another program');
  both([cp, FOLDER, 'inferred'], [cp, FILE, 'inferred'], 'words again');
  both([cp, FOLDER, 'observed'], [cp, FILE, 'observed'], 'what a record showed');
  both([cp, FOLDER, 'inferred'], [cp, '/mnt/xy', 'observed'], 'another place');
});

test('of very many copies the first are kept, and a record of them still counts', () => {
  const cp = ran('/bin/cp');
  const many = Array.from({ length: 20 }, (_, i): Copy => [ran('/bin/cp'), `/tmp/${i}`, 'observed']);
  const all = kept([[cp, FOLDER, 'inferred'], ...many]);
  assert.ok(all.length < 20);
  assert.deepEqual(kept([[cp, FOLDER, 'inferred'], ...many, [cp, FILE, 'observed']]), [FILE, ...all.slice(1)]);
});
