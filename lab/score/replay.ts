import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANALYTICS_ALL } from '../../src/analytics/registry.ts';
import { DEFAULT_LIMITS, defaultConfig } from '../../src/config/default-config.ts';
import { auditFormat } from '../../src/decoders/audit/format.ts';
import { FORMATS } from '../../src/decoders/registry.ts';
import { planEvidence } from '../../src/engine/plan.ts';
import type { ScanReport } from '../../src/engine/report.ts';
import { scan } from '../../src/engine/scan.ts';
import { Stream } from '../../src/engine/stream.ts';
import { compareEvents, type WatchEvent } from '../../src/events/event.ts';
import type { Discovery, EvidenceFile } from '../../src/sources/contract.ts';
import { discover, SAMPLE_BYTES } from '../../src/sources/discover.ts';
import { openBlocks } from '../../src/sources/open-blocks.ts';
import { contentOf } from '../../test/support/recordings.ts';
import { execAndStoreReads, type LevelId } from './levels.ts';

const config = defaultConfig(ANALYTICS_ALL.map(analytic => analytic.meta));

/** Replays folders of evidence as a host with less telemetry would have recorded them. Owns a temporary folder. */
export class Replay {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'watchpost-score-'));
  #written = 0;

  /** What a scan says of the folder at this level. */
  async report(folder: string, level: LevelId): Promise<ScanReport> {
    return await scan({
      evidence: this.#thinned(await found(folder), level),
      config,
      only: null,
      since: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
      zoneOffsetMinutes: 0,
      year: null,
      onProgress: () => {},
      clock: { now: () => 0 },
    });
  }

  close(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  #thinned(evidence: Discovery, level: LevelId): Discovery {
    if (level === 'full') return evidence;
    const files = evidence.files.flatMap(file => {
      const isAudit = auditFormat.recognise(file.sample) > 0.5;
      if (level === 'exec') return [isAudit ? this.#thinnedAudit(file) : file];
      const isLog = FORMATS.some(format => format.recognise(file.sample) > 0.5);
      return isLog && !isMailLog(file) ? [] : [file];
    });
    return { ...evidence, files };
  }

  #thinnedAudit(file: EvidenceFile): EvidenceFile {
    const lines = contentOf(file.path).toString('latin1').split('\n').filter(Boolean);
    const content = Buffer.from(
      execAndStoreReads(lines)
        .map(line => `${line}\n`)
        .join(''),
      'latin1',
    );
    this.#written += 1;
    const path = join(this.#scratch, `${this.#written}.log`);
    writeFileSync(path, content);
    const sample = content.subarray(0, SAMPLE_BYTES);
    return { ...file, path, sizeBytes: content.length, compression: 'none', sample };
  }
}

/** A log named for mail, as every distribution names it: `mail.log`, `maillog`, `mail`, and Exim's own `mainlog`. */
const isMailLog = (file: EvidenceFile): boolean =>
  FORMATS.some(format => format.recognise(file.sample) > 0.5) &&
  /(?:mail|mainlog)/.test(file.family.slice(file.family.lastIndexOf('/')));

/** Every event that the folder's logs hold, in the order in which a scan judges them, each once. */
export async function eventsOf(folder: string): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  const evidence = await found(folder);
  const { latenessMs, lineBytesMax } = DEFAULT_LIMITS;
  const plan = planEvidence(evidence, { formats: FORMATS, zoneOffsetMinutes: 0, latenessMs, year: null });
  for (const log of plan.logs) {
    const { host: defaultHost, format, files } = log;
    const notAfter = log.notAfter as WatchEvent['time'];
    const context = { source: 0, defaultHost, notAfter, zoneOffsetMinutes: 0, latenessMs };
    const stream = new Stream({ format, context, files, lineBytesMax, open: openBlocks, onProblem: () => {} });
    while (await stream.fill()) events.push(stream.take());
  }
  events.sort(compareEvents);
  return events.filter((event, i) => {
    const before = events[i - 1];
    return before === undefined || compareEvents(before, event) !== 0 || before.kind !== event.kind;
  });
}

const found = (folder: string): Promise<Discovery> => discover([folder], { stdin: process.stdin, cwd: process.cwd() });
