import { ANALYTICS_ALL } from '../../analytics/registry.ts';
import { defaultConfig } from '../../config/default-config.ts';
import { discover } from '../../sources/discover.ts';
import type { ScanReport } from '../report.ts';
import { type ScanRequest, scan } from '../scan.ts';

/** Scans a folder as a scan without any option would, but for `change`. */
export async function scanCase(folder: string, change: Partial<ScanRequest> = {}): Promise<ScanReport> {
  return scan({
    evidence: await discover([folder], { stdin: process.stdin, cwd: '/' }),
    config: defaultConfig(ANALYTICS_ALL.map(each => each.meta)),
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: null,
    onProgress: () => {},
    clock: { now: () => 0 },
    ...change,
  });
}
