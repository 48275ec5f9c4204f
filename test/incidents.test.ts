import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScanReport } from '../src/engine/report.ts';
import { recordedCases } from './support/recordings.ts';
import { scanCase } from './support/scan-case.ts';

/** The analytics whose alerts of medium or above stand in one incident, by incident. */
function analyticsIn({ incidents, alerts }: ScanReport): string[][] {
  const isTold = (id: string) => alerts.some(each => each.id === id && /^(?:medium|high)$/.test(each.severity));
  return incidents.map(({ alerts: ids }) =>
    [...new Set(ids.filter(isTold).map(id => alerts.find(each => each.id === id)?.analytic ?? ''))].sort(),
  );
}

/** Recordings that one analytic owns, and of which several tell: what one person went through is one incident. */
const WHOLE: readonly (readonly [name: string, analytics: readonly string[], title: RegExp])[] = [
  ['fires.flood-then-helper-calls', ['AN0321', 'AN1009'], /a mailbox flooded, then a download run/],
  ['fires.phish-harvests-and-mails-out', ['AN0380', 'AN0656', 'AN1310'], /an attachment run, then/],
];

for (const [name, analytics, title] of WHOLE)
  test(`${name}: one incident with one story, above each of its alerts`, async () => {
    const recorded = recordedCases().find(each => each.name.endsWith(name));
    assert.ok(recorded !== undefined, name);
    const report = await scanCase(recorded.folder);
    assert.deepEqual(analyticsIn(report), [analytics]);
    const [incident] = report.incidents;
    assert.equal(incident?.severity, 'critical');
    assert.match(incident?.title ?? '', title);
    const loud = report.alerts.filter(({ severity }) => severity === 'medium' || severity === 'high');
    assert.ok(
      loud.every(alert => alert.incident === incident?.id),
      'no alert stands beside it',
    );
  });
