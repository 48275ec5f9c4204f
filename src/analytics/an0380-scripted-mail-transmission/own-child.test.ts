import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A job's mutt mails a file to `to` by a sendmail that it starts through a fork, of which no record tells. */
async function mailed(to: string, { seen = true, size = 5000 } = {}): Promise<readonly Alert[]> {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const job = log.cron('clerk', 'bin/weekly').run('/home/clerk/bin/weekly', { by: '/bin/bash' });
  job.run('/usr/bin/zip -q weekly.zip orders.csv').write('/home/clerk/weekly.zip');
  const mutt = job.run(`/usr/bin/mutt -s Orders -a weekly.zip -- ${to}`);
  const child = mutt.fork().fork();
  if (seen) child.read('/tmp/mutt-ws1-1003-1');
  child.exec(`/usr/sbin/sendmail -oem -oi -- ${to}`);
  log.wait(SECOND);
  log.submitted('clerk', to, size);
  return scanLog(log);
}

test('mutt and the sendmail that it starts are one sending', async () => {
  const alert = firesAt(await mailed('box@example.net'), 'AN0380', 'medium');
  assert.match(alert.story, /sent 1 message to box@example\.net with mutt: 1 confirmed\./);
});

test('what is put into a mailbox here is a note, however it is packed; large, it is more', async () => {
  const [inside] = await mailed('buyer@example.org');
  assert.deepEqual([inside?.analytic, inside?.severity], ['AN0380', 'informational']);
  assert.ok(inside?.factors.some(({ name, weight }) => name === 'nothing of it went on from here' && weight === 0));
  firesAt(await mailed('buyer@example.org', { size: 900_000 }), 'AN0380', 'low');
});

test('where no record tells of the fork, the sendmail that follows at once for the same people is its own', async () => {
  const story = async (to: string, gap = 0): Promise<string> => {
    const log = new HostLog();
    log.deliver();
    log.wait(MINUTE);
    const job = log.cron('clerk', 'bin/weekly').run('/home/clerk/bin/weekly', { by: '/bin/bash' });
    job.run('/usr/bin/zip -q weekly.zip orders.csv').write('/home/clerk/weekly.zip');
    const mutt = job.run('/usr/bin/mutt -s Orders -a weekly.zip -- box@example.net');
    log.wait(gap);
    mutt.fork().fork().exec(`/usr/sbin/sendmail -oem -oi -- ${to}`);
    log.submitted('clerk', 'box@example.net', 5000);
    return firesAt(await scanLog(log), 'AN0380', 'medium').story;
  };
  assert.match(await story('box@example.net'), /sent 1 message to/);
  assert.match(await story('other@example.net'), /sent 2 messages to/);
  assert.match(await story('box@example.net', 5 * SECOND), /sent 2 messages to/);
});
