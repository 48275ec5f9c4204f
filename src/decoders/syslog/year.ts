const DAY = 86_400_000;
/** Lines of one log may step back this far (late relays, a clock put right) without meaning another year. */
const BACKWARD_MS = 32 * DAY;
/** A clock that runs ahead of the file's own time stamp is believed this far. */
const AHEAD_MS = DAY;

/**
 * Midnight (as if in UTC) of a month and day that came without a year.
 *
 * The log runs forward: the earliest year that does not jump back more than a month behind `latest` is right, unless that
 * lies after the end of the evidence. Before the first line, and when nothing fits (a host that booted without a clock),
 * it is the latest year at or before `notAfter`.
 *
 * Limit: a log longer than a year whose first line is given the wrong year stays in that year until it contradicts itself.
 */
export function midnightWithoutYear(month: number, day: number, latest: number, notAfter: number): number {
  const bound = (Number.isFinite(notAfter) ? notAfter : Date.UTC(2037, 0, 1)) + AHEAD_MS;
  const anchor = new Date(Number.isNaN(latest) ? bound : Math.min(latest, bound)).getUTCFullYear();
  let best = Number.NaN;
  for (let year = anchor - 4; year <= anchor + 4; year++) {
    const midnight = Date.UTC(year, month, day);
    if (new Date(midnight).getUTCDate() !== day || midnight > bound) continue;
    if (!Number.isNaN(latest) && midnight >= latest - BACKWARD_MS) return midnight;
    best = midnight;
  }
  return best;
}
