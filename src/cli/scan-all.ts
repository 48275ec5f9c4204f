import type { Config } from '../config/config.ts';
import type { ScanReport } from '../engine/report.ts';
import { type ScanRequest, scan } from '../engine/scan.ts';
import { discover } from '../sources/discover.ts';
import { progressOn } from './progress.ts';
import { endOf, offsetFor } from './settings.ts';
import { complain } from './talk.ts';
import { yearNumber } from './values.ts';

interface ScanAllOptions {
  readonly timezone?: string;
  readonly year?: string;
  readonly quiet?: boolean;
}

/** A scan of all that was named, from its beginning to its end: no alert is shown, only what could not be read. */
export async function scanAll(
  evidence: readonly string[],
  config: Config,
  options: ScanAllOptions,
  beside: Pick<ScanRequest, 'baseline' | 'observers' | 'onFindings'> = {},
): Promise<ScanReport> {
  const found = await discover(evidence, { stdin: process.stdin, cwd: process.cwd(), limits: config.limits });
  const progress = progressOn(process.stderr, options.quiet !== true);
  const report = await scan({
    evidence: found,
    config,
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: offsetFor(options.timezone, config, endOf(found), options.quiet === true),
    year: options.year === undefined ? config.time.year : yearNumber(options.year),
    ...beside,
    onProgress: progress.update,
    clock: { now: () => performance.now() },
  });
  progress.clear();
  for (const problem of report.problems.filter(each => each.level === 'unreadable'))
    complain(`${problem.source}: ${problem.message} [${problem.code}]`);
  return report;
}
