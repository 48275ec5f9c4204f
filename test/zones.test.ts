import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ScanReport } from '../src/engine/report.ts';
import { scanCase } from './support/scan-case.ts';
import { copyWith } from './support/variants.ts';

const CASES = join(import.meta.dirname, '../src/analytics');
/** Each needs the mail log beside the audit log, and has a look-alike's quiet in it as well. */
const JOINED = [
  'an0380-scripted-mail-transmission/cases/fires.timer-renamed-mailx',
  'an0380-scripted-mail-transmission/cases/fires.sendmail-bs-and-postdrop',
  'an0380-scripted-mail-transmission/cases/quiet.monit-and-nagios',
];
const TRADITIONAL = /^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) /;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The stamp as a host so many minutes east of UTC writes it. */
function moved(stamp: string, minutes: number): string {
  const time = new Date(Date.parse(`${stamp} 2026 UTC`) + minutes * 60_000);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(pad).join(':');
  return `${MONTHS[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${clock}`;
}

/** A recorded case whose traditional stamps are in another zone; by `from`, the share of lines before it moves. */
function inZone(t: TestContext, name: string, minutes: (share: number) => number): string {
  const target = mkdtempSync(join(tmpdir(), 'watchpost-zone-'));
  t.after(() => rmSync(target, { recursive: true, force: true }));
  copyWith(join(CASES, name), target, lines =>
    lines.map((line, i) => {
      const text = line.toString('latin1');
      const stamp = TRADITIONAL.exec(text)?.[1];
      if (stamp === undefined) return line;
      return Buffer.from(moved(stamp, minutes(i / lines.length)) + text.slice(stamp.length), 'latin1');
    }),
  );
  return target;
}

const said = ({ alerts }: ScanReport): string[] => alerts.map(each => `${each.severity} ${each.title}`).sort();
const zoneTold = ({ problems }: ScanReport): string[] =>
  problems.filter(({ code }) => code === 'N_ZONE').map(({ message }) => message);

test('stamps that name no zone are read in the zone that the audit log gives them, and it is said', async t => {
  for (const name of JOINED) {
    const utc = await scanCase(join(CASES, name));
    assert.deepEqual(zoneTold(utc), [], name);
    for (const [minutes, zone] of [
      [120, '+02:00'],
      [-300, '-05:00'],
      [345, '+05:45'],
    ] as const) {
      const report = await scanCase(inZone(t, name, () => minutes));
      assert.deepEqual(said(report), said(utc), `${name} ${zone}`);
      const [told, ...others] = zoneTold(report);
      assert.match(told ?? '', new RegExp(`were read as \\${zone}: .*they are not \\+00:00; --timezone decides`));
      assert.equal(others.length, 0);
    }
  }
});

test('a zone that somebody chose stays, and is contradicted', async t => {
  const [name = ''] = JOINED;
  const folder = inZone(t, name, () => 120);
  const utc = await scanCase(folder, undefined, { zoneIsGiven: true });
  assert.match(zoneTold(utc).join(), /were read as \+00:00, and seem to be \+02:00 by .*give --timezone \+02:00/);
  assert.notDeepEqual(said(utc), said(await scanCase(join(CASES, name))));
  const right = await scanCase(folder, undefined, { zoneIsGiven: true, zoneOffsetMinutes: 120 });
  assert.deepEqual(zoneTold(right), []);
  assert.deepEqual(said(right), said(await scanCase(join(CASES, name))));
  const wrong = await scanCase(folder, undefined, { zoneOffsetMinutes: 60 });
  assert.match(zoneTold(wrong).join(), /were read as \+02:00: .* they are not \+01:00/);
});

test('findings are handed on once, and those who look on see one reading', async t => {
  const folder = inZone(t, JOINED[0] ?? '', () => 120);
  let times = 0;
  await scanCase(folder, undefined, { onFindings: () => void (times += 1) });
  assert.equal(times, 1);
  let runs = 0;
  const observer = { notices: [], mailKinds: ['mail.submitted'], run: { onMail: () => void (runs += 1) } } as const;
  const report = await scanCase(folder, undefined, { observers: [observer] });
  const submitted = report.eventsByKind.get('mail.submitted') ?? 0;
  assert.ok(submitted > 0);
  assert.equal(runs, submitted);
  assert.match(zoneTold(report).join(), /seem to be \+02:00/);
});
