import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Process, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A web server reads people's mail by itself: who asked for the page gets it, and no record of this host tells who that was. */
function mailHost() {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'buyer' });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.wait(MINUTE);
  return { log, path };
}

async function reads(act: (log: HostLog, path: string) => Process, opens = 'chmod -R o+rX /home/buyer/Maildir') {
  const { log, path } = mailHost();
  const shell = log.shell('ops');
  if (opens !== '') shell.run(`/usr/bin/${opens}`, { who: { ...shell.who, uid: 0 } });
  act(log, path).read(path);
  return scanLog(log);
}
const PHP = '/usr/bin/php8.2 -S 0.0.0.0:8080 -t /srv/site';

test('the account of a web site reads a box of a person', async () => {
  const alert = firesAt(await reads(log => log.service(PHP, 'www-data')), 'AN1310', 'medium');
  assert.equal(alert.title, 'Mail of buyer read and served to the network');
  assert.match(alert.story, /let other hosts take it from php8\.2 at 0\.0\.0\.0:8080\.$/);
  assert.ok(alert.steps.some(({ summary }) => summary.includes('answers whoever asks at 0.0.0.0:8080')));
  assert.ok(alert.wouldChange.some(({ why }) => why.startsWith('no record tells who connected')));
});

test('a web server does, by a program that it starts', async () => {
  const server = (log: HostLog) => log.service('/usr/sbin/apache2 -k start', 'www-data');
  const alert = firesAt(await reads(log => server(log).run('/usr/bin/cat x')), 'AN1310', 'medium');
  assert.match(alert.story, /from cat at the web site\.$/);
});

test('whom nobody reaches from outside, jobs and logins of that account, and its own mail are left alone', async () => {
  const quiet = async (act: (log: HostLog, path: string) => Process): Promise<void> =>
    atMostAt(await reads(act), 'informational');
  await quiet(log => log.service('/usr/bin/php8.2 -S 127.0.0.1:8080', 'www-data'));
  await quiet(log => log.service('/usr/bin/php8.2 -S localhost:8080', 'www-data'));
  await quiet(log => log.cron('www-data', '/usr/bin/php8.2 job.php').run('/usr/bin/php8.2 job.php'));
  await quiet(log => {
    const shell = log.shell('ops');
    return shell.run('/usr/bin/cat x', { who: { ...shell.who, uid: uidOf('www-data') } });
  });
  await quiet(log => log.service('/usr/bin/indexer x', 'ops'));
});

test('a box that nobody opened is read by a webmail, and one that is closed, or opened by its owner', async () => {
  const server = (log: HostLog): Process => log.service(PHP, 'www-data');
  for (const opens of [
    '',
    'chmod -R 700 /home/buyer/Maildir',
    'chmod -R g+r,o-r /home/buyer/Maildir',
    'chmod o+r /home/clerk/Maildir',
  ])
    atMostAt(await reads(server, opens), 'informational');
  for (const opens of [
    'chmod -R a+r /home/buyer/Maildir',
    'chmod 755 /home/buyer/Maildir/',
    'setfacl -R -m u:www-data:rX /home/buyer/Maildir',
  ])
    firesAt(await reads(server, opens), 'AN1310', 'medium');
  const { log, path } = mailHost();
  log.shell('buyer').run('/usr/bin/chmod -R o+rX /home/buyer/Maildir');
  server(log).read(path);
  atMostAt(await scanLog(log), 'informational');
});
