import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  firesAt,
  inOrder,
  linksHold,
  scanLog,
  silent,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A package file that is unpacked where its person may write, on a host that records commands only. */

const DEB = 'meet_6.2_amd64.deb';
const APPS = '/home/buyer/apps';
const HELPER = '/home/buyer/.config/gvfs/gvfsd-meta';

/** buyer's browser was in use a moment ago. */
function downloaded(): { readonly log: HostLog; readonly shell: Process } {
  const log = new HostLog({ files: false, network: false });
  log.desktop('buyer').run('/usr/lib/firefox-esr/firefox-esr');
  log.wait(MINUTE);
  const shell = log.shell('buyer');
  shell.cwd = '/home/buyer/Downloads';
  return { log, shell };
}

const unpack = (shell: Process, line = `/usr/bin/dpkg-deb -x ${DEB} ${APPS}`): void => {
  shell.run(line).run('/usr/bin/tar -x -p -f -');
};

/** What lies in the package has something copied, and starts the copy. */
function startsCopy(shell: Process, from: string, to: string): void {
  const run = shell.run(`${APPS}/opt/meet/meet`, { by: '/bin/sh' });
  run.run(['/usr/bin/cp', from, to]);
  run.run(['/usr/bin/setsid', to]).exec([to]);
}

test('what was unpacked hides a part of itself and starts that', async () => {
  const { log, shell } = downloaded();
  unpack(shell);
  startsCopy(shell, `${APPS}/opt/meet/meet-bin`, HELPER);
  const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
  assert.equal(alert.title, `Download run: ${APPS}/opt/meet/meet`);
  linksHold(alert);
  inOrder(alert, [
    ['file.placed', DEB],
    ['file.written', 'dpkg-deb', 'unpacks it into', APPS],
    ['content.executed', `${APPS}/opt/meet/meet`],
    ['file.written', 'cp', 'hidden and under another name', HELPER],
    ['content.executed', HELPER],
  ]);
});

test('dpkg is told the same', async () => {
  const { log, shell } = downloaded();
  unpack(shell, `/usr/bin/dpkg --extract ${DEB} ${APPS}`);
  startsCopy(shell, `${APPS}/opt/meet/meet-bin`, HELPER);
  firesAt(await scanLog(log), 'AN0321', 'medium');
});

test('what was unpacked is run: a guess by its place', async () => {
  const { log, shell } = downloaded();
  unpack(shell);
  shell.run(`${APPS}/opt/meet/meet`);
  const alerts = await scanLog(log);
  inOrder(firesAt(alerts, 'AN0321', 'informational'), [['content.executed', `${APPS}/opt/meet/meet`]]);
  atMostAt(alerts, 'low');
});

test('a program that copies itself under its own name is installed so', async () => {
  const { log, shell } = downloaded();
  unpack(shell);
  startsCopy(shell, `${APPS}/opt/meet/meet-bin`, '/home/buyer/.local/share/meet/meet-bin');
  atMostAt(await scanLog(log), 'low');
});

test('nor does it hide where it takes another name and lies in the open', async () => {
  const { log, shell } = downloaded();
  unpack(shell);
  startsCopy(shell, `${APPS}/opt/meet/meet-bin`, '/home/buyer/meet');
  atMostAt(await scanLog(log), 'low');
});

test('what its person puts away hides nothing from its person', async () => {
  const { log, shell } = downloaded();
  unpack(shell);
  shell.run(['/usr/bin/cp', `${APPS}/opt/meet/meet-bin`, HELPER]);
  shell.run(HELPER);
  const alerts = await scanLog(log);
  inOrder(firesAt(alerts, 'AN0321', 'informational'), [
    ['file.written', 'cp', HELPER],
    ['content.executed', HELPER],
  ]);
  atMostAt(alerts, 'low');
});

test('looked into, or unpacked elsewhere, it brought nothing that runs', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/dpkg-deb -I ${DEB}`);
  unpack(shell, `/usr/bin/dpkg-deb -x ${DEB} /home/buyer/other`);
  log.wait(10 * SECOND);
  startsCopy(shell, `${APPS}/opt/meet/meet-bin`, HELPER);
  silent(await scanLog(log));
});

test('only root installs: what was refused ran nothing', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/dpkg -i ${DEB}`);
  silent(await scanLog(log));
});

test('as root it runs what the package brings', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/sudo dpkg -i ${DEB}`).run(`/usr/bin/dpkg -i ${DEB}`, { who: { ...shell.who, uid: 0 } });
  inOrder(firesAt(await scanLog(log), 'AN0321', 'informational'), [
    ['content.executed', DEB, 'installed as a package'],
  ]);
});

test('and so may a person in a container of their own', async () => {
  const { log, shell } = downloaded();
  shell.run('/usr/bin/unshare -r bash').run(`/usr/bin/dpkg -i ${DEB}`);
  firesAt(await scanLog(log), 'AN0321', 'informational');
});
