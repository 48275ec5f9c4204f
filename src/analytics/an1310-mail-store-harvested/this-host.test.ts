import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
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
  assert.equal(staysHere(HERE, world(login('127.0.0.1', 40_000, '/usr/lib/openssh/sshd-session'))), true);
});

test('without such a login, by another port, or with anything that goes elsewhere it may have left', () => {
  assert.equal(staysHere(HERE, world()), false);
  assert.equal(staysHere(HERE, world(login('203.0.113.9'))), false, 'somebody from outside');
  assert.equal(staysHere(HERE, world(login('::1', 40_001))), false, 'later');
  assert.equal(staysHere(HERE, { hosts: new Map() } as unknown as World), false, 'nothing is known of the host');
  assert.equal(staysHere(HERE, world(login('::1', 0, 'su'))), false, 'no sshd');
  for (const other of ['127.0.0.1:2222', '203.0.113.9:22'])
    assert.equal(staysHere(sent([1, '127.0.0.1:22'], [1, other]), world(login('::1'))), false, other);
  assert.equal(staysHere(sent([1, '127.0.0.1:22'], [2, 'u@files.example.net']), world(login('::1'))), false);
  assert.equal(staysHere(sent([1, 'ops@localhost']), world(login('::1'))), false, 'no connection is recorded');
  assert.equal(staysHere(sent(), world(login('::1'))), false);
});

test("one's own mail handed to another login of this host is a note, somebody else's is low", async () => {
  const handed = async (owner: string) => {
    const log = new HostLog();
    const { path } = log.deliver({ to: owner });
    const shell = log.shell('clerk');
    log.wait(MINUTE);
    shell.run(`/usr/bin/ripmime -i ${path}`).read(path).write('/home/clerk/part1');
    shell
      .fork()
      .read('/home/clerk/part1')
      .exec(['/usr/bin/ssh', '-q', 'dev@here', 'cat > list'])
      .connect('127.0.0.1', 22);
    log.wait(SECOND);
    log.remote('dev', 'cat > list', '127.0.0.1');
    const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN1310');
    return found.map(({ severity, factors }) => [
      severity,
      factors.find(({ name }) => name === 'no other host')?.weight,
    ]);
  };
  assert.deepEqual(await handed('clerk'), [['informational', -3]]);
  assert.deepEqual(await handed('buyer'), [['low', -3]]);
});
