import type { EpochMs } from '../core/time.ts';
import type { Ref } from './ref.ts';
import type { AnalyticId, Severity, Strength } from './vocabulary.ts';

/** One thing that happened, as an analytic tells it. `id` is unique within the finding and stable for the same content. */
export interface FindingStep {
  readonly id: string;
  readonly time: EpochMs;
  /** An event kind such as `file.opened`, or a derived one such as `mail.delivered`. */
  readonly kind: string;
  /** One sentence; outsiders' text in it is escaped by the sink, never here. */
  readonly summary: string;
  /** Null for a step that was inferred and has no record. */
  readonly ref: Ref | null;
}

/** Why two steps belong together. `from` and `to` are step ids, or the name of an absent thing when unavailable. */
export interface FindingLink {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly strength: Strength;
  readonly why: string;
}

/** A tunable that a factor met: what stood against it, and how it is set. Both as text with their units. */
export interface TunableMet {
  /** ATT&CK's name of it, or ours where ATT&CK has none. */
  readonly name: string;
  readonly met: string;
  readonly limit: string;
}

/** A reason for the score. The score of a finding is the sum of its factors' weights. */
export interface Factor {
  readonly name: string;
  /** Points added to the score; negative lowers it; 0 for what caps the severity or is only said. */
  readonly weight: number;
  /** What was seen here, in a few words. */
  readonly evidence: string;
  /** One sentence: why such a thing bears on the score. */
  readonly reason: string;
  /** Ids of the steps that show it, at least one. */
  readonly steps: readonly string[];
  readonly tunable: TunableMet | null;
}

/** What would have raised or lowered the score, and why it does not count as things stand. */
export interface Change {
  /** Points it would add, negative for what it would take; 0 when it only moves a cap on the severity. */
  readonly weight: number;
  /** The condition, as it goes on after "if". */
  readonly what: string;
  /** Why it does not count now: not seen, not recorded, not configured. */
  readonly why: string;
  /** What it would be done by: the name of a tunable, `inventory` or `baseline`; '' for evidence. */
  readonly setting: string;
}

export interface Entity {
  readonly kind:
    | 'host'
    | 'user'
    | 'mailbox'
    | 'process'
    | 'file'
    | 'address'
    | 'message'
    | 'recipient'
    | 'sender'
    | 'job'
    | 'script'
    /** A mail, messaging or web service by its name on the net, such as web.chat.example. */
    | 'service';
  readonly value: string;
}

/** What an analytic says. The same `analytic`, `host` and `key` later is a revision of the same finding. */
export interface Finding {
  readonly analytic: AnalyticId;
  readonly host: string;
  /** Stable content that names this story among all of this analytic and host. */
  readonly key: string;
  readonly severity: Severity;
  readonly title: string;
  readonly story: string;
  readonly steps: readonly FindingStep[];
  readonly links: readonly FindingLink[];
  readonly entities: readonly Entity[];
  /** Plain sentences: what telemetry was absent and what it would have shown. */
  readonly missing: readonly string[];
  readonly factors: readonly Factor[];
  readonly wouldChange: readonly Change[];
  /** What to do next, most useful first. */
  readonly next: readonly string[];
  readonly exercise: boolean;
  /** Sizes of what happened, by name (`messages`, `bytesMax`, `attachments`, `owners`): what a baseline compares. */
  readonly measures?: Readonly<Record<string, number>>;
}
