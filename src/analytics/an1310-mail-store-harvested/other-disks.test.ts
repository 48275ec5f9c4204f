import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, inOrder, linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const BOX = '/home/buyer/Maildir';
const STICK = '/media/ops/STICK';

/** What `act` does on a host where reads and writes are recorded, but none on other disks. `root` runs a command by sudo. */
async function told(
  act: (by: { shell: Process; root: (line: string) => Process; log: HostLog; letters: readonly string[] }) => void,
): Promise<readonly Alert[]> {
  const log = new HostLog();
  const letters = [log.deliver({ to: 'buyer' }), log.deliver({ to: 'buyer' }), log.deliver({ to: 'clerk' })];
  const shell = log.shell('ops');
  shell.write('/home/ops/notes.txt');
  shell.run('/usr/bin/curl -s https://www.example.net/').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const who = { ...shell.who, uid: 0 };
  const root = (line: string): Process => shell.run(`/usr/bin/sudo ${line}`, { who }).run(`/usr/bin/${line}`);
  act({ shell, root, log, letters: letters.map(({ path }) => path) });
  return scanLog(log);
}
const level = (alerts: readonly Alert[]): string =>
  alerts.map(({ analytic, severity }) => `${analytic} ${severity}`).join();
const HARVEST = 'AN1310 medium';
const NOTE = 'AN1310 informational';

/** A command of root's that reads the buyer's two letters. */
const copied = (line: string) =>
  told(({ root, letters: [a = '', b = ''] }) => {
    root(line).read(a).read(b);
  });

test("somebody else's box, put on what a person plugged in", async () => {
  for (const line of [
    `cp -a ${BOX} ${STICK}/drivers`,
    `cp -a -t ${STICK} ${BOX}`,
    `rsync -a ${BOX}/ ${STICK}/x/`,
    `tar -czf ${STICK}/x.tgz ${BOX}`,
    `zip -qr /run/media/ops/4711-AB/x.zip ${BOX}`,
    `cp -a ${BOX} /media/root/STICK/x`,
    `cp -a ${BOX} /media/clerk/STICK/x`,
  ])
    assert.equal(level(await copied(line)), HARVEST, line);
});

test('the story says on which disk, and that it was taken off', async () => {
  const alerts = await told(({ root, letters: [a = ''] }) => {
    root(`cp -a ${BOX} ${STICK}/x`).read(a).write(`${STICK}/x/new/1700000001.V1.ws1`);
    root(`umount ${STICK}`);
  });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', 'cp', BOX],
    ['file.written', `${STICK}/x/new/1700000001.V1.ws1`],
    ['process.started', `umount`, `unmounts ${STICK}`],
  ]);
  assert.match(alert.title, /^Mail of buyer read and put on a disk/);
  assert.match(alert.story, /put it with cp on the disk at \/media\/ops\/STICK\.$/);
  assert.ok(alert.missing.every(each => !each.includes('Bytes')));
});

test('a folder above the disk that was mounted is not this disk', async () => {
  const alerts = await told(({ root, letters: [a = ''] }) => {
    root('mount /dev/sdb1 /media/ops');
    root(`cp -a ${BOX} ${STICK}/x`).read(a);
  });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  assert.ok(alert.steps.every(({ summary }) => !summary.includes(' mounts ')));
});

test('the story tells of the disk rather than of a way of which no place is known', async () => {
  const alerts = await told(({ shell, root, letters: [a = ''] }) => {
    const [cat] = shell.pipeline(`/usr/bin/cat ${a}`, '/usr/sbin/sendmail -t');
    cat?.read(a);
    root(`cp -a ${BOX} ${STICK}/x`).read(a);
  });
  const { story, next } = firesAt(alerts, 'AN1310', 'medium');
  assert.match(story, /put it with cp on the disk at \/media\/ops\/STICK\.$/);
  assert.deepEqual(
    next.filter(each => each.includes('disk')),
    ['Find the disk that hung at /media/ops/STICK, and who has it.'],
  );
});

test('an archive that lay elsewhere first', async () => {
  const alerts = await told(({ root, log, letters: [a = ''] }) => {
    root(`tar -czf /tmp/x.tgz ${BOX}`).read(a).write('/tmp/x.tgz');
    log.wait(30 * MINUTE);
    root(`cp /tmp/x.tgz ${STICK}/`).read('/tmp/x.tgz');
  });
  assert.equal(level(alerts), HARVEST);
});

test('a disk that was mounted for it, wherever, by the session that takes the mail', async () => {
  const around = (before: string, after: string, at: string) =>
    told(({ root, letters: [a = ''] }) => {
      if (before !== '') root(before);
      root(`cp -a ${BOX} ${at}/x`).read(a);
      if (after !== '') root(after);
    });
  assert.equal(level(await around('mount /dev/sdb1 /mnt', 'umount /mnt', '/mnt')), HARVEST);
  assert.equal(level(await around('mount -t vfat /dev/sdb1 /srv/x', '', '/srv/x')), HARVEST);
  assert.equal(level(await around('', 'umount -l /mnt/x', '/mnt/x')), HARVEST, 'only taken off');
  assert.equal(level(await around('', '', '/mnt/archive')), NOTE, 'nobody mounted it');
  assert.equal(level(await around('', '', '/media/backup')), NOTE, 'a place of no account');
  assert.equal(level(await around('mount /mnt/archive', 'umount /mnt/archive', '/mnt/archive')), NOTE, 'fstab(5)');
  assert.equal(level(await around('mount -t tmpfs none /srv/x', '', '/srv/x')), NOTE, 'no disk');
  assert.equal(level(await around('mount -o bind /home /srv/x', '', '/srv/x')), NOTE, 'no other disk');
  assert.equal(level(await around('mount /dev/sdb1 /srv/y', '', '/srv/x')), NOTE, 'another place');
});

test('somebody else mounted it', async () => {
  const alerts = await told(({ root, log, letters: [a = ''] }) => {
    log.shell('root').run('/usr/bin/mount /dev/sdb1 /mnt/archive');
    root(`cp -a ${BOX} /mnt/archive/x`).read(a);
  });
  assert.equal(level(alerts), NOTE);
});

test('the own mail, a job, all homes, and what only lies on the disk is none', async () => {
  const own = await told(({ log, letters }) => {
    log
      .shell('clerk')
      .run('/usr/bin/cp -a /home/clerk/Maildir /media/clerk/STICK/')
      .read(letters[2] ?? '');
  });
  assert.equal(level(own), '', 'own mail');
  const job = await told(({ log, letters: [a = ''] }) => {
    const line = `/usr/bin/rsync -a ${BOX}/ /media/ops/STICK/buyer/`;
    log.cron('root', line).run(line).read(a);
  });
  assert.equal(level(job), '', "a job of root's");
  assert.equal(level(await copied(`rsync -a /home/ ${STICK}/homes/`)), '', 'all homes');
  const back = await told(({ root, log }) => {
    const old = `${STICK}/old/new/1700000001.V1.ws0`;
    log.shell('buyer').write(old);
    root(`tar -czf ${STICK}/old.tgz ${STICK}/old`).read(old).write(`${STICK}/old.tgz`);
  });
  assert.ok(!level(back).includes('medium'), 'what lay there before');
});
