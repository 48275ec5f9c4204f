import type { Analytic } from '../analytics/contract.ts';
import type { ScanReport } from './report.ts';
import type { LiveWorld } from './world.ts';

/** Telemetry that an analytic asks for and no input carried: judged from what was read. */
export function absentTelemetry(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'] {
  const found = new Map<string, { telemetry: string; unlocks: string[]; analytics: Analytic['meta']['id'][] }>();
  for (const { meta } of analytics) {
    for (const { kind, what, unlocks } of meta.telemetry) {
      if (world.seenAnywhere(kind)) continue;
      const entry = found.get(what);
      if (entry === undefined) found.set(what, { telemetry: what, unlocks: [unlocks], analytics: [meta.id] });
      else {
        if (!entry.unlocks.includes(unlocks)) entry.unlocks.push(unlocks);
        entry.analytics.push(meta.id);
      }
    }
  }
  return [...found.values()].map(entry => ({ ...entry, unlocks: entry.unlocks.join('; ') }));
}
