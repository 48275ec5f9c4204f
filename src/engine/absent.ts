import type { Analytic } from '../analytics/contract.ts';
import type { ScanReport } from './report.ts';
import type { LiveWorld } from './world.ts';

/** Telemetry that an analytic asks for and no input carried: judged from what was read. */
export function absentTelemetry(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'] {
  type Id = Analytic['meta']['id'];
  const found = new Map<string, { telemetry: string; unlocks: string[]; analytics: Id[]; blind: Id[] }>();
  for (const { meta } of analytics) {
    for (const { kind, what, unlocks, required } of meta.telemetry) {
      if (world.seenAnywhere(kind)) continue;
      const entry = found.get(what) ?? { telemetry: what, unlocks: [], analytics: [], blind: [] };
      found.set(what, entry);
      if (!entry.unlocks.includes(unlocks)) entry.unlocks.push(unlocks);
      entry.analytics.push(meta.id);
      if (required) entry.blind.push(meta.id);
    }
  }
  return [...found.values()].map(entry => ({ ...entry, unlocks: entry.unlocks.join('; ') }));
}
