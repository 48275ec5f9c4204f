import type { ScanReport } from '../engine/report.ts';
import type { Alert } from '../events/alert.ts';

/** What a scan's sink shows: the report, and those of its alerts that the user asked for. */
export interface ScanView {
  readonly report: ScanReport;
  readonly alerts: readonly Alert[];
  /** The evidence as the user named it, for the commands to type next. */
  readonly evidence: readonly string[];
}
