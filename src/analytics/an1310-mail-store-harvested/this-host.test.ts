import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';
import { staysHere } from './this-host.ts';

const login = (address: string, time = 0, program = 'sshd') => [7, { program, user: 'ops', address, time }] as const;
const sent = (...to: readonly (readonly [pid: number, destination: string])[]): HarvestCase =>
  ({
    host: 'ws1',
    transfers: to.map(([pid, destination]) => ({ pid, destination, time: 10_000 })),
  }) as unknown as HarvestCase;
const world = (...logins: readonly ReturnType<typeof login>[]): World =>
  ({ hosts: new Map([['ws1', { sessions: { entries: new Map(logins) } }]]) }) as unknown as World;

const HERE = sent([1, 'ops@localhost'], [1, '127.0.0.1:22'], [1, '[::1]:22']);

test('what this host took in by its own sshd did not leave it', () => {
  assert.equal(staysHere(HERE, world(login('::1'))), true);
  assert.equal(staysHere(HERE, world(login('127.0.0.1', 30_000, '/usr/lib/openssh/sshd-session'))), true);
});

test('without such a login, by another port, or with anything that goes elsewhere it may have left', () => {
  assert.equal(staysHere(HERE, world()), false);
  assert.equal(staysHere(HERE, world(login('203.0.113.9'))), false, 'somebody from outside');
  assert.equal(staysHere(HERE, world(login('::1', 60_000))), false, 'later');
  assert.equal(staysHere(HERE, world(login('::1', 0, 'su'))), false, 'no sshd');
  for (const other of ['127.0.0.1:2222', '203.0.113.9:22'])
    assert.equal(staysHere(sent([1, '127.0.0.1:22'], [1, other]), world(login('::1'))), false, other);
  assert.equal(staysHere(sent([1, '127.0.0.1:22'], [2, 'u@files.example.net']), world(login('::1'))), false);
  assert.equal(staysHere(sent([1, 'ops@localhost']), world(login('::1'))), false, 'no connection is recorded');
  assert.equal(staysHere(sent(), world(login('::1'))), false);
});
