import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../events/event.ts';
import { replay, syscall } from './replay.test-support.ts';

const stamp = (i: number): string => `${1772000000 + i}.000:${500 + i}`;
const execve = (i: number, body: string): string =>
  `${syscall(stamp(i), 59)}type=EXECVE msg=audit(${stamp(i)}): ${body}\n`;
const wordsOf = (events: readonly WatchEvent[]): (readonly string[])[] =>
  events.map(event => (event.kind === 'process.started' ? event.argv : []));

test('a command line that comes again and again is one list of words', () => {
  const body = 'argc=3 a0="tar" a1="-cf" a2=2F746D702F612062';
  const found = wordsOf(replay([1, 2, 3, 4].map(i => execve(i, body)).join('')).events);
  assert.equal(found.length, 4);
  for (const words of found) assert.deepEqual(words, ['tar', '-cf', '/tmp/a b']);
  assert.notEqual(found[0], found[2], 'what came once is not remembered');
  assert.equal(found[2], found[3]);
});

test('command lines that differ in one letter are not taken for each other', () => {
  const texts = ['argc=2 a0="cat" a1="/etc/aliases"', 'argc=2 a0="cat" a1="/etc/aliaset"'];
  const found = wordsOf(replay([0, 1, 2, 3, 4, 5].map(i => execve(i, texts[i % 2] as string)).join('')).events);
  assert.deepEqual(
    found.map(words => words[1]),
    [0, 1, 2, 3, 4, 5].map(i => (i % 2 === 0 ? '/etc/aliases' : '/etc/aliaset')),
  );
});

test('a second record of one command is put to words that are known already, and changes none of them', () => {
  const body = 'argc=2 a0="echo" a1="one"';
  const more = `type=EXECVE msg=audit(${stamp(9)}): a2="two"\n`;
  const text = [1, 2, 3].map(i => execve(i, body)).join('') + execve(9, body) + more + execve(10, body);
  const found = wordsOf(replay(text).events);
  assert.deepEqual(found.at(-2), ['echo', 'one', 'two']);
  assert.deepEqual(found.at(-1), ['echo', 'one']);
});

test('a line of which words are missing is read each time for itself', () => {
  const cut = 'argc=3 a0="echo" a1="one"';
  const { events } = replay([1, 2, 3].map(i => execve(i, cut)).join(''));
  for (const event of events) {
    assert.ok(event.kind === 'process.started' && event.argvCut);
    assert.deepEqual(event.argv, ['echo', 'one']);
  }
});
