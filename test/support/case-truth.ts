import assert from 'node:assert/strict';
import type { ScanReport } from '../../src/engine/report.ts';
import { type Severity, severityRank } from '../../src/events/vocabulary.ts';
import type { RecordedCase } from './recordings.ts';

/** The report says what the case's truth expects: an attack is found by its analytic, a look-alike alerts nowhere. */
export function checkTruth({ truth }: RecordedCase, report: ScanReport): void {
  const told = report.alerts.map(alert => `${alert.analytic} ${alert.severity}: ${alert.title}`).join('\n');
  const highest = (alerts: readonly { severity: string }[]): number =>
    Math.max(-1, ...alerts.map(alert => severityRank(alert.severity as Severity)));
  const own = report.alerts.filter(alert => alert.analytic === truth.analytic);
  const { severityMin, severityMax } = truth.expect;
  assert.ok(severityMin !== undefined || severityMax !== undefined, 'the truth expects something');
  if (severityMin !== undefined) {
    assert.ok(highest(own) >= severityRank(severityMin as Severity), `expected ${severityMin} or above, got:\n${told}`);
  }
  if (severityMax !== undefined) {
    const all = truth.verdict === 'lookalike' ? report.alerts : own;
    assert.ok(highest(all) <= severityRank(severityMax as Severity), `expected ${severityMax} at most, got:\n${told}`);
  }
}
