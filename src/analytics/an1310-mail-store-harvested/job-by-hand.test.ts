import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

interface Run {
  /** Whose box the script reads. */
  readonly of?: string;
  readonly page?: string;
  readonly script?: string;
  readonly to?: string;
  readonly address?: string;
}

/** A script writes a page of each letter in the account's box, and has rsync send them. */
function publish(by: Process, letters: Readonly<Record<string, string>>, run: Run): void {
  const { of = 'clerk', page = 'public/1.html', script = 'bin/pages.py', to = 'rsync://www.example.org/in/' } = run;
  const python = by.run(`/usr/bin/python3 ${script}`).read(script);
  python.read(letters[of] as string).write(page);
  const rsync = python.run(['/usr/bin/rsync', '-a', '/home/clerk/public/', to]);
  rsync.connect(run.address ?? '198.51.100.30', 873).read(`/home/clerk/${page}`);
}

/** A job does it once, then clerk by hand in a login. The severity of what is told of the login. */
async function byHand(run: Run, job: Run | null = {}, login = 'clerk'): Promise<string> {
  const log = new HostLog();
  const letters = { clerk: log.deliver().path, buyer: log.deliver({ to: 'buyer' }).path };
  log.shell('clerk').write('bin/pages.py').write('bin/other.py');
  log.wait(MINUTE);
  if (job !== null) publish(log.cron('clerk', 'python3 bin/pages.py'), letters, job);
  log.wait(10 * MINUTE);
  const shell = log.shell(login);
  shell.cwd = '/home/clerk';
  shell.run('/bin/grep -l x Maildir/new').read(letters.clerk);
  log.wait(MINUTE);
  publish(shell, letters, run);
  const alerts = await scanLog(log);
  const of = alerts.filter(({ analytic, story }) => analytic === 'AN1310' && story.includes('(interactive)'));
  return of.map(({ severity }) => severity).join();
}

test('a job of the own mail to the own domain that its account runs by hand is what the job is', async () => {
  assert.equal(await byHand({}), 'informational');
  assert.equal(await byHand({ page: 'public/2.html' }), 'informational', 'a page that is new lies among the others');
});

test('without such a job, or where anything differs from it, it is told as what it is', async () => {
  assert.equal(await byHand({}, null), 'low', 'no job');
  assert.equal(await byHand({ script: 'bin/other.py' }), 'low', 'another program');
  assert.equal(await byHand({ page: 'other/1.html' }), 'low', 'another folder');
  assert.equal(await byHand({ to: 'rsync://mx.example.org/in/' }), 'low', 'another command');
  assert.equal(await byHand({ address: '198.51.100.31' }), 'low', 'another host of that name');
  assert.equal(await byHand({}, { of: 'buyer' }), 'low', 'the job reads mail of somebody else');
  assert.match(await byHand({ of: 'buyer' }), /low/, 'by hand it does');
  assert.match(await byHand({}, {}, 'ops'), /low|medium/, 'another account');
});

test('a job that sends elsewhere than to the own domain clears nothing', async () => {
  const away = { to: 'rsync://drop.example.net/in/', address: '203.0.113.66' };
  assert.equal(await byHand(away, away), 'medium');
});
