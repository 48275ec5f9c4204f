import type { AnalyticId } from '../../events/vocabulary.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { SourceReport } from '../report.ts';
import type { StoreReport } from '../stores/store-report.ts';

/** One file of the evidence, and what the log it belongs to is good for. */
export interface SurveyedFile extends SourceReport {
  /** Title of the format, '' when nothing recognised it. */
  readonly title: string;
  /** Hosts that its log speaks of, at most HOSTS_SHOWN_MAX, sorted; `hostsMore` counts the rest. */
  readonly hosts: readonly string[];
  readonly hostsMore: number;
  /** Events of its log by kind. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly contributes: readonly Contribution[];
  /** Tells whose mailbox and whose account it is. */
  readonly tellsIdentity: boolean;
  /** What a mail store holds; null for what is none. */
  readonly store: StoreReport | null;
  /** How stamps were read that name no zone, such as `+02:00`; null where they name one. */
  readonly zone: string | null;
  /** Longest stretch without a record in its log; null when there is none worth telling. */
  readonly silence: { readonly from: number; readonly to: number } | null;
  /** Against the log that shares most with the others; null when too little is shared, or it is that log itself. */
  readonly clock: { readonly against: string; readonly offsetMs: number; readonly agreeing: number } | null;
}

/** A kind of telemetry that an analytic asks for, seen in this log. */
export interface Contribution {
  readonly analytic: AnalyticId;
  readonly telemetry: string;
  readonly required: boolean;
}

/** One analytic: what it asks for, and which files have it. */
export interface Need {
  readonly analytic: AnalyticId;
  readonly telemetry: string;
  readonly unlocks: string;
  readonly required: boolean;
  /** Names of files, sorted; empty when nothing has it. */
  readonly files: readonly string[];
}

export interface SurveyReport {
  readonly files: readonly SurveyedFile[];
  readonly needs: readonly Need[];
  readonly problems: readonly InputProblem[];
  readonly elapsedMs: number;
}
