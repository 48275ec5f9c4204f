import type { Alert } from '../events/alert.ts';
import { type Severity, severityRank } from '../events/vocabulary.ts';

export interface AlertFilter {
  readonly minSeverity: Severity;
  /** Epoch ms; -Infinity and Infinity for no bound. An alert stays when any part of its span lies within. */
  readonly since: number;
  readonly until: number;
}

/** What the user asked to see. Alerts without a time are never filtered by time. */
export function filterAlerts(alerts: readonly Alert[], filter: AlertFilter): Alert[] {
  const least = severityRank(filter.minSeverity);
  return alerts.filter(alert => {
    if (severityRank(alert.severity) < least) return false;
    const before = Date.parse(alert.lastSeen) < filter.since;
    const after = Date.parse(alert.firstSeen) > filter.until;
    return !before && !after;
  });
}
