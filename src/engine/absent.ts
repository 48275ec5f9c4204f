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
  return [...absent, ...startsInPart(analytics, world)];
}

const STARTS = 'process.started';

/** Rules that watch some programs record no others: of which kind those are, or what others do without a start, tells so. */
function startsInPart(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'] {
  if (!world.seenAnywhere(STARTS)) return [];
  const asking = analytics.flatMap(({ meta }) => {
    const need = meta.telemetry.find(({ kind }) => kind === STARTS);
    return need === undefined ? [] : [{ id: meta.id, required: need.required }];
  });
  const ids = asking.map(({ id }) => id);
  const unlocks = 'what was run with which arguments: it is recorded for a part of the programs only';
  // The rules for privileged programs that STIG and its like bring along.
  if (!world.seenAnywhere('process:ordinary'))
    return [
      {
        telemetry:
          'process executions of programs without set-user-ID or set-group-ID (audit execve): no other is recorded',
        unlocks,
        analytics: ids,
        blind: asking.filter(({ required }) => required).map(({ id }) => id),
      },
    ];
  const programs = world.programsWithoutStart();
  if (programs.length < PROGRAMS_LEAST) return [];
  const named = programs.slice(0, PROGRAMS_TOLD).join(', ');
  const telemetry = `process executions of every program: ${programs.length} acted whose start no record tells, such as ${named}`;
  return [{ telemetry, unlocks, analytics: ids, blind: [] }];
}
