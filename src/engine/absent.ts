import type { Analytic } from '../analytics/contract.ts';
import type { ScanReport } from './report.ts';
import type { LiveWorld } from './world.ts';

const PROGRAMS_LEAST = 2;
const PROGRAMS_TOLD = 3;
const HOSTS_TOLD = 3;

/** Telemetry that an analytic asks for and no input carried, or only in part: judged from what was read. */
export function absentTelemetry(analytics: readonly Analytic[], world: LiveWorld): ScanReport['absent'] {
  type Id = Analytic['meta']['id'];
  const found = new Map<string, { telemetry: string; unlocks: string[]; analytics: Id[]; blind: Id[] }>();
  for (const { meta } of analytics) {
    for (const { kind, what, unlocks, required, within, everyHost } of meta.telemetry) {
      if (within !== undefined && !world.seenAnywhere(within)) continue;
      const anywhere = world.seenAnywhere(kind);
      const poor = anywhere && everyHost === true ? world.auditedWithout(kind, within) : [];
      if (anywhere && poor.length === 0) continue;
      const telemetry = `${what}${anywhere ? ofHosts(poor) : ''}`;
      const entry = found.get(what) ?? { telemetry, unlocks: [], analytics: [], blind: [] };
      found.set(what, entry);
      if (!entry.unlocks.includes(unlocks)) entry.unlocks.push(unlocks);
      entry.analytics.push(meta.id);
      if (required) entry.blind.push(meta.id);
    }
  }
  const absent = [...found.values()].map(entry => ({ ...entry, unlocks: entry.unlocks.join('; ') }));
  return [...absent, ...startsInPart(analytics, world)];
}

/** One host that records much must not hide another that records little. */
function ofHosts(hosts: readonly string[]): string {
  const more = hosts.length - HOSTS_TOLD;
  return `, on ${hosts.slice(0, HOSTS_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
  const anywhere = world.seenAnywhere('process:ordinary');
  const poor = anywhere ? world.auditedWithout('process:ordinary', STARTS) : [];
  const privileged = {
    telemetry: `process executions of programs without set-user-ID or set-group-ID (audit execve): no other is recorded${anywhere ? ofHosts(poor) : ''}`,
    unlocks,
    analytics: ids,
    blind: asking.filter(({ required }) => required).map(({ id }) => id),
  };
  if (!anywhere) return [privileged];
  const rows = poor.length > 0 ? [privileged] : [];
  const programs = world.programsWithoutStart();
  if (programs.length < PROGRAMS_LEAST) return rows;
  const named = programs.slice(0, PROGRAMS_TOLD).join(', ');
  const telemetry = `process executions of every program: ${programs.length} acted whose start no record tells, such as ${named}`;
  return [...rows, { telemetry, unlocks, analytics: ids, blind: [] }];
}
