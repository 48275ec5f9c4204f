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
    for (const { kind, what, unlocks, required, unless, within, everyHost } of meta.telemetry) {
      if (within !== undefined && !world.seenAnywhere(within)) continue;
      const anywhere = world.seenAnywhere(kind);
      const poor = anywhere && everyHost === true ? world.auditedWithout(kind, within) : [];
      if (anywhere && poor.length === 0) continue;
      const telemetry = `${what}${anywhere ? ofHosts(poor) : ''}`;
      const entry = found.get(what) ?? { telemetry, unlocks: [], analytics: [], blind: [] };
      found.set(what, entry);
      if (!entry.unlocks.includes(unlocks)) entry.unlocks.push(unlocks);
      entry.analytics.push(meta.id);
      if (required && (unless === undefined || !world.seenAnywhere(unless))) entry.blind.push(meta.id);
    }
  }
  const absent = [...found.values()].map(entry => ({ ...entry, unlocks: withoutBeginnings(entry.unlocks).join('; ') }));
  return [...absent, ...startsInPart(analytics, world), ...inPart(analytics, world)];
}

/** What one analytic would gain may be the beginning of what another would, and is then said with it. */
const withoutBeginnings = (texts: readonly string[]): string[] =>
  texts.filter(text => !texts.some(other => other !== text && other.startsWith(text)));

type Row = ScanReport['absent'][number];

/** What records leave out that are there: kinds of their own, and what was thrown away on the way into the log. */
function inPart(analytics: readonly Analytic[], world: LiveWorld): Row[] {
  const rows: Row[] = [];
  const tell = (hosts: readonly string[], asks: (kind: string) => boolean, what: string, unlocks: string): void => {
    const asking = analytics.filter(({ meta }) => meta.telemetry.some(({ kind }) => asks(kind)));
    if (hosts.length === 0 || asking.length === 0) return;
    rows.push({ telemetry: what + ofHosts(hosts), unlocks, analytics: asking.map(({ meta }) => meta.id), blind: [] });
  };
  tell(
    world.auditedWithout('process:placed', STARTS),
    kind => kind === STARTS,
    'working directories: no record tells one (audit CWD records)',
    'which files the relative names in arguments and records stand for',
  );
  tell(
    world.auditedWithout('file:read', 'file:written-often'),
    kind => kind === 'file:written',
    'reads of files in homes and temporary places: none is recorded (audit open for reading)',
    'what a program takes in from a file that its arguments do not name',
  );
  tell(
    world.hostsWith('health:lost'),
    kind => kind === STARTS,
    'audit records that were thrown away: more came than the kernel or the audit daemon could keep',
    'what was done in those moments',
  );
  tell(
    world.hostsWith('health:rate-limited'),
    () => true,
    'log lines that were thrown away: the logger drops what comes too fast (RateLimitBurst of journald.conf, ratelimit of rsyslog)',
    'what was logged in those moments',
  );
  return rows;
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
