import type { EpochMs } from '../core/time.ts';
import type { Finding } from '../events/finding.ts';
import type { MailEvent } from '../events/mail-events.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { Notice, NoticeKind } from '../state/notices.ts';
import type { World } from '../state/world.ts';

/** One tunable, under the exact name ATT&CK gives it (or ours where ATT&CK has none). */
export interface Tunable {
  readonly name: string;
  readonly default: TunableValue;
  readonly unit: string;
  /** Why this default. */
  readonly why: string;
}
export type TunableValue = number | boolean | string | readonly string[] | { readonly [key: string]: number };

export interface AnalyticMeta {
  readonly id: AnalyticId;
  readonly tunables: readonly Tunable[];
  /** Telemetry without which it is blind or weak: what it is, and what it would add. */
  readonly telemetry: readonly {
    readonly kind: string;
    readonly what: string;
    readonly unlocks: string;
    readonly required: boolean;
    /** Where this kind is there, the analytic is not blind without the one asked for, but limited. */
    readonly unless?: string;
    /** Asked for only where this kind is seen: it is a part of that. */
    readonly within?: string;
    /** True: any host in use does such things, so one whose audit records have none of it does not record them. */
    readonly everyHost?: boolean;
  }[];
}

/**
 * A running analytic. It has up to two halves: notices of one host, and mail events; both are handed over in the one
 * order of events. It is pure: no clock, no randomness, no I/O.
 */
export interface AnalyticRun {
  /** Called for each notice kind in `notices`. */
  onNotice?(notice: Notice, world: World): void;
  /** Called for each mail event kind in `mailKinds`, after the world's mail state has taken it in. */
  onMail?(event: MailEvent, world: World): void;
  /** All stories as they stand at `now`, one finding a key. Called at the end of a scan and at times in a live run. */
  findings(world: World, now: EpochMs): Finding[];
  /** Structured-clonable; may share objects with the world's state, which is snapshotted in the same call. */
  snapshot(): unknown;
  restore(data: unknown): void;
  /** Caps that were hit. */
  evictions(): number;
}

export interface Analytic {
  readonly meta: AnalyticMeta;
  readonly notices: readonly NoticeKind[];
  readonly mailKinds: readonly MailEvent['kind'][];
  start(tunables: ReadonlyMap<string, TunableValue>): AnalyticRun;
}
