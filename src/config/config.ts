import type { TunableValue } from '../analytics/contract.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { SourceLimits } from '../sources/limits.ts';

/** Bounds on memory and on hostile input. Each is hit visibly: what is cut or evicted is counted and reported. */
export interface Limits extends SourceLimits {
  readonly lineBytesMax: number;
  /** Records may arrive this much out of order, in event time. */
  readonly latenessMs: number;
  readonly messagesMax: number;
}

/** Approved work: what it is, whose it is, what for, and until when. It hides only what it names. */
export interface InventoryEntry {
  readonly id: string;
  readonly analytic?: AnalyticId | undefined;
  readonly host?: string | undefined;
  readonly user?: string | undefined;
  readonly executable?: string | undefined;
  readonly path?: string | undefined;
  readonly destination?: string | undefined;
  readonly owner: string;
  readonly purpose: string;
  /** Day in UTC, such as 2027-03-31; the entry counts up to its end. */
  readonly expires: string;
}

/** The effective configuration: every value is there, defaults included. */
export interface Config {
  /** Tunables by ATT&CK's names. */
  readonly analytics: ReadonlyMap<AnalyticId, ReadonlyMap<string, TunableValue>>;
  readonly limits: Limits;
  readonly time: {
    /** `UTC`, an offset such as `+02:00`, or an IANA name: for stamps without a zone. */
    readonly timezone: string;
    /** Year of the newest stamp without a year; null takes it from the evidence. */
    readonly year: number | null;
  };
  readonly identity: {
    /** Characters that begin the extension of a local part, such as `+` or `+-`; empty for none. */
    readonly recipientDelimiter: string;
  };
  readonly inventory: readonly InventoryEntry[];
}
