import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { inOrder, scanLog, strengthsOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'sync@example.com';
const LINE = 'tar -C . -czf - papers | base64';
const PACKS = ['/usr/bin/tar -C . -czf - papers', '/usr/bin/base64'];

interface Facts {
  readonly line?: string;
  readonly stages?: readonly string[];
  readonly to?: string;
  readonly size?: number;
  readonly times?: number;
  /** The table was set so long before, by a login without a terminal. */
  readonly setBefore?: number;
  /** Records tell which program started the job. */
  readonly seen?: boolean;
}

/** cron runs a line of clerk's, and mails what it prints. */
function jobs(facts: Facts): HostLog {
  const { line = LINE, stages = PACKS, to = OUT, size = 23_000, times = 2 } = facts;
  const log = new HostLog();
  log.deliver();
  if (facts.setBefore !== undefined) {
    log.remote('clerk', 'crontab -', '192.0.2.77').run('/usr/bin/crontab -');
    log.wait(facts.setBefore);
  }
  for (let i = 0; i < times; i++) {
    const shell = log.cron('clerk', line);
    if (facts.seen === true) new Process(log.records, shell.ppid, 650, '/usr/sbin/cron', shell.who).write('/tmp/x');
    shell.pipeline(...stages);
    const mailer = new Process(log.records, log.records.nextPid(), shell.ppid, '/usr/sbin/cron', shell.who);
    mailer.exec(`/usr/sbin/sendmail -FCronDaemon -i -B8BITMIME -oem ${to}`).run('/usr/sbin/postdrop -r');
    if (to !== 'clerk') log.submitted('clerk', to, size);
    log.wait(HOUR);
  }
  return log;
}

async function severity(facts: Facts): Promise<string | undefined> {
  return (await scanLog(jobs(facts))).find(({ analytic }) => analytic === 'AN0380')?.severity;
}

test('what a job packs and prints, and cron mails outside, is what that job sends', async () => {
  const [found] = await scanLog(jobs({}));
  assert.equal(found?.severity, 'medium');
  assert.match(found?.factors.map(each => each.evidence).join('\n') ?? '', /base64, tar[^]*cron: tar -C/);
  inOrder(found, [
    ['process.started', 'cron job begins: tar -C'],
    ['process.started', 'sendmail', 'fed by base64, tar'],
    ['mail.delivered', OUT],
  ]);
  assert.deepEqual(strengthsOf(found, 'output'), ['inferred']);
  assert.equal(await severity({ seen: true }), 'medium', 'also where records tell that it is cron');
  assert.equal(await severity({ times: 6 }), 'medium', 'again and again');
});

test('a table set without a terminal right before makes it high', async () => {
  const [found] = await scanLog(jobs({ setBefore: MINUTE }));
  assert.equal(found?.severity, 'high');
  inOrder(found, [
    ['table.set', 'clerk sets the table of jobs'],
    ['process.started', 'sendmail'],
  ]);
});

test("cron's usual mail, what prints into a file, what packs nothing and a report for people here stay as they are", async () => {
  const quiet: readonly Facts[] = [{ size: 1500 }, { to: 'ops@example.org' }, { to: 'clerk' }];
  for (const facts of quiet) assert.equal(await severity(facts), undefined, JSON.stringify(facts));
  for (const facts of [
    { line: 'pg_dump shop | gzip > shop.gz', stages: ['/usr/bin/pg_dump shop', '/usr/bin/gzip'] },
    { line: 'zip -r /srv/papers.zip papers', stages: ['/usr/bin/zip -r /srv/papers.zip papers'] },
    { line: 'report', stages: ['/usr/bin/df -h'] },
  ])
    assert.equal(await severity(facts), 'informational', 'that it goes outside, and no more');
  assert.equal(await severity({ setBefore: MINUTE, size: 1500 }), undefined, 'set lately, and says little');
});

test('another job of the same person is not this mail', async () => {
  const log = new HostLog();
  log.deliver();
  log.cron('clerk', LINE).pipeline(...PACKS);
  const shell = log.cron('clerk', 'report');
  shell.run('/usr/bin/df -h');
  const uid = uidOf('clerk');
  const mailer = new Process(log.records, log.records.nextPid(), shell.ppid, '/usr/sbin/cron', { ...shell.who, uid });
  mailer.exec(`/usr/sbin/sendmail -FCronDaemon -i -oem ${OUT}`);
  log.submitted('clerk', OUT, 23_000);
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  assert.ok(
    found.every(each => each.severity === 'informational'),
    found[0]?.severity,
  );
});
