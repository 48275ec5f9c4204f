import { LineSplitter } from '../../core/line-splitter.ts';
import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { FileFormat } from '../contract.ts';

export interface Read {
  readonly events: WatchEvent[];
  /** How often each reason to skip or reject came. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly drops: ReadonlyMap<string, number>;
}

/** Reads a whole log in one format, cut into blocks of `blockBytes`, as one log of host `default.example`. */
export function readLog(format: FileFormat, content: Buffer, blockBytes = 65_536): Read {
  const events: WatchEvent[] = [];
  const reasons = new Map<string, number>();
  const context = {
    source: 0,
    defaultHost: 'default.example',
    notAfter: epochMs(Date.UTC(2026, 11, 31)),
    zoneOffsetMinutes: 0,
    latenessMs: 5000,
  };
  const session = format.open(context, event => events.push(event));
  const splitter = new LineSplitter();
  const onLine = (buffer: Buffer, start: number, end: number, offset: number): void => {
    const verdict = session.pushLine(buffer, start, end, offset);
    if (verdict.tag !== 'emit') reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1);
  };
  for (let at = 0; at < content.length; at += blockBytes)
    splitter.feed(Buffer.from(content.subarray(at, at + blockBytes)), at, onLine);
  splitter.end(onLine);
  session.tick(Number.POSITIVE_INFINITY);
  return { events, reasons, drops: session.drops() };
}

/** Everything of the events but where their records lie. */
export const gist = (events: readonly WatchEvent[]) => events.map(({ ref: _, ...rest }) => rest);
