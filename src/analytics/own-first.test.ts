import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A client that reads back what it wrote itself: each thing it saves has a beginning of its own. */
const INDEX = '/tmp/MozillaMailnews/INBOX.msf';
const SAVED = '/home/clerk/Documents/plan';

function client(): { log: HostLog; by: Process } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  return { log, by: log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path) };
}

test('an index that the client keeps in a temporary place is no part of the story of what it saves', async () => {
  const { log, by } = client();
  by.write(INDEX).read(INDEX).write(SAVED);
  log.shell('clerk').run(`/bin/bash ${SAVED}`).read(SAVED).connect('203.0.113.66', 80);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.ok(alert.steps.some(step => step.kind === 'file.created' && step.summary.endsWith(SAVED)));
  assert.ok(!alert.steps.some(step => step.summary.includes(INDEX)));
});

test('what another program reads there came from the client all the same', async () => {
  const { log, by } = client();
  by.write(INDEX);
  const shell = log.shell('clerk');
  shell.run(`/usr/bin/cp ${INDEX} ${SAVED}`).read(INDEX).write(SAVED);
  shell.run(`/bin/bash ${SAVED}`).read(SAVED).connect('203.0.113.66', 80);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.ok(alert.steps.some(step => step.summary.includes(INDEX)));
});

test('what came to the client from elsewhere stays what it was', async () => {
  const { log, by } = client();
  by.write(INDEX);
  const shell = log.shell('clerk');
  shell.run(`/usr/bin/cp ${INDEX} /home/clerk/copy`).read(INDEX).write('/home/clerk/copy');
  by.read('/home/clerk/copy').write(SAVED);
  shell.run(`/bin/bash ${SAVED}`).read(SAVED).connect('203.0.113.66', 80);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.ok(alert.steps.some(step => step.summary.includes(INDEX)));
});
