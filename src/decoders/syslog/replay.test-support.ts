import { epochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { DecodeContext } from '../contract.ts';
import { syslogFormat } from './format.ts';

export const contextOf = (over: Partial<DecodeContext> = {}): DecodeContext => ({
  source: 0,
  defaultHost: 'given',
  notAfter: epochMs(Date.UTC(2026, 2, 10)),
  zoneOffsetMinutes: 0,
  latenessMs: 5000,
  ...over,
});

export interface Read {
  readonly events: WatchEvent[];
  readonly verdicts: Verdict[];
  readonly drops: ReadonlyMap<string, number>;
}

/** Reads whole lines to the end. */
export function read(lines: readonly (string | Buffer)[], over: Partial<DecodeContext> = {}): Read {
  const events: WatchEvent[] = [];
  const session = syslogFormat.open(contextOf(over), event => events.push(event));
  let offset = 0;
  const verdicts = lines.map(line => {
    const bytes = Buffer.from(line);
    const verdict = session.pushLine(bytes, 0, bytes.length, offset);
    offset += bytes.length + 1;
    return verdict;
  });
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts, drops: session.drops() };
}

/** The one event that a message of a program becomes. */
export function eventOf(program: string, text: string): WatchEvent {
  const { events, verdicts } = read([`Mar  1 09:30:00 mx1 ${program}: ${text}`]);
  if (events.length !== 1) throw new Error(`${events.length} events, ${JSON.stringify(verdicts)}`);
  return events[0] as WatchEvent;
}

/** What a program's message is taken for: `emit`, or the reason of a skip or reject. */
export function verdictOf(program: string, text: string): string {
  const verdict = read([`Mar  1 09:30:00 mx1 ${program}: ${text}`]).verdicts[0] as Verdict;
  return verdict.tag === 'emit' ? 'emit' : `${verdict.tag}: ${verdict.reason}`;
}
