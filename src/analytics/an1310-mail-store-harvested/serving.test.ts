import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Nothing here reaches out: other hosts come for the mail, and records of connections show only that a server looked for its address. */
function mailHost() {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.wait(MINUTE);
  return { log, path };
}
const listens = (process: Process): Process => process.connect('::', 8730).connect('0.0.0.0', 8730);

test('a server that somebody started hands a box out, in the process that it forks for its client', async () => {
  const { log, path } = mailHost();
  const daemon = listens(log.shell('buyer').run('/usr/bin/rsync --daemon --config=/tmp/r'));
  daemon.orphan().fork().read(path);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.equal(alert.title, 'Mail of clerk read and served to the network');
  assert.match(alert.story, /let other hosts take it from rsync at 0\.0\.0\.0:8730\.$/);
  assert.match(alert.next.join(' '), /who connected to 0\.0\.0\.0:8730/);
  assert.ok(alert.wouldChange.some(({ why }) => why.startsWith('no record tells who connected')));
});

test('mail that was packed and is then served, by an interpreter or by what socat starts', async () => {
  const packed = mailHost();
  const shell = packed.log.shell('buyer');
  shell.run('/usr/bin/zip -r /home/buyer/x.zip /home/clerk/Maildir').write('/home/buyer/x.zip').read(packed.path);
  listens(shell.run('/usr/bin/python3 -m http.server 8730')).read('/home/buyer/x.zip');
  assert.match(firesAt(await scanLog(packed.log), 'AN1310', 'medium').story, /staged it in .*at 0\.0\.0\.0:8730/);

  const started = mailHost();
  const socat = listens(started.log.shell('buyer').run('/usr/bin/socat TCP-LISTEN:8730 EXEC:/tmp/c'));
  socat.run('/bin/cat x').read(started.path);
  firesAt(await scanLog(started.log), 'AN1310', 'medium');
});

test('a service of the system, a server for this host alone, and what a server starts besides', async () => {
  const told = async (act: (log: HostLog, path: string) => void): Promise<string> => {
    const { log, path } = mailHost();
    act(log, path);
    return (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();
  };
  assert.equal(
    await told((log, path) => void listens(log.service('/usr/bin/rsync --daemon')).fork().read(path)),
    '',
    'no login stands behind it',
  );
  const local = (log: HostLog, path: string) =>
    void log.shell('buyer').run('/usr/bin/rsync --daemon').connect('127.0.0.1', 8730).read(path);
  assert.doesNotMatch(await told(local), /served/);
  const beside = (log: HostLog, path: string) =>
    void listens(log.shell('clerk').run('/usr/bin/jupyter-lab')).run('/bin/bash').run('/usr/bin/tar c x').read(path);
  assert.equal(await told(beside), '', 'its own mail, read by what a terminal in it runs');
  const unread = (log: HostLog) => void listens(log.shell('buyer').run('/usr/bin/rsync --daemon'));
  assert.equal(await told(unread), '');
});

test('a connection to the unspecified address reaches no other host', async () => {
  const { log, path } = mailHost();
  log.shell('clerk').run('/usr/bin/sort x').read(path).connect('0.0.0.0', 8730);
  const [alert] = await scanLog(log);
  assert.ok(alert === undefined || !alert.entities.some(({ kind }) => kind === 'address'), 'it is no destination');
});
