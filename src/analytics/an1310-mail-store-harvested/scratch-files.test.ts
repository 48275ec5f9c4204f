import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const SCRATCH = '/tmp/.Sem.x1';

async function copies(program: string, when: 'removed before' | 'removed after' | 'left'): Promise<boolean> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.wait(MINUTE);
  const reader = log.shell('clerk').run(program);
  reader.write(SCRATCH);
  if (when === 'removed before') reader.unlink(SCRATCH);
  reader.read(path);
  if (when === 'removed after') reader.unlink(SCRATCH);
  reader.connect('203.0.113.9', 443);
  return JSON.stringify(await scanLog(log)).includes(SCRATCH);
}

test('what an interpreter made for itself, and took away before it read a letter, is no copy', async () => {
  assert.equal(await copies('/usr/bin/php /home/clerk/x.php', 'removed before'), false);
  assert.equal(await copies('/usr/bin/php /home/clerk/x.php', 'removed after'), true, 'it was there to be filled');
  assert.equal(await copies('/usr/bin/php /home/clerk/x.php', 'left'), true);
  assert.equal(await copies('/usr/bin/zip /home/clerk/x.zip', 'removed before'), true, 'zip makes it anew');
});
