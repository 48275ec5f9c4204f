import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import { JSON_FORMATS } from './records.ts';

/** Reads records, one a line, as one log in the format `id`; the events in their order, and each line's verdict. */
export function readRecords(
  id: string,
  records: readonly unknown[],
): { events: WatchEvent[]; verdicts: string[]; drops: (readonly [string, number])[] } {
  const events: WatchEvent[] = [];
  const context = {
    source: 0,
    defaultHost: 'default.example',
    notAfter: epochMs(0),
    zoneOffsetMinutes: 0,
    latenessMs: 5000,
  };
  const format = JSON_FORMATS.find(each => each.id === id);
  if (format === undefined) throw new Error(`no JSON format ${id}`);
  const session = format.open(context, event => events.push(event));
  let offset = 0;
  const verdicts = records.map(record => {
    const line = Buffer.from(JSON.stringify(record));
    const verdict = session.pushLine(line, 0, line.length, offset);
    offset += line.length + 1;
    return verdict.tag;
  });
  session.tick(Number.POSITIVE_INFINITY);
  return { events, verdicts, drops: [...session.drops()] };
}
