import type { Ref } from '../../events/ref.ts';

export interface StoredMark {
  readonly time: number;
  readonly box: string;
  readonly ref: Ref;
}

/** What a mailbox's stores hold of a span of time, beside what MTAs logged as delivered into it. */
export interface StoreComparison {
  /** Messages in the stores that delivery software put there. */
  readonly stored: number;
  readonly storedBytes: number;
  /** Deliveries in the log. */
  readonly logged: number;
  /** Messages of the log that the stores hold, by message id. */
  readonly both: number;
  /** Logged, and not in the stores (any more); messages without an id left out. */
  readonly onlyLogged: number;
  /** In the stores, and in no log line of the span. */
  readonly onlyStored: number;
  /** Median of the store's time less the log's, ms; NaN without pairs. */
  readonly skewMs: number;
  /** The content that came most often as an attachment, by sha256; null without hashes. */
  readonly repeated: {
    readonly sha256: string;
    readonly name: string;
    readonly count: number;
    readonly bytes: number;
  } | null;
  readonly first: StoredMark | null;
  readonly last: StoredMark | null;
  /** More deliveries were in the span than are kept: the numbers are of the last ones. */
  readonly isCut: boolean;
}
