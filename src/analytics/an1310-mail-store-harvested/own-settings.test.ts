import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A fetcher on its user's own mail: set up by that user, or with settings made for the occasion. */
const OUT = '203.0.113.66';
const MADE = 'a fetcher with settings made for the occasion';

interface Facts {
  readonly words: string;
  /** What the shell writes before, and how long before. */
  readonly writes?: string;
  readonly before?: number;
  readonly to?: string;
  readonly start?: (log: HostLog) => Process;
}

async function told({ words, writes = '', before = SECOND, to = OUT, start }: Facts): Promise<readonly Alert[]> {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const { path } = log.deliver();
  const shell = start?.(log) ?? log.shell('clerk');
  if (writes !== '') shell.write(writes);
  log.wait(before);
  shell.run(words).connect(to, 143).read(path).write('/home/clerk/.sync-state').write('/tmp/.seen');
  return (await scanLog(log)).filter(alert => alert.analytic === 'AN1310');
}

test('a fetcher that is told to obey settings made for the occasion carries the box away', async () => {
  for (const words of [
    '/usr/bin/mbsync -q -c /tmp/.mrc c',
    '/usr/bin/mbsync --config=/dev/shm/x c',
    '/usr/bin/mbsync -c/var/tmp/x/rc -a',
    '/usr/bin/mbsync -c /dev/fd/63 -a',
  ]) {
    const [alert, ...more] = await told({ words });
    assert.equal(alert?.severity, 'medium', words);
    assert.equal(more.length, 0);
    assert.ok(factorsOf(alert).includes(MADE));
    assert.ok(!factorsOf(alert).includes('staged in a file'), 'what it notes of its work is no copy');
  }
  const [fresh] = await told({ words: '/usr/bin/mbsync -c /home/clerk/.cache/x -a', writes: '/home/clerk/.cache/x' });
  assert.equal(fresh?.severity, 'medium');
});

test('a fetcher that its user has set up is at its work', async () => {
  assert.deepEqual(await told({ words: '/usr/bin/mbsync -a' }), []);
  assert.deepEqual(await told({ words: '/usr/bin/mbsync -c .config/mbsyncrc -a' }), []);
  // A log among the temporary files says nothing of what it obeys.
  assert.deepEqual(await told({ words: '/usr/bin/offlineimap -l /tmp/sync.log' }), []);
  const cron = (log: HostLog): Process => log.cron('clerk', 'mbsync -c .config/mbsyncrc -a');
  assert.deepEqual(await told({ words: '/usr/bin/mbsync -c .config/mbsyncrc -a', start: cron }), []);
  // Another file was written.
  const words = '/usr/bin/mbsync -c /home/clerk/.cache/x -a';
  assert.deepEqual(await told({ words, writes: '/home/clerk/.cache/y' }), []);
  assert.deepEqual(await told({ words: '/usr/bin/mbsync -c /tmp/.mrc c', to: '127.0.0.1' }), []);
});
