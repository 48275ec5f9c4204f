import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Homes } from './homes.ts';

const of = (...homes: [string, string][]): Homes => {
  const table = new Homes();
  for (const [home, account] of homes) table.add(home, account);
  return table;
};

test('a path lies in the nearest home above it', () => {
  const homes = of(['/data/people/clerk/', 'clerk'], ['/data/people/clerk/guest', 'guest']);
  assert.deepEqual(homes.above('/data/people/clerk/a/b'), { home: '/data/people/clerk', account: 'clerk' });
  assert.deepEqual(homes.above('/data/people/clerk'), { home: '/data/people/clerk', account: 'clerk' });
  assert.equal(homes.above('/data/people/clerk/guest/x')?.account, 'guest');
  assert.equal(homes.above('/data/people/clerks/x'), null);
});

test('places of the system, of many, and the usual home are none of them', () => {
  for (const home of ['/home/clerk', '/srv', '/', '', '/usr/share/x', '/var/lib/app', '/tmp/clerk', 'clerk'])
    assert.equal(new Homes().add(home, 'clerk'), false, home);
  for (const home of ['/home/example.org/clerk', '/home/c.lerk', '/var/home/clerk', '/export/clerk'])
    assert.equal(new Homes().add(home, 'clerk'), true, home);
});
