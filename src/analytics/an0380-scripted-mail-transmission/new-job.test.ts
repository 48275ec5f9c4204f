import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, SYSTEM, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HOUR, HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { inOrder, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'sync@example.com';

interface Facts {
  readonly words?: string;
  readonly tty?: string;
  readonly size?: number;
  readonly to?: string;
  readonly nights?: number;
  /** Its first mail comes so long after the table was set. */
  readonly after?: number;
  /** Mail of that person's jobs goes before. */
  readonly before?: boolean;
  /** Some program without such bits is recorded too. */
  readonly full?: boolean;
}

/** A host that records set-user-ID and set-group-ID programs only. */
function stig({ words = '/usr/bin/crontab -', tty = '(none)', after = 6 * HOUR, ...facts }: Facts): HostLog {
  const log = new HostLog({ files: false, network: false });
  for (const path of ['/usr/bin/crontab', '/usr/sbin/postdrop']) log.records.node(path, 0).mode = 0o2755;
  log.deliver({ unseen: true });
  let session = 40;
  const of = (exe: string, terminal: string): Process => {
    session += 1;
    const uid = uidOf('clerk');
    const who = { uid, auid: uid, ses: session, tty: terminal };
    log.records.opened('clerk', exe, who);
    return new Process(log.records, log.records.nextPid(), 700, exe, SYSTEM).fork(who);
  };
  const mails = (size: number, to: string): void => {
    of('/usr/sbin/cron', '(none)').run('/usr/sbin/postdrop -r');
    log.submitted('clerk', to, size);
  };
  if (facts.before === true) mails(900, 'clerk@example.org');
  if (facts.full === true) log.service('/usr/sbin/chronyd');
  log.wait(HOUR);
  of('/usr/sbin/sshd', tty).run(words);
  log.wait(after);
  for (let night = 0; night < (facts.nights ?? 2); night++) {
    mails(facts.size ?? 23_000, facts.to ?? OUT);
    log.wait(DAY);
  }
  return log;
}

async function severity(facts: Facts): Promise<string | undefined> {
  return (await scanLog(stig(facts))).find(({ title }) => title.includes('postdrop'))?.severity;
}

test('a table set without a terminal, and at once large mail of its jobs for outside', async () => {
  const [found] = await scanLog(stig({}));
  assert.equal(found?.severity, 'medium');
  inOrder(found, [
    ['table.set', 'clerk sets the table of jobs: crontab -'],
    ['process.started', 'postdrop'],
    ['mail.delivered', OUT],
  ]);
  assert.equal(await severity({ nights: 1 }), 'medium');
  assert.equal(await severity({ words: '/usr/bin/crontab /tmp/t' }), 'medium');
  assert.equal(await severity({ after: 7 * DAY, size: 9000 }), 'medium', 'a weekly line');
});

test("cron's usual mail, a person at a terminal, a job of old and one that is seen in full are no more than before", async () => {
  for (const facts of [
    { size: 4000 },
    { tty: 'pts0' },
    { words: '/usr/bin/crontab -l' },
    { words: '/usr/bin/crontab -r' },
    { after: 9 * DAY },
    { before: true },
    { full: true },
  ] satisfies Facts[])
    assert.ok(['informational', undefined].includes(await severity(facts)), JSON.stringify(facts));
  assert.equal(await severity({ to: 'ops@example.org' }), undefined, 'a report for people here');
});
