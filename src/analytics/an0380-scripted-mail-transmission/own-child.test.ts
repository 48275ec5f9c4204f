import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import type { Alert } from '../../events/alert.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { isOwnChild } from './own-child.ts';

/** A job's mutt mails a file to `to` by a sendmail that it starts through a fork, of which no record tells. */
async function mailed(to: string, { seen = true, size = 5000 } = {}): Promise<readonly Alert[]> {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const job = log.cron('clerk', 'bin/weekly').run('/home/clerk/bin/weekly', { by: '/bin/bash' });
  job.run('/usr/bin/zip -q weekly.zip orders.csv').write('/home/clerk/weekly.zip');
  const mutt = job.run(`/usr/bin/mutt -s Orders -a weekly.zip -- ${to}`);
  const child = mutt.fork().fork();
  if (seen) child.read('/tmp/mutt-ws1-1003-1');
  child.exec(`/usr/sbin/sendmail -oem -oi -- ${to}`);
  log.wait(SECOND);
  log.submitted('clerk', to, size);
  return scanLog(log);
}

test('mutt and the sendmail that it starts are one sending', async () => {
  const alert = firesAt(await mailed('box@example.net'), 'AN0380', 'medium');
  assert.match(alert.story, /sent 1 message to box@example\.net with mutt: 1 confirmed\./);
});

test('what is put into a mailbox here is a note, however it is packed; large, it is more', async () => {
  const [inside] = await mailed('buyer@example.org');
  assert.deepEqual([inside?.analytic, inside?.severity], ['AN0380', 'informational']);
  assert.ok(inside?.factors.some(({ name, weight }) => name === 'nothing of it went on from here' && weight === 0));
  firesAt(await mailed('buyer@example.org', { size: 900_000 }), 'AN0380', 'low');
});

const BOX = 'box@example.net';
const MUTT = `/usr/bin/mutt -s Orders -a weekly.zip -- ${BOX}`;

/** A script mails a file by mutt; what it or mutt does next, after `gap`, is told of by a fork of which no record tells. */
async function story(act: (fork: Process) => void, gap = 0, first = MUTT) {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const job = log.cron('clerk', 'bin/weekly').run('/home/clerk/bin/weekly', { by: '/bin/bash' });
  job.run('/usr/bin/zip -q weekly.zip orders.csv').write('/home/clerk/weekly.zip');
  const sender = job.run(first);
  log.wait(gap);
  act(sender.fork().fork());
  log.submitted('clerk', BOX, 5000);
  return firesAt(await scanLog(log), 'AN0380', first === MUTT ? 'medium' : 'low').story;
}
const hands = (to: string) => (fork: Process) => fork.exec(`/usr/sbin/sendmail -oem -oi -- ${to}`);

test('where no record tells of the fork, the sendmail that follows at once for the same people is its own', async () => {
  assert.match(await story(hands(BOX)), /sent 1 message to/);
  assert.match(await story(hands('other@example.net')), /sent 2 messages to/);
  assert.match(await story(hands(BOX), 5 * SECOND), /sent 2 messages to/);
  const queues = (fork: Process) => hands(BOX)(fork).run('/usr/sbin/postdrop -r');
  assert.match(await story(queues), /sent 1 message to/, 'what its sendmail starts is its own too');
});

test("a mail client is nobody's submission program, and a submission program has none of its own", async () => {
  const again = (fork: Process) => fork.exec(`/usr/bin/mail -s again ${BOX}`);
  assert.match(await story(again), /sent 2 messages to/);
  assert.match(await story(hands(BOX), 0, `/usr/sbin/sendmail -oi ${BOX}`), /sent 2 messages to/);
});

const LAST = { pid: 200, time: 5000 as EpochMs, recipients: [BOX] };
const UNKNOWN = { execSeen: false };
const isOwn = (pid: number, ms = 0, parent: { readonly execSeen: boolean } | null = UNKNOWN): boolean =>
  isOwnChild({ pid, argv: ['sendmail', '-oi', BOX], parent }, LAST, (LAST.time + ms) as EpochMs);

test('its own is started a few numbers on, moments after, by a process of which nothing is known', () => {
  for (const [pid, expected] of [
    [199, false],
    [200, false],
    [201, true],
    [216, true],
    [217, false],
  ] as const)
    assert.equal(isOwn(pid), expected, `${pid}`);
  assert.equal(isOwn(203, 2000), true);
  assert.equal(isOwn(203, 2001), false, 'later');
  assert.equal(isOwn(203, 0, { execSeen: true }), false, 'by a program that is known');
  assert.equal(isOwn(203, 0, null), false, 'nobody knows by what');
});

test('at a terminal, mutt and the sendmail for which it leaves that terminal are one sending', async () => {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  for (let at = 0; at < 16; at++) {
    const mutt = shell.run(`/usr/bin/mutt -s x -a orders/${at}.csv -- box@example.net`);
    // What a client asks a packer when it starts is no packing.
    mutt.fork().exec('/usr/bin/gpg --version');
    const child = mutt.fork().fork({ ...mutt.who, tty: '(none)' });
    child.exec('/usr/sbin/sendmail -oem -oi -- box@example.net');
    log.wait(80);
    log.submitted('clerk', 'box@example.net', 5000);
  }
  const alerts = await scanLog(log);
  assert.equal(alerts.length, 1);
  const alert = firesAt(alerts, 'AN0380', 'medium');
  assert.match(
    alert.story,
    /an interactive job of clerk sent 16 messages to box@example\.net with mutt: 16 confirmed\./,
  );
  assert.ok(alert.factors.some(({ name }) => name === 'a whole folder, file by file'));
  assert.ok(!alert.factors.some(({ name }) => name === 'packed or encoded data in the pipeline'));
});
