import type { Analytic } from '../analytics/contract.ts';
import type { ScanReport } from './report.ts';
import type { LiveWorld } from './world.ts';

const PROGRAMS_LEAST = 2;
const PROGRAMS_TOLD = 3;

/** Telemetry that an analytic asks for and no input carried, or only in part: judged from what was read. */
export function absentTelemetry(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'] {
  type Id = Analytic['meta']['id'];
  const found = new Map<string, { telemetry: string; unlocks: string[]; analytics: Id[]; blind: Id[] }>();
  for (const { meta } of analytics) {
    for (const { kind, what, unlocks, required, within } of meta.telemetry) {
      if (world.seenAnywhere(kind) || (within !== undefined && !world.seenAnywhere(within))) continue;
      const entry = found.get(what) ?? { telemetry: what, unlocks: [], analytics: [], blind: [] };
      found.set(what, entry);
      if (!entry.unlocks.includes(unlocks)) entry.unlocks.push(unlocks);
      entry.analytics.push(meta.id);
      if (required) entry.blind.push(meta.id);
    }
  }
  const absent = [...found.values()].map(entry => ({ ...entry, unlocks: entry.unlocks.join('; ') }));
  const part = startsInPart(analytics, world);
  return part === null ? absent : [...absent, part];
}

/** Rules that watch some programs by name record no others: what these do shows that they were started all the same. */
function startsInPart(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'][number] | null {
  const programs = world.programsWithoutStart();
  if (programs.length < PROGRAMS_LEAST) return null;
  const need = 'process.started';
  const asking = analytics.filter(({ meta }) => meta.telemetry.some(({ kind }) => kind === need));
  const named = programs.slice(0, PROGRAMS_TOLD).join(', ');
  return {
    telemetry: `process executions of every program: ${programs.length} acted whose start no record tells, such as ${named}`,
    unlocks: 'what was run with which arguments: it is recorded for a part of the programs only',
    analytics: asking.map(({ meta }) => meta.id),
    blind: [],
  };
}
