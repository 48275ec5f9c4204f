import { ANALYTICS_ALL } from '../../src/analytics/registry.ts';
import { defaultConfig } from '../../src/config/default-config.ts';
import type { ScanReport } from '../../src/engine/report.ts';
import { type ScanRequest, scan } from '../../src/engine/scan.ts';
import { discover } from '../../src/sources/discover.ts';

export const CASE_CONFIG = defaultConfig(ANALYTICS_ALL.map(analytic => analytic.meta));

/** The real scan of a folder of evidence with nothing configured. `cutAt`: see ScanRequest. */
export async function scanCase(folder: string, cutAt?: number, more: Partial<ScanRequest> = {}): Promise<ScanReport> {
  const evidence = await discover([folder], { stdin: process.stdin, cwd: process.cwd() });
  return await scan({
    evidence,
    config: CASE_CONFIG,
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: null,
    onProgress: () => {},
    clock: { now: () => 0 },
    ...(cutAt === undefined ? {} : { cutAt }),
    ...more,
  });
}
