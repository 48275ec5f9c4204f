import type { SourceReport } from '../engine/report.ts';
import type { Alert } from '../events/alert.ts';
import { ANALYTIC_IDS, ANALYTICS, SEVERITIES, type Severity } from '../events/vocabulary.ts';

export const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);

/** Highest first, only those that occur. */
export function bySeverity(
  alerts: readonly Alert[],
): readonly { readonly severity: Severity; readonly alerts: number }[] {
  return SEVERITIES.toReversed()
    .map(severity => ({ severity, alerts: alerts.filter(alert => alert.severity === severity).length }))
    .filter(row => row.alerts > 0);
}

export function byAnalytic(
  alerts: readonly Alert[],
): readonly { readonly id: string; readonly name: string; readonly alerts: number }[] {
  return ANALYTIC_IDS.map(id => ({
    id,
    name: ANALYTICS[id].name,
    alerts: alerts.filter(alert => alert.analytic === id).length,
  })).filter(row => row.alerts > 0);
}

/** Largest first, then by name, so that the order is the same for the same counts. */
export function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Rejected lines over all files, with one file to look at for each reason. */
export function rejects(sources: readonly SourceReport[]): { reason: string; lines: number; example: string }[] {
  const reasons = new Map<string, { reason: string; lines: number; example: string }>();
  for (const source of sources) {
    for (const [reason, lines] of source.rejected) {
      const row = reasons.get(reason);
      if (row) row.lines += lines;
      else reasons.set(reason, { reason, lines, example: source.name });
    }
  }
  return [...reasons.values()].sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1));
}
