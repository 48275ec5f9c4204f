import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Process } from '../analytics/an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../analytics/an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanFolder } from '../analytics/an0656-phishing-attachment-executed/stories.test-support.ts';
import { ANALYTICS_ALL } from '../analytics/registry.ts';
import { absentTelemetry } from './absent.ts';
import type { LiveWorld } from './world.ts';

const worldOf = (kinds: readonly string[], programs: readonly string[]): LiveWorld =>
  ({
    seenAnywhere: (kind: string) => kinds.includes(kind),
    programsWithoutStart: () => programs,
    auditedWithout: () => [],
    hostsWith: () => [],
  }) as unknown as LiveWorld;

const LOGINS = 'process executions outside any login (audit execve without a condition on auid)';
const ALL = ['process.started', 'process:unattended', 'process:ordinary'];
const EVERY = 'process executions of every program: ';

test('of process executions that are recorded for logins only, the others are missing', () => {
  const rowOf = (kinds: readonly string[]) =>
    absentTelemetry(ANALYTICS_ALL, worldOf(kinds, [])).find(each => each.telemetry === LOGINS);
  const row = rowOf(['process.started']);
  assert.deepEqual(row?.analytics, ['AN0656', 'AN1310', 'AN0380']);
  assert.deepEqual(row?.blind, []);
  assert.equal(rowOf(['process.started', 'process:unattended']), undefined);
  assert.equal(rowOf([]), undefined, 'without any, the whole is said to be missing');
});

test('programs that act without a start are told from two on, three of them by name', () => {
  const rowOf = (programs: readonly string[]) =>
    absentTelemetry(ANALYTICS_ALL, worldOf(ALL, programs)).find(each => each.telemetry.startsWith(EVERY));
  assert.equal(rowOf(['/a']), undefined);
  const two = rowOf(['/a', '/b']);
  assert.equal(two?.telemetry, `${EVERY}2 acted whose start no record tells, such as /a, /b`);
  assert.deepEqual(two?.analytics, ['AN0656', 'AN0321', 'AN1310', 'AN0380']);
  assert.deepEqual(two?.blind, []);
  assert.equal(
    rowOf(['/a', '/b', '/c', '/d'])?.telemetry,
    `${EVERY}4 acted whose start no record tells, such as /a, /b, /c`,
  );
});

test('of process executions of privileged programs only, all others are missing, and the analytics that need them are blind', () => {
  const rowOf = (kinds: readonly string[]) =>
    absentTelemetry(ANALYTICS_ALL, worldOf(kinds, ['/a', '/b'])).find(each => each.telemetry.includes('set-user-ID'));
  const row = rowOf(['process.started']);
  assert.deepEqual(row?.analytics, ['AN0656', 'AN0321', 'AN1310', 'AN0380']);
  assert.deepEqual(
    row?.blind,
    ANALYTICS_ALL.filter(({ meta }) =>
      meta.telemetry.some(each => each.kind === 'process.started' && each.required),
    ).map(({ meta }) => meta.id),
  );
  assert.equal(rowOf(ALL), undefined);
  assert.equal(rowOf([]), undefined, 'without any, the whole is said to be missing');
});

async function missingIn(log: HostLog): Promise<readonly string[]> {
  const telemetry = await missingOf({ '': log });
  return telemetry.filter(each => each.startsWith('process executions'));
}

/** Logs by host name; '' writes records that name none. */
async function missingOf(logs: Readonly<Record<string, HostLog>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-absent-'));
  try {
    for (const [host, { records }] of Object.entries(logs)) {
      const node = host === '' ? '' : `node=${host} `;
      writeFileSync(join(folder, `audit${host}.log`), records.lines.map(line => `${node}${line}\n`).join(''));
    }
    const report = await scanFolder(folder);
    return report.absent.map(each => each.telemetry);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a log in which people start programs and services do not says so; one service, and it does not', async () => {
  const log = new HostLog();
  log.shell('dev').run('/usr/bin/id');
  assert.deepEqual(await missingIn(log), [LOGINS]);
  log.service('/usr/sbin/nginx -g x');
  assert.deepEqual(await missingIn(log), []);
});

test('children of a shell whose start is recorded run something that no record starts', async () => {
  const log = new HostLog();
  log.service('/usr/sbin/nginx -g x');
  const shell = log.shell('dev');
  const child = (exe: string, pid: number): Process =>
    new Process(log.records, pid, shell.pid, exe, shell.who).connect('203.0.113.66', 443);
  child('/bin/bash', 9001);
  child('/usr/bin/tclsh8.6', 9002);
  assert.deepEqual(await missingIn(log), [], 'a subshell is a fork, and one program may be one lost record');
  child('/usr/bin/guile', 9003);
  assert.deepEqual(await missingIn(log), [
    `${EVERY}2 acted whose start no record tells, such as /usr/bin/guile, /usr/bin/tclsh8.6`,
  ]);
});

test('a fork of an earlier image of its parent is no program without a start', async () => {
  const log = new HostLog();
  log.service('/usr/sbin/nginx -g x');
  const shell = log.shell('dev');
  const fork = (exe: string, pid: number): Process => new Process(log.records, pid, shell.pid, exe, shell.who);
  fork('/bin/bash', 9001).connect('203.0.113.66', 443);
  shell.exec('/usr/bin/env x');
  fork('/usr/bin/guile', 9002).connect('203.0.113.66', 443);
  assert.deepEqual(await missingIn(log), []);
});

/** A host whose rules record starts, of services too, and the files and connections that `parts` names. */
function hostOf(parts: { files: boolean; network: boolean }): HostLog {
  const log = new HostLog(parts);
  log.service('/usr/sbin/nginx -g x');
  const fetch = log.shell('dev').run('/usr/bin/curl -o /home/dev/a https://example.net/a');
  fetch.connect('203.0.113.66', 443);
  if (parts.files) fetch.write('/home/dev/a');
  return log;
}

const partly = (missing: readonly string[]): string[] => missing.filter(each => each.includes(', on '));

test('what one host records does not hide that another does not', async () => {
  const rich = hostOf({ files: true, network: true });
  const poor = hostOf({ files: false, network: false });
  assert.deepEqual(partly(await missingOf({ ws1: rich, ws2: rich })), []);
  assert.deepEqual(partly(await missingOf({ ws1: rich, ws3: poor, ws2: poor })), [
    'file creation and writes in homes and temporary places (audit open/creat/rename), on ws2, ws3',
    'outbound connections (audit connect), on ws2, ws3',
  ]);
  assert.deepEqual(partly(await missingOf({ ws1: poor })), [], 'what nobody records is missing as a whole');
});

test('of many hosts three are named', async () => {
  const poor = hostOf({ files: true, network: false });
  const logs = { e: poor, d: poor, c: poor, b: poor, a: hostOf({ files: true, network: true }) };
  assert.deepEqual(partly(await missingOf(logs)), ['outbound connections (audit connect), on b, c, d and 1 more']);
});

test('a host of whose logins alone a log tells is no host with poor rules', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-absent-'));
  try {
    const { records } = hostOf({ files: true, network: true });
    writeFileSync(join(folder, 'audit.log'), records.lines.map(line => `node=ws1 ${line}\n`).join(''));
    writeFileSync(
      join(folder, 'auth.log'),
      '2026-03-02T09:00:00.000000+00:00 gate sshd[812]: Accepted publickey for dev from 192.0.2.7 port 50222 ssh2: ED25519 SHA256:x\n',
    );
    const report = await scanFolder(folder);
    assert.ok(
      report.sources.some(each => each.host === 'gate'),
      'the login is read',
    );
    assert.deepEqual(partly(report.absent.map(each => each.telemetry)), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('that one host records privileged programs only is said of that host', () => {
  const world = {
    seenAnywhere: (kind: string) => ALL.includes(kind),
    auditedWithout: (kind: string, within?: string) =>
      kind === 'process:ordinary' && within === 'process.started' ? ['ws2'] : [],
    programsWithoutStart: () => ['/a', '/b'],
    hostsWith: () => [],
  } as unknown as LiveWorld;
  const rows = absentTelemetry(ANALYTICS_ALL, world).filter(each => each.telemetry.startsWith('process executions'));
  assert.deepEqual(
    rows.map(each => [each.telemetry, each.blind.length > 0]),
    [
      [
        'process executions of programs without set-user-ID or set-group-ID (audit execve): no other is recorded, on ws2',
        true,
      ],
      [`${EVERY}2 acted whose start no record tells, such as /a, /b`, false],
    ],
  );
});

/** What a scan of these lines says to be missing, as far as it begins so. */
async function rowsOf(
  log: HostLog,
  others: Readonly<Record<string, string>>,
  start: string,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-absent-'));
  try {
    writeFileSync(join(folder, 'audit.log'), log.records.lines.map(line => `node=ws1 ${line}\n`).join(''));
    for (const [name, text] of Object.entries(others)) writeFileSync(join(folder, name), `${text}\n`);
    const report = await scanFolder(folder);
    return report.absent.flatMap(each => (each.telemetry.startsWith(start) ? [each.telemetry] : []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('records that were thrown away are said to be', async () => {
  const log = new HostLog({});
  log.shell('ops').run('/usr/bin/vim notes.txt').read('/home/ops/notes.txt').write('/home/ops/notes.txt');
  const said = (line: string) => ({ 'kern.log': `Mar  2 09:30:00 ws1 ${line}` });
  const lost = 'audit records that were thrown away';
  const kernel = 'kernel: [ 8123.456789] audit: audit_lost=17 audit_rate_limit=0 audit_backlog_limit=8192';
  assert.equal((await rowsOf(log, said(kernel), lost)).length, 1);
  assert.deepEqual(await rowsOf(log, said('kernel: audit: audit_enabled=1'), lost), []);
  const dropped = 'log lines that were thrown away';
  const journald = 'systemd-journald[300]: Suppressed 12 messages from postfix@-.service';
  assert.equal((await rowsOf(log, said(journald), dropped)).length, 1);
  assert.deepEqual(await rowsOf(log, said(kernel), dropped), []);
});

test('records without a working directory are said to lack it', async () => {
  const log = new HostLog({});
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const start = 'working directories: no record tells one';
  assert.deepEqual(await rowsOf(log, {}, start), []);
  const bare = new HostLog({});
  bare.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const kept = bare.records.lines.filter(line => !line.startsWith('type=CWD'));
  bare.records.lines.splice(0, bare.records.lines.length, ...kept);
  assert.deepEqual(await rowsOf(bare, {}, start), [`${start} (audit CWD records), on ws1`]);
});

test('of files that are written often and never read, the reads are not recorded', async () => {
  const start = 'reads of files in homes and temporary places';
  const written = (count: number, reads: readonly string[] = []) => {
    const log = new HostLog({});
    const vim = log.shell('ops').run('/usr/bin/vim');
    for (const path of reads) vim.read(path);
    for (let i = 0; i < count; i++) vim.write(`/home/ops/notes${i}.txt`);
    return log;
  };
  assert.deepEqual(await rowsOf(written(16), {}, start), [
    `${start}: none is recorded (audit open for reading), on ws1`,
  ]);
  assert.deepEqual(await rowsOf(written(15), {}, start), []);
  assert.deepEqual(await rowsOf(written(16, ['/home/ops/a.txt']), {}, start), []);
  assert.equal(
    (await rowsOf(written(16, ['/etc/shadow', '/usr/lib/x', '/var/log/audit/audit.log']), {}, start)).length,
    1,
  );
});

test('what one analytic would gain is not said twice where another would gain that and more', () => {
  const row = absentTelemetry(ANALYTICS_ALL, worldOf(ALL, [])).find(each => each.telemetry.includes('(audit connect)'));
  assert.match(row?.unlocks ?? '', /^whether what ran reached out, and browsing before a pasted command; /);
});
