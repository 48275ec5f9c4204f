import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../events/alert.ts';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  firesAt,
  inOrder,
  linksHold,
  scanLog,
  storyOf,
} from './an0656-phishing-attachment-executed/stories.test-support.ts';

const KEY = '/home/dev/.ssh/id_work';
const SAVED = '/home/dev/Downloads/setup.sh';

/** What a script that dev saved with `client` does, and what dev does in the same shell. */
async function ran(
  act: (script: Process, shell: Process) => void,
  client = '/usr/lib/firefox/firefox',
): Promise<readonly Alert[]> {
  const log = new HostLog();
  if (client.includes('thunderbird')) log.deliver({ to: 'dev' });
  const running = log.desktop('dev').run(client).connect('203.0.113.80', 443);
  running.write(`${SAVED}.part`).rename(`${SAVED}.part`, SAVED);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  act(shell.run(`/bin/bash ${SAVED}`).read(SAVED).connect('203.0.113.66', 443), shell);
  return scanLog(log);
}
const secrets = ({ steps }: Alert): string[] =>
  steps.filter(({ kind }) => kind === 'secret.read').map(({ summary }) => summary.replace(/ \(pid \d+\)/, ''));
const advice = ({ next }: Alert): string[] => next.filter(each => each.startsWith('Take as known to others'));

test('a key that a downloaded script, or what it starts, reads is a step of its story', async () => {
  const alert = firesAt(
    await ran(script => {
      script.run(`/usr/bin/tar -cf - .ssh`).read(KEY).read(`${KEY}.pub`);
      script.run('/usr/bin/cat .netrc').read('/home/dev/.netrc');
    }),
    'AN0321',
    'high',
  );
  linksHold(alert);
  assert.deepEqual(secrets(alert), [
    `/usr/bin/tar reads ${KEY}: a private key`,
    '/usr/bin/cat reads /home/dev/.netrc: settings that hold passwords',
  ]);
  inOrder(alert, [
    ['content.executed', SAVED],
    ['secret.read', KEY],
  ]);
  assert.deepEqual(advice(alert), [`Take as known to others, and change, what lay in ${KEY}, /home/dev/.netrc.`]);
  assert.ok(alert.links.some(({ to, kind }) => to.startsWith('secret.read#') && kind === 'process-tree'));
});

test('the same of a script that came by mail', async () => {
  const logins = '/home/dev/.thunderbird/ab12.default/logins.json';
  const alert = firesAt(
    await ran(script => void script.run('/usr/bin/cp').read(logins), '/usr/lib/thunderbird/thunderbird'),
    'AN0656',
    'high',
  );
  assert.deepEqual(secrets(alert), [`/usr/bin/cp reads ${logins}: passwords that a client keeps`]);
});

test('a program that only bears the name of one that uses keys is told like any other', async () => {
  const alert = storyOf(await ran(script => void script.run('/home/dev/Downloads/ssh').read(KEY)), 'AN0321');
  assert.equal(secrets(alert).length, 1);
  const named = storyOf(await ran(script => void script.run('/home/dev/x/thunderbird').read(KEY)), 'AN0321');
  assert.equal(secrets(named).length, 1);
});

test('what the person reads, what uses keys by its work, and a client at its profile are no steps of it', async () => {
  for (const act of [
    (_: Process, shell: Process) => void shell.run('/usr/bin/cat .ssh/id_work').read(KEY),
    (script: Process) => void script.run('/usr/bin/ssh git@example.org').read(KEY),
    (script: Process) => void script.run('/usr/bin/sudo id').read('/etc/shadow'),
    (script: Process) =>
      void script.run('/usr/lib/firefox/firefox').read('/home/dev/.mozilla/firefox/ab12.default/key4.db'),
    (script: Process) => void script.read('/home/dev/.ssh/known_hosts').read('/home/dev/.ssh/config'),
    (script: Process) => void script.write('/home/dev/.ssh/id_new'),
  ]) {
    const alert = storyOf(await ran(act), 'AN0321');
    assert.deepEqual([secrets(alert), advice(alert)], [[], []]);
  }
});

test('each is told once, and a few of very many', async () => {
  const alert = storyOf(
    await ran(script => {
      for (let i = 0; i < 20; i++) script.read(`/home/dev/.ssh/id_${i}`).read(`/home/dev/.ssh/id_${i}`);
    }),
    'AN0321',
  );
  assert.equal(new Set(secrets(alert)).size, secrets(alert).length);
  assert.equal(secrets(alert).length, 8);
});
