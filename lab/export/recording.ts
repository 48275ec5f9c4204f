import { epochMs } from '../../src/core/time.ts';
import { FORMATS } from '../../src/decoders/registry.ts';
import { planEvidence } from '../../src/engine/plan.ts';
import { Stream } from '../../src/engine/stream.ts';
import { compareEvents, type WatchEvent } from '../../src/events/event.ts';
import { discover } from '../../src/sources/discover.ts';
import { openBlocks } from '../../src/sources/open-blocks.ts';

const LATENESS_MS = 5000;

/** The decoded events of a recorded case's logs, in the one order, each once. Throws what reading files throws. */
export async function recordedEvents(folder: string): Promise<WatchEvent[]> {
  const evidence = await discover([folder], { stdin: process.stdin, cwd: process.cwd() });
  const plan = planEvidence(evidence, {
    formats: FORMATS,
    zoneOffsetMinutes: 0,
    latenessMs: LATENESS_MS,
    year: null,
  });
  const events: WatchEvent[] = [];
  for (const log of plan.logs) {
    const stream = new Stream({
      format: log.format,
      context: {
        source: 0,
        defaultHost: log.host,
        notAfter: epochMs(log.notAfter),
        zoneOffsetMinutes: 0,
        latenessMs: LATENESS_MS,
      },
      files: log.files,
      lineBytesMax: 1024 * 1024,
      open: file => openBlocks(file),
      onProblem: () => {},
    });
    while (await stream.fill()) events.push(stream.take());
  }
  events.sort(compareEvents);
  return events.filter((event, index) => {
    const before = events[index - 1];
    return before === undefined || compareEvents(event, before) !== 0 || event.kind !== before.kind;
  });
}
