/**
 * Time as data. Nothing left of the engine reads a clock: every time here came out of a record.
 * `EpochMs` is milliseconds since 1970-01-01T00:00:00Z; a fraction carries microseconds where the source has them.
 */
export type EpochMs = number & { readonly __unit: 'epoch-ms' };
export type DurationMs = number & { readonly __unit: 'ms' };

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const durationMs = (value: number): DurationMs => value as DurationMs;

export const SECOND_MS = durationMs(1000);
export const MINUTE_MS = durationMs(60_000);
export const HOUR_MS = durationMs(3_600_000);
export const DAY_MS = durationMs(86_400_000);

/** ISO 8601 in UTC with milliseconds, or `-` for a time that is not a valid date. */
export function isoUtc(time: number): string {
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return '-';
  return new Date(time).toISOString();
}
