import type { ExceptionEntry } from '../config/config.ts';
import type { Alert } from '../events/alert.ts';
import type { Incident } from '../events/incident.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { InputProblem } from '../sources/problem.ts';
import type { MailboxReport } from './identity/mailboxes.ts';
import type { StoreReport } from './stores/store-report.ts';

/** One input file as the scan saw it. */
export interface SourceReport {
  readonly name: string;
  /** Format id, or '' when nothing recognised it. */
  readonly format: string;
  readonly host: string;
  readonly bytes: number;
  readonly lines: number;
  readonly emitted: number;
  readonly skipped: ReadonlyMap<string, number>;
  readonly rejected: ReadonlyMap<string, number>;
  /** Epoch ms, NaN when the file holds no time. */
  readonly firstTime: number;
  readonly lastTime: number;
}

/** What a whole scan has to say. */
export interface ScanReport {
  readonly alerts: readonly Alert[];
  /** Further alerts that lie wholly outside the time asked for. */
  readonly alertsOutside: number;
  /** Alerts that belong together, two or more each. */
  readonly incidents: readonly Incident[];
  /** What exceptions hid: each with its owner, reason and end, and the alerts that would have been. */
  readonly excepted: readonly Excepted[];
  readonly sources: readonly SourceReport[];
  /** Mail stores of the evidence. */
  readonly stores: readonly StoreReport[];
  /** Mailboxes that got mail, and who is behind each. */
  readonly mailboxes: readonly MailboxReport[];
  readonly problems: readonly InputProblem[];
  readonly eventsTotal: number;
  readonly eventsByKind: ReadonlyMap<string, number>;
  readonly duplicates: number;
  readonly late: number;
  readonly clockSteps: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly elapsedMs: number;
  /** Telemetry that no input carried, and what it would unlock. */
  readonly absent: readonly {
    readonly telemetry: string;
    readonly unlocks: string;
    /** Who asks for it. */
    readonly analytics: readonly AnalyticId[];
    /** Those of them that find nothing without it; the others see less. */
    readonly blind: readonly AnalyticId[];
  }[];
  /** Caps that were hit: name and how many entries were evicted. */
  readonly evictions: ReadonlyMap<string, number>;
}

export interface ScanProgress {
  readonly bytesRead: number;
  /** 0 when unknown (standard input). */
  readonly bytesTotal: number;
  readonly events: number;
  readonly elapsedMs: number;
}

export interface Excepted extends ExceptionEntry {
  readonly findings: number;
  /** Epoch ms. */
  readonly lastTime: number;
  readonly alerts: readonly Alert[];
}
