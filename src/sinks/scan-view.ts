import type { ScanReport } from '../engine/report.ts';
import type { Alert } from '../events/alert.ts';
import type { Incident } from '../events/incident.ts';

/** What a scan's sink shows: the report, and those of its alerts that the user asked for. */
export interface ScanView {
  readonly report: ScanReport;
  readonly alerts: readonly Alert[];
  /** The evidence as the user named it, for the commands to type next. */
  readonly evidence: readonly string[];
}

/** Incidents of which at least two alerts are shown. */
export function shownIncidents(view: ScanView): readonly Incident[] {
  const shown = new Set(view.alerts.map(alert => alert.id));
  return view.report.incidents.filter(incident => incident.alerts.filter(id => shown.has(id)).length > 1);
}

/** Alerts of the scan that the user did not ask to see: too low, or outside the time asked for. */
export function hiddenOf({ report, alerts }: ScanView): number {
  const shown = new Set(alerts.map(alert => alert.id));
  return report.alerts.filter(alert => !shown.has(alert.id)).length + report.alertsOutside;
}
