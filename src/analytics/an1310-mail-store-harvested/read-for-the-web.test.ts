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

async function reads(act: (log: HostLog, path: string) => Process) {
  const { log, path } = mailHost();
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
