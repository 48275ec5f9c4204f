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

/** Connections are recorded, and there is none by a server that is told an address by its words. */
async function byWords(user: string, line: string, act?: (server: Process, path: string, log: HostLog) => void) {
  const { log, path } = mailHost();
  log.shell('clerk').run('/usr/bin/mutt').read(path);
  log.wait(MINUTE);
  const server = log.shell(user).run(line);
  if (act === undefined) server.read(path);
  else act(server, path, log);
  return scanLog(log);
}
const grades = (alerts: Awaited<ReturnType<typeof scanLog>>): string =>
  alerts.map(({ analytic, severity }) => `${analytic} ${severity}`).join();

test('the words of a server over a store are the way out, where no record can tell of another', async () => {
  const over = await byWords('clerk', '/usr/bin/php -S 0.0.0.0:8090 -t /home/clerk/Maildir', (server, path) => {
    server.write('/tmp/.lock4711');
    server.read('/home/clerk/Maildir/names.txt').read(path);
  });
  const alert = firesAt(over, 'AN1310', 'medium');
  assert.match(
    alert.story,
    /^On \S+, clerk \(\w+\) read the mail store of clerk with php and let other hosts take it from php at 0\.0\.0\.0:8090\.$/,
  );
  assert.ok(
    alert.steps.some(({ summary }) => /reads, in a mail store, \S+\/new\//.test(summary)),
    'a letter is named',
  );
  assert.ok(!JSON.stringify(alert).includes('lock4711'), 'what it noted before anybody asked is no copy');
  assert.ok(alert.wouldChange.some(({ why }) => why.startsWith('no record tells who connected')));

  for (const line of [
    '/usr/bin/python3 -m http.server 8000',
    '/usr/bin/darkhttpd /home/clerk --port 8000',
    '/tmp/unheard-of --listen :8000',
    '/usr/bin/caddy file-server --listen :8000 --root /home/clerk',
  ])
    assert.match(grades(await byWords('clerk', line)), /AN1310 medium/, line);
});

test('a list of names alone, a server for this host, other files, a folder of the own, an application of the own', async () => {
  const listOnly = (server: Process): void => void server.read('/home/clerk/Maildir/names.txt');
  assert.equal(grades(await byWords('clerk', '/usr/bin/php -S 0.0.0.0:80 -t /home/clerk/Maildir', listOnly)), '');
  const photos = (server: Process): void => void server.read('/home/clerk/photos/1.jpg');
  assert.equal(grades(await byWords('clerk', '/usr/bin/python3 -m http.server 8000', photos)), '');
  for (const line of [
    '/usr/bin/php -S 127.0.0.1:8090 -t /home/clerk/Maildir',
    '/usr/bin/python3 -m http.server --bind localhost',
    '/usr/bin/php -S 0.0.0.0:8080 -t /home/clerk/webmail',
  ])
    assert.equal(grades(await byWords('clerk', line)), '', line);
  const others = await byWords('buyer', '/usr/bin/php -S 0.0.0.0:8080 -t /home/buyer/webmail');
  assert.equal(grades(others), 'AN1310 medium', 'mail of somebody else is none of its business');
  const service = mailHost();
  service.log.service('/usr/bin/php -S 0.0.0.0:8080 -t /usr/share/webmail').read(service.path);
  assert.equal(grades(await scanLog(service.log)), '', 'a service of the system');
});

test('where no reads are recorded, a server that is put over a store, or started in it', async () => {
  const blind = async (line: string, cwd = '/home/clerk') => {
    const log = new HostLog();
    log.deliver({ to: 'clerk' });
    log.wait(MINUTE);
    log.shell('clerk').run(line, { cwd });
    return scanLog(log);
  };
  const over = firesAt(await blind('/usr/bin/php -S 0.0.0.0:8090 -t Maildir'), 'AN1310', 'medium');
  assert.match(over.steps.map(({ summary }) => summary).join(), /stands over the mail store \/home\/clerk\/Maildir,/);
  const started = firesAt(await blind('/usr/bin/python3 -m http.server', '/home/clerk/Maildir'), 'AN1310', 'medium');
  assert.match(
    started.steps.map(({ summary }) => summary).join(),
    /stands over the mail store \/home\/clerk\/Maildir,/,
  );
  assert.equal(grades(await blind('/usr/bin/python3 -m http.server')), '', 'a home holds more than mail');
  assert.doesNotMatch(grades(await blind('/usr/bin/php -S 127.0.0.1:8090 -t Maildir')), /low|medium|high/);
});
