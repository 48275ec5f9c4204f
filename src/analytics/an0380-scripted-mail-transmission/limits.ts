import type { Tunables } from '../tunables.ts';

/** What a job may do before it counts: TransferSizeThreshold, EstablishedSends, ManyMessages. */
export interface SendLimits {
  readonly sizeBytes: number;
  readonly established: number;
  readonly many: number;
}

export const LIMITS: SendLimits = { sizeBytes: 512 * 1024, established: 3, many: 10 };

/**
 * More than a job says in words. The largest notice among the recorded look-alikes has 4 KB, a page of text 3. It only
 * counts for what a person's own job sends outside: what applications send is large for its looks.
 */
export const NOTE_BYTES = 24 * 1024;

/** Twice what the largest notice among the recorded look-alikes has. */
export const NOTICE_BYTES = 8192;

export const limitsOf = (tunables: Tunables): SendLimits => ({
  sizeBytes: tunables.number('TransferSizeThreshold', LIMITS.sizeBytes),
  established: tunables.number('EstablishedSends', LIMITS.established),
  many: tunables.number('ManyMessages', LIMITS.many),
});
