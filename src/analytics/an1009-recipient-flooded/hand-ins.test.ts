import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severityRank } from '../../events/vocabulary.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { sample, worldOf } from './burst.test-support.ts';
import { areWrittenHere, isRole } from './hand-ins.ts';

const TIMES = 120;

/** Letters to the clerk, handed in as `user` by `how`; the severities of floods that are told. */
async function flood(
  user: string,
  how: 'typed' | 'cron' | 'unrecorded',
  facts: { readonly letters?: boolean; readonly to?: string } = {},
): Promise<string> {
  const { letters = true, to = 'clerk' } = facts;
  const log = new HostLog({ files: false, network: false });
  if (letters) log.deliver({ to: user, unseen: true });
  log.deliver({ to: 'clerk', unseen: true });
  log.wait(MINUTE);
  const line = `mail -s note ${to}@example.org`;
  const shell = how === 'typed' ? log.shell(user) : how === 'cron' ? log.cron(user, 'tell-all') : null;
  for (let i = 0; i < TIMES; i++) {
    log.wait(SECOND / 4);
    shell?.run(`/usr/bin/${line}`);
    log.submitted(user, `${to}@example.org`, 420);
  }
  const told = (await scanLog(log)).filter(each => each.analytic === 'AN1009').map(each => each.severity);
  return told.toSorted((a, b) => severityRank(b) - severityRank(a))[0] ?? 'none';
}

test('a person of ours who writes to a colleague without end is no machine', async () => {
  assert.equal(await flood('dev', 'typed'), 'medium');
  assert.equal(await flood('dev', 'typed', { letters: false }), 'medium', 'the login tells it');
});

test('a job of a person, a service account, root, and who writes to the own mailbox', async () => {
  assert.equal(await flood('dev', 'cron'), 'informational');
  assert.equal(await flood('www-data', 'typed'), 'informational');
  assert.equal(await flood('backup', 'typed'), 'none');
  assert.equal(await flood('root', 'typed'), 'none');
  assert.equal(await flood('clerk', 'typed'), 'none');
});

test('where no record tells of programs, an account to which people write is a person', async () => {
  assert.equal(await flood('dev', 'unrecorded'), 'medium');
  assert.equal(await flood('dev', 'unrecorded', { letters: false }), 'informational');
});

test('a name of our domain that is no account is the name of a program', () => {
  const uids: Readonly<Record<string, number>> = { dev: 1002, backup: 34 };
  const identity = { uidOf: (name: string) => uids[name] ?? -1 };
  const world = worldOf({ identity, mail: { localDomains: new Set(['example.org']) } });
  const roles = (...senders: readonly string[]) => senders.map(each => isRole(each, world));
  assert.deepEqual(roles('tickets@example.org', 'backup@example.org', 'dev@mx1.example.org'), [true, true, false]);
  assert.deepEqual(roles('dev@example.org', 'boss@example.com', '', '?'), [false, false, false, false]);
});

test('old mail that somebody moves keeps the ids of its writers', () => {
  const world = worldOf({ mail: { localDomains: new Set(['example.org']) } });
  const written = (...ids: readonly string[]): boolean =>
    areWrittenHere(
      ids.map(messageId => sample({ messageId, host: 'mx1.example.org', submitterUid: 1002 })),
      1002,
      world,
    );
  assert.equal(written('<20261123.1@mx1.example.org>', '<2@mx1>', '', '<3@ws1.example.org>'), true);
  assert.equal(written('<1.old@example.net>', '<2.old@example.net>', '<3@mx1>'), false);
});
