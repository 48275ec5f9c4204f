import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TunableValue } from './contract.ts';
import { Tunables } from './tunables.ts';

const set = (value: unknown): Tunables => new Tunables(new Map([['T', value as TunableValue]]));

test('a number is one that is finite, else what stands in for it', () => {
  assert.equal(set(7).number('T', 1), 7);
  for (const value of ['7', Number.NaN, Number.POSITIVE_INFINITY, ['7']]) assert.equal(set(value).number('T', 1), 1);
  assert.equal(set(7).number('other', 1), 1);
});

test('a list is a list, else nothing is in it', () => {
  assert.deepEqual(set(['a']).list('T'), ['a']);
  assert.deepEqual(set('a').list('T'), []);
});

test('a program is met by its name with or without the version, the first of them that is', () => {
  const tools = set(['Perl', 'python3.11']);
  assert.equal(tools.program('T', '', '/usr/bin/cat'), null);
  assert.deepEqual(tools.program('T', '', '/usr/bin/cat', '/usr/bin/perl5.36'), {
    name: 'T',
    met: '/usr/bin/perl5.36',
    limit: 'Perl',
  });
  assert.equal(tools.program('T', '/usr/bin/python3.11')?.limit, 'python3.11');
  assert.equal(set(['']).program('T', ''), null, 'a program that nobody knows has no name');
});
