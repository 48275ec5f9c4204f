import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';
import { pulledWhole } from './pulled-whole.ts';

const PEER = '198.51.100.30';
type Login = readonly [ses: number, user: string, address: string, time: number];

function pulled(logins: readonly Login[], facts: object = {}, terminals: readonly number[] = []): string | null {
  const known = new Map(logins.map(([ses, user, address, time]) => [ses, { user, address, time }]));
  const sessions = Object.assign([...known], { peek: (ses: number) => known.get(ses), entries: known });
  const state = { sessions, terminals: { peek: (ses: number) => (terminals.includes(ses) ? {} : undefined) } };
  const world = { hosts: new Map([['mx1', state]]) } as unknown as World;
  const found = { host: 'mx1', ses: 1, broad: true, transfers: [], printed: { pid: 9, peer: PEER }, ...facts };
  return pulledWhole(found as unknown as HarvestCase, world);
}

const FIRST: Login = [1, 'bkp', PEER, 0];

test("a machine's account comes often when its logins are a day apart", () => {
  assert.equal(pulled([FIRST]), 'once');
  assert.equal(pulled([FIRST, [2, 'bkp', PEER, 12 * HOUR_MS]]), 'often');
  assert.equal(pulled([[2, 'bkp', PEER, 30 * HOUR_MS], FIRST, [3, 'bkp', PEER, HOUR_MS]]), 'often', 'in any order');
  assert.equal(pulled([FIRST, [2, 'bkp', PEER, 12 * HOUR_MS - 1]]), 'once');
  assert.equal(pulled([FIRST, [2, 'dev', '203.0.113.9', 0]]), 'once', 'another account comes from elsewhere');
  assert.equal(pulled([FIRST, [2, 'bkp', '', 0]]), 'once', 'a job of that account comes from nowhere');
});

test('an account with another life, and what was not printed to its session, is none', () => {
  assert.equal(pulled([FIRST, [2, 'bkp', '203.0.113.9', 0]]), null);
  assert.equal(pulled([FIRST], {}, [1]), null);
  assert.equal(pulled([FIRST, [2, 'bkp', '', 0]], {}, [2]), null, 'somebody sat at a console');
  assert.equal(pulled([FIRST], { host: 'mx2' }), null);
  assert.equal(pulled([FIRST], { broad: false }), null);
  assert.equal(pulled([FIRST], { printed: null }), null);
  assert.equal(pulled([[1, 'bkp', '', 0]], { printed: { pid: 9, peer: '' } }), null);
  assert.equal(pulled([[1, '', PEER, 0]]), null, 'whose login it was is not known');
});

test('what went elsewhere as well, or by another process, is more than that', () => {
  const sent = (pid: number, destination: string) => pulled([FIRST], { transfers: [{ pid, destination }] });
  assert.equal(sent(9, PEER), 'once');
  assert.equal(sent(8, PEER), null);
  assert.equal(sent(9, '203.0.113.66'), null);
});
