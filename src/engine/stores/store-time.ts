import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { MessageRange, ReadMessage } from '../../decoders/mail-store/contract.ts';
import { maildirName } from '../../decoders/mail-store/maildir-name.ts';
import type { StoreTimeBasis } from '../../events/mail-events.ts';

export interface StoreTime {
  readonly time: number;
  readonly from: StoreTimeBasis;
}

/** Clocks of mail are local time of some zone: no zone is further from UTC than this. */
const ZONE_MAX_MS = 14 * HOUR_MS + 10 * MINUTE_MS;

/**
 * When a message came to lie where it lies. The store's own word counts first: the name in a Maildir, dbox's metadata. An
 * mbox's `From ` line has no zone: the topmost Received header has, and stands in for it where both can be the same moment;
 * else the line is read in the zone of stamps without one. Files of one message each have their Received header, then the
 * file's own time, then what the sender said.
 */
export function storeTime(
  baseName: string,
  range: MessageRange,
  message: ReadMessage,
  file: { readonly mtimeMs: number; readonly zoneOffsetMinutes: number },
): StoreTime {
  const name = maildirName(baseName);
  if (name !== null) return { time: name.time, from: 'maildir-name' };
  if (range.time >= 0 && range.zoned)
    return { time: range.time, from: range.envelope.startsWith('From ') ? 'envelope' : 'dbox-metadata' };
  const { receivedTime, dateTime } = message;
  if (range.time >= 0) {
    if (receivedTime >= 0 && Math.abs(range.time - receivedTime) <= ZONE_MAX_MS)
      return { time: receivedTime, from: 'received' };
    return { time: range.time - file.zoneOffsetMinutes * MINUTE_MS, from: 'envelope' };
  }
  if (receivedTime >= 0) return { time: receivedTime, from: 'received' };
  if (file.mtimeMs > 0) return { time: Math.floor(file.mtimeMs), from: 'file-time' };
  return { time: Math.max(0, dateTime), from: 'date' };
}
