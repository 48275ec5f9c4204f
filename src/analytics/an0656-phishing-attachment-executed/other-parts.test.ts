import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { firesAt, scanLog } from './stories.test-support.ts';

/** Archives come in parts, each with a message of its own. */

const OUT = '203.0.113.67';

interface Saved {
  readonly log: HostLog;
  readonly shell: Process;
  readonly first: string;
  readonly second: string;
}

/** Two messages, twenty minutes apart, and what a clerk saved of each. */
function saved(): Saved {
  const log = new HostLog();
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  const first = log.deliver({ unseen: true }).queueId;
  log.wait(10 * SECOND);
  client.write('/home/clerk/Documents/x.7z.001');
  log.wait(20 * MINUTE);
  const second = log.deliver({ unseen: true }).queueId;
  log.wait(10 * SECOND);
  client.write('/home/clerk/Documents/x.7z.002');
  log.wait(10 * SECOND);
  return { log, shell: log.shell('clerk'), first, second };
}

async function story(log: HostLog) {
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  const timeOf = new Map(alert.steps.map(step => [step.id, Date.parse(step.time)]));
  for (const { from, to, kind } of alert.links)
    if (kind === 'delivery') assert.ok((timeOf.get(from) ?? 0) <= (timeOf.get(to) ?? 0), `${from} before ${to}`);
  return alert.steps.map(({ kind, summary }) => `${kind} ${summary}`);
}

const has = (steps: readonly string[], kind: string, text: string): boolean =>
  steps.some(step => step.startsWith(kind) && step.includes(text));

test('of a file that was put together, each part is told with its message', async () => {
  const { log, shell, first, second } = saved();
  const cat = shell.run('/usr/bin/cat Documents/x.7z.001 Documents/x.7z.002').write('/home/clerk/x.7z');
  cat.read('Documents/x.7z.001').read('Documents/x.7z.002');
  shell.run('/usr/bin/7z x x.7z').read('x.7z').write('viewer');
  shell.run('./viewer').connect(OUT, 8443);
  const steps = await story(log);
  for (const part of ['x.7z.001', 'x.7z.002']) assert.ok(has(steps, 'file.created', part), part);
  for (const queueId of [first, second]) assert.ok(has(steps, 'mail.delivered', queueId), queueId);
});

test('what was saved besides, and what came after the file was saved, is none of it', async () => {
  const { log, shell, first, second } = saved();
  shell.run('/usr/bin/7z x Documents/x.7z.001').read('Documents/x.7z.001').write('viewer');
  shell.run('./viewer').connect(OUT, 8443);
  const steps = await story(log);
  assert.ok(has(steps, 'mail.delivered', first));
  assert.ok(!has(steps, 'mail.delivered', second) && !has(steps, 'file.created', 'x.7z.002'));
});
