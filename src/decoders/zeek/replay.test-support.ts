import { epochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { FileFormat } from '../contract.ts';

/** A text decoded by a format: its events and the verdict of each line. */
export function decodeText(format: FileFormat, text: string | Buffer) {
  const events: WatchEvent[] = [];
  const context = {
    source: 0,
    defaultHost: 'sensor.example.org',
    notAfter: epochMs(Date.UTC(2030, 0, 1)),
    zoneOffsetMinutes: 0,
    latenessMs: 5000,
  };
  const session = format.open(context, event => events.push(event));
  const verdicts: Verdict[] = [];
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  let start = 0;
  while (start < bytes.length) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    verdicts.push(session.pushLine(bytes, start, end, start));
    start = end + 1;
  }
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts, drops: session.drops() };
}

/** Verdicts counted: `emit`, and the others by their reason. */
export function tally(verdicts: readonly Verdict[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) {
    const key = verdict.tag === 'emit' ? 'emit' : `${verdict.tag}: ${verdict.reason}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Without what differs between two framings of one record: where it lies. */
export const saidBy = (events: readonly WatchEvent[]): unknown[] => events.map(({ ref: _, ...rest }) => rest);
