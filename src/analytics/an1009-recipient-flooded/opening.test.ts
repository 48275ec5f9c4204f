import assert from 'node:assert/strict';
import { test } from 'node:test';
import { episode, sample } from './burst.test-support.ts';
import { openingOf } from './opening.ts';
import type { Sample } from './sample.ts';

const from = (sender: string, time: number, facts: Partial<Sample> = {}): Sample =>
  sample({ sender, time, arrived: time, queueId: `Q${time}`, ...facts });

const letters = [from('office@example.net', 1), from('club@example.com', 2)];

function opened(flood: readonly Sample[], arrivals: readonly number[] = []): readonly string[] {
  const count = (key: (of: Sample) => string): Map<string, number> => {
    const found = new Map<string, number>();
    for (const each of [...letters, ...flood]) found.set(key(each), (found.get(key(each)) ?? 0) + 1);
    return found;
  };
  const first = [...letters, ...flood];
  const senders = count(({ writer }) => writer);
  const shapes = count(({ sender }) => sender.replace(/\d+/g, '#'));
  const one = episode({ arrivals: [...arrivals] }, { count: first.length, first, senders, shapes });
  return openingOf(one).map(({ queueId }) => queueId);
}

test('the flood begins with its own first message, not with a letter that lay in the same window', () => {
  const one = [3, 4, 5, 6].map(time => from('intern@example.org', time));
  assert.deepEqual(opened(one), ['Q3', 'Q4', 'Q5']);
  const alike = [3, 4, 5, 6].map(time => from(`shop${time}@example.com`, time));
  assert.deepEqual(opened(alike), ['Q3', 'Q4', 'Q5']);
  const bounces = [3, 4, 5].map(time => from('', time));
  assert.deepEqual(opened(bounces), ['Q3', 'Q4', 'Q5']);
});

test('where every message is of somebody else, all belong to it but those that stand apart in time', () => {
  const all = ['a', 'b', 'c', 'd'].map((name, i) => from(`${name}@${name}.example`, i + 3));
  assert.deepEqual(opened(all), ['Q1', 'Q2', 'Q3']);
  const HOUR = 3_600_000;
  const many = 'abcdefghijklmnopqrstuvwxyz'.split('').map((name, i) => from(`${name}@${name}.example`, HOUR + i));
  assert.deepEqual(opened(many, [1, 2, ...many.map(each => each.arrived)]), [
    `Q${HOUR}`,
    `Q${HOUR + 1}`,
    `Q${HOUR + 2}`,
  ]);
});

test('that no line tells the senders makes no sender of them', () => {
  const untold = [3, 4, 5, 6].map(time => from('?', time));
  assert.deepEqual(opened(untold), ['Q1', 'Q2', 'Q3']);
});
