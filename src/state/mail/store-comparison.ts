import type { StoreTimeBasis } from '../../events/mail-events.ts';
import type { StoreComparison, StoredMark } from './comparison.ts';
import type { Delivered } from './recent.ts';

/** Whole seconds in the log, and the way from the queue into the box. */
const TOLERANCE_MS = 5000;
/** Times that are not those of a delivery: what has one is not judged by it. */
const NO_DELIVERY: readonly StoreTimeBasis[] = ['date', 'file-time'];

/**
 * `logged` and `stored` are deliveries of one mailbox; only those within [from, to] count, from -Infinity those from the first
 * logged one on. Times of the stores may stray by `TOLERANCE_MS`.
 */
export function compareStored(
  logged: readonly Delivered[],
  stored: readonly Delivered[],
  since: number,
  to: number,
  listMax: number,
): StoreComparison {
  const from = Number.isFinite(since) ? since : logged.reduce((first, each) => Math.min(first, each.delivery.time), to);
  // What delivery software tells once more is the same delivery.
  const lines = logged.filter(({ delivery: { time, retold } }) => !retold && time >= from && time <= to);
  const told = new Map<string, number>();
  for (const { message, delivery } of lines) if (message.messageId !== '') told.set(message.messageId, delivery.time);
  const held = new Set<string>();
  const skews: number[] = [];
  const contents = new Map<string, { name: string; count: number; bytes: number }>();
  let count = 0;
  let bytes = 0;
  let onlyStored = 0;
  let first: StoredMark | null = null;
  let last: StoredMark | null = null;
  for (const { message, delivery } of stored) {
    const time = told.get(message.messageId);
    const isWithin = delivery.time >= from - TOLERANCE_MS && delivery.time <= to + TOLERANCE_MS;
    const isTimed = message.stored !== null && !NO_DELIVERY.includes(message.stored.timeFrom);
    if (time === undefined && !(isWithin && isTimed)) continue;
    count += 1;
    bytes += Math.max(0, message.sizeBytes);
    if (time === undefined) onlyStored += 1;
    else {
      held.add(message.messageId);
      if (isTimed) skews.push(delivery.time - time);
    }
    const mark = { time: delivery.time, box: message.stored?.box ?? '', ref: delivery.ref };
    if (first === null || mark.time < first.time) first = mark;
    if (last === null || mark.time >= last.time) last = mark;
    for (const sha256 of new Set(message.attachments.map(each => each.sha256))) {
      if (sha256 === '') continue;
      const attachment = message.attachments.find(each => each.sha256 === sha256);
      const known = contents.get(sha256) ?? { name: attachment?.name ?? '', count: 0, bytes: 0 };
      known.count += 1;
      known.bytes += Math.max(0, attachment?.sizeBytes ?? 0);
      contents.set(sha256, known);
    }
  }
  const top = [...contents].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))[0];
  return {
    stored: count,
    storedBytes: bytes,
    logged: lines.length,
    both: held.size,
    onlyLogged: told.size - held.size,
    onlyStored,
    skewMs: skews.length === 0 ? Number.NaN : (skews.sort((a, b) => a - b)[skews.length >> 1] as number),
    repeated: top === undefined ? null : { sha256: top[0], ...top[1] },
    first,
    last,
    isCut: logged.length >= listMax * 0.75 || stored.length >= listMax * 0.75,
  };
}
