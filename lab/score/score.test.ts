import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ROOT } from '../../scripts/lib/tree.ts';
import { ANALYTICS_ALL } from '../../src/analytics/registry.ts';
import { contentOf, linesOf, recordedCases } from '../../test/support/recordings.ts';
import { execAndStoreReads } from './levels.ts';
import { isFound, type Measured, measure, type Outcome } from './measure.ts';
import { markdown } from './render.ts';

let measured: Measured = { outcomes: [], rules: [] };
before(async () => {
  measured = await measure();
});

const at = (name: string, level: Outcome['level']): Outcome =>
  measured.outcomes.find(outcome => outcome.name === name && outcome.level === level) as Outcome;

/** A package that came by mail and only registers things is told, low at most. */
const LOW_AT_MOST = 'an0656-phishing-attachment-executed/quiet.mailed-vendor-package';
const isQuiet = ({ name, own, others, severity }: Outcome): boolean =>
  others === 0 && (own === 0 || (name === LOW_AT_MOST && severity === 'low'));

test('with full telemetry every attack is found and no look-alike alerts', () => {
  const wrong = measured.outcomes.filter(
    outcome => outcome.level === 'full' && (outcome.attack ? !isFound(outcome) : !isQuiet(outcome)),
  );
  assert.deepEqual(
    wrong.map(outcome => outcome.name),
    [],
  );
});

test('poorer telemetry makes no look-alike louder', () => {
  const loud = measured.outcomes.filter(outcome => !outcome.attack && !isQuiet(outcome));
  assert.deepEqual(
    loud.map(outcome => `${outcome.name} at ${outcome.level}`),
    [],
  );
});

test('what is lost is said: the analytic is named for want of something that the full recording has', () => {
  const silent = measured.outcomes
    .filter(outcome => outcome.attack && !isFound(outcome))
    .filter(outcome => outcome.said.every(each => at(outcome.name, 'full').said.includes(each)));
  assert.deepEqual(
    silent.map(outcome => `${outcome.name} at ${outcome.level}`),
    [],
  );
  assert.ok(
    measured.outcomes.some(outcome => outcome.attack && !isFound(outcome)),
    'some are lost, or this shows nothing',
  );
});

test('without executions all but what needs none is lost, and each of those analytics is called blind or limited', () => {
  const blind = ANALYTICS_ALL.filter(({ meta }) =>
    meta.telemetry.some(each => each.kind === 'process.started' && each.required),
  ).map(({ meta }) => meta.id);
  for (const id of ['AN0656', 'AN0321', 'AN1310', 'AN0380'] as const) assert.ok(blind.includes(id), id);
  for (const outcome of measured.outcomes.filter(each => each.attack && each.level === 'mail')) {
    // That the server copies one person's mail outside, gets a box's letters handed in again, or pieces of an archive from an
    // account of small reports, stands in its own log.
    const needsNone = /\/fires\.(?:bcc-map-by-postconf|formail-resends-spool|parts-by-backup-account-log-only)$/.test(
      outcome.name,
    );
    assert.equal(isFound(outcome), needsNone || !blind.some(id => id === outcome.analytic), outcome.name);
    // Who hands mail in may stand in that log too: then AN0380 is limited without executions, and not blind.
    const lacks = outcome.analytic === 'AN0380' ? ['blind', 'limited'] : ['blind'];
    const isSaid = lacks.some(each => outcome.said.includes(`${each} without process executions (audit execve)`));
    assert.ok(isFound(outcome) || isSaid, outcome.name);
  }
});

test('docs/lab-score.md is current', () => {
  const page = readFileSync(join(ROOT, 'docs/lab-score.md'), 'utf8');
  assert.equal(page, markdown(measured), 'run npm run lab:score -- --write');
});

const SYSCALL = (serial: number, call: number, flags: string) =>
  `type=SYSCALL msg=audit(1790000000.000:${serial}): arch=c000003e syscall=${call} success=yes exit=3 a0=ffffff9c a1=7ffd a2=${flags} a3=0 items=1 ppid=1 pid=2`;
const PATH = (serial: number, name: string) =>
  `type=PATH msg=audit(1790000000.000:${serial}): item=0 name="${name}" inode=1 nametype=NORMAL`;
const CWD = (serial: number, cwd: string) => `type=CWD msg=audit(1790000000.000:${serial}): cwd="${cwd}"`;

test('execve and store reads stay; writes, other places, names, modes and connections go', () => {
  const kept = [
    [SYSCALL(1, 59, '0'), PATH(1, '/usr/bin/id')],
    [SYSCALL(2, 257, '80000'), PATH(2, '/var/mail/clerk')],
    [SYSCALL(3, 257, '2'), PATH(3, '/var/mail/clerk')],
    [SYSCALL(4, 257, '0'), CWD(4, '/srv/boxes/clerk/cur'), PATH(4, '1790000000.V1I2.mx1:2,S')],
    [SYSCALL(5, 257, '0'), CWD(5, '/home/clerk'), PATH(5, 'Maildir/dovecot.index')],
    ['type=USER_LOGIN msg=audit(1790000000.000:6): pid=7 uid=0'],
    [
      SYSCALL(7, 437, '7ffd'),
      `type=OPENAT2 msg=audit(1790000000.000:7): oflag=0100000 mode=0 resolve=0x0`,
      PATH(7, '/var/mail/clerk'),
    ],
  ];
  const gone = [
    [SYSCALL(11, 257, '241'), PATH(11, '/var/mail/clerk')],
    [SYSCALL(12, 257, '0'), PATH(12, '/home/clerk/notes.txt')],
    [SYSCALL(13, 42, '10')],
    [SYSCALL(14, 82, '0'), PATH(14, '/home/clerk/Maildir/new/1790000000.V1I2.mx1')],
    [
      SYSCALL(15, 437, '7ffd'),
      `type=OPENAT2 msg=audit(1790000000.000:15): oflag=0101 mode=0 resolve=0x0`,
      PATH(15, '/var/mail/clerk'),
    ],
    [SYSCALL(16, 56, '0')],
  ];
  assert.deepEqual(execAndStoreReads([...kept, ...gone].flat()), kept.flat());
});

test('a recording keeps its executions, whole, and loses the rest', () => {
  for (const { folder, name } of recordedCases().slice(0, 12)) {
    const lines = linesOf(contentOf(join(folder, 'audit.log.gz'))).map(line => line.toString('latin1'));
    const kept = execAndStoreReads(lines);
    const count = (all: readonly string[], text: string): number =>
      all.filter(line => line.startsWith(`type=${text} `)).length;
    assert.equal(count(kept, 'EXECVE'), count(lines, 'EXECVE'), name);
    assert.equal(count(kept, 'SOCKADDR'), 0, name);
    assert.ok(kept.length < lines.length, name);
  }
});
