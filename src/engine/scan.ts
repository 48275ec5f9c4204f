import { filterAlerts } from '../alerts/filter-alerts.ts';
import { incidentsOf, withIncidents } from '../alerts/incidents/incidents.ts';
import { toAlerts } from '../alerts/to-alerts.ts';
import { ANALYTICS_ALL } from '../analytics/registry.ts';
import type { Config } from '../config/config.ts';
import { epochMs } from '../core/time.ts';
import type { Finding } from '../events/finding.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { Discovery, EvidenceFile } from '../sources/contract.ts';
import { openBlocks } from '../sources/open-blocks.ts';
import type { InputProblem } from '../sources/problem.ts';
import { loadIdentity } from '../state/identity/identity.ts';
import { LearnedDomains } from '../state/mail/domains.ts';
import { type OwnRun, OwnRuns } from '../state/own-runs.ts';
import { absentTelemetry } from './absent.ts';
import { inLightOf } from './baseline/apply.ts';
import type { Baseline } from './baseline/baseline.ts';
import { shortNames } from './host-names.ts';
import { disagreements, mailboxReports } from './identity/mailboxes.ts';
import type { MachineSetting, Observer } from './machine.ts';
import { Merge } from './merge.ts';
import type { Plan } from './plan.ts';
import { underPolicy } from './policy/under-policy.ts';
import { problemsOf, readEvidence } from './read-evidence.ts';
import type { ScanProgress, ScanReport, SourceReport } from './report.ts';
import { evidenceContents } from './stores/evidence-contents.ts';
import type { StoreMemory } from './stores/memory.ts';
import { scanStores } from './stores/scan-stores.ts';
import { Stream } from './stream.ts';
import { witnessed, type ZoneFound, ZoneWitness } from './zone-witness.ts';
import { NO_ZONES, type Zones, zoneOf, zoneProblems, zonesOf } from './zones.ts';

export interface ScanRequest {
  readonly evidence: Discovery;
  readonly config: Config;
  /** Null for all. */
  readonly only: readonly AnalyticId[] | null;
  /** Epoch ms; ±Infinity for no bound. */
  readonly since: number;
  readonly until: number;
  readonly zoneOffsetMinutes: number;
  /** Somebody chose that offset: what the evidence says of it is told, and changes nothing. */
  readonly zoneIsGiven?: boolean | undefined;
  readonly year: number | null;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly clock: { now(): number };
  /** For tests: after this many events all state is saved, thrown away, restored, and the scan goes on. */
  readonly cutAt?: number;
  /** Learned before; never changed by a scan. */
  readonly baseline?: Baseline | undefined;
  /** What earlier runs read of mail stores; what this one reads goes into it. */
  readonly memory?: StoreMemory | undefined;
  /** When Watchpost itself ran before: its own reads are not told as anybody's. */
  readonly ownRuns?: readonly OwnRun[] | undefined;
  /** Look on while it is judged. */
  readonly observers?: readonly Observer[] | undefined;
  /** Told of the findings as policy leaves them. */
  readonly onFindings?: ((findings: readonly Finding[]) => void) | undefined;
}

/**
 * Reads all evidence in one order of time, judges it, and tells what it saw. Same evidence, same alerts. Where the evidence
 * itself says that stamps without a zone were read in the wrong one, it is read once more; not while others look on.
 */
export async function scan(request: ScanRequest): Promise<ScanReport> {
  const begun = request.clock.now();
  const first = await pass(request, NO_ZONES, begun);
  const isFinal = first.found.length === 0 || request.zoneIsGiven === true || request.observers !== undefined;
  const last = isFinal ? first : await pass(request, zonesOf(first.found, request.zoneOffsetMinutes), begun);
  request.onFindings?.(last.findings);
  const { report, plan } = last;
  const said = zoneProblems(first.found, request.zoneOffsetMinutes, !isFinal, plan.logs);
  return { ...report, problems: uniqueProblems([...report.problems, ...said]) };
}

interface Pass {
  readonly report: ScanReport;
  readonly findings: readonly Finding[];
  readonly found: readonly ZoneFound[];
  readonly plan: Plan;
}

async function pass(request: ScanRequest, zones: Zones, begun: number): Promise<Pass> {
  const { config, evidence } = request;
  const { plan, texts, problems: identityProblems } = await readEvidence(request);
  const problems: InputProblem[] = [...problemsOf(evidence, plan), ...identityProblems];
  const analytics = ANALYTICS_ALL.filter(analytic => request.only === null || request.only.includes(analytic.meta.id));
  const witness = new ZoneWitness();
  const streams = openStreams(plan, request, problems, zones, witness);
  const identityFiles = { texts, recipientDelimiter: config.identity.recipientDelimiter };
  const identity = loadIdentity({ ...identityFiles, domains: new LearnedDomains() });
  const stores = await scanStores(
    plan.stores,
    identity,
    { limits: config.limits, zoneOffsetMinutes: request.zoneOffsetMinutes, memory: request.memory },
    problems,
  );
  const setting: MachineSetting = {
    analytics,
    tunables: config.analytics,
    identity: identityFiles,
    contents: await evidenceContents(plan, stores.attachments),
    addresses: addressesOf(config),
    messagesMax: config.limits.messagesMax,
    ownRuns: new OwnRuns(request.ownRuns ?? []),
    baseline: request.baseline,
    observers: request.observers,
  };
  const bytesTotal = evidence.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = (events: number) =>
    request.onProgress({
      bytesRead: streams.reduce((sum, stream) => sum + stream.consumedBytes, 0),
      bytesTotal,
      events,
      elapsedMs: request.clock.now() - begun,
    });
  const merged = new Merge({
    streams: stores.stream === null ? streams : [...streams, stores.stream],
    setting,
    cutAt: request.cutAt ?? -1,
    progress,
  });
  await merged.run();
  const { machine } = merged;
  for (const problem of machine.identityProblems) {
    const { line, reason } = problem;
    problems.push({
      code: 'N_IDENTITY_LINE',
      source: problem.name,
      level: 'notice',
      message: line > 0 ? `line ${line}: ${reason}; the line was left out` : reason,
    });
  }
  const raw = machine.findings();
  const found = request.baseline === undefined ? raw : inLightOf(request.baseline, raw);
  const policed = underPolicy(found, config, machine.latest);
  problems.push(...policed.problems);
  // A record out of a mail store is a message: its place and hash are told, its text never.
  const withheld = new Set(plan.stores.map(store => store.source));
  const publish = async (findings: readonly Finding[]) =>
    filterAlerts(await toAlerts(findings, source => sealed(evidence.files[source], withheld.has(source))), {
      minSeverity: 'informational',
      since: request.since,
      until: request.until,
    });
  const mailboxes = mailboxReports(machine.world);
  problems.push(...disagreements(mailboxes));
  const judged = await publish(policed.findings);
  const excepted: ScanReport['excepted'][number][] = [];
  for (const { entry, findings, lastTime } of policed.excepted)
    excepted.push({ ...entry, findings: findings.length, lastTime, alerts: await publish(findings) });
  const incidents = incidentsOf(judged);
  const sources = reports(plan, streams);
  const times = sources.flatMap(source => [source.firstTime, source.lastTime]).filter(time => Number.isFinite(time));
  const report = {
    alerts: withIncidents(judged, incidents),
    alertsOutside: policed.findings.length - judged.length,
    incidents,
    excepted,
    sources,
    stores: stores.reports,
    mailboxes,
    problems: uniqueProblems(problems),
    eventsTotal: machine.events,
    eventsByKind: new Map([...machine.byKind].sort(([a], [b]) => (a < b ? -1 : 1))),
    duplicates: merged.duplicates,
    late: merged.late,
    clockSteps: merged.clockSteps,
    firstTime: times.length > 0 ? Math.min(...times) : Number.NaN,
    lastTime: times.length > 0 ? Math.max(...times) : Number.NaN,
    elapsedMs: request.clock.now() - begun,
    absent: absentTelemetry(analytics, machine.world),
    evictions: machine.evictions(),
  };
  return { report, findings: policed.findings, found: witness.found(), plan };
}

const sealed = (file: EvidenceFile | undefined, isWithheld: boolean): EvidenceFile | undefined =>
  file === undefined || !isWithheld ? file : { ...file, isWithheld };

function openStreams(
  plan: Plan,
  request: ScanRequest,
  problems: InputProblem[],
  zones: Zones,
  witness: ZoneWitness,
): Stream[] {
  const { limits } = request.config;
  const names = shortNames(plan.logs.flatMap(hostsOf));
  const hasSyslog = plan.logs.some(({ format }) => format.id === 'syslog');
  return plan.logs.map(
    log =>
      new Stream({
        format: log.format,
        context: {
          source: 0,
          defaultHost: names.get(log.host) ?? log.host,
          notAfter: epochMs(log.notAfter),
          zoneOffsetMinutes: zoneOf(zones, log.host, request.zoneOffsetMinutes),
          latenessMs: limits.latenessMs,
          onUnzoned: (host, program, pid, time) => witness.wrote(host, program, pid, time),
        },
        witness: hasSyslog ? witnessed(log, witness) : undefined,
        files: log.files,
        lineBytesMax: limits.lineBytesMax,
        open: file => openBlocks(file, limits, log.format.blockBytes),
        onProblem: problem => problems.push(problem),
        mayEcho: log.mayEcho,
        shortNames: names,
      }),
  );
}

/** Hosts that a log names, as far as the beginning of its first file tells. */
function hostsOf({ format, host, files }: Plan['logs'][number]): string[] {
  const sample = files[0]?.file.sample;
  return [host, ...(sample === undefined ? [] : (format.hostsOf?.(sample) ?? []))];
}

/** IPv6 as sensors write it: lower case, the longest run of zeros left out. */
const plainAddress = (address: string): string =>
  address.includes(':') ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;

/** Addresses that the configuration gives hosts. */
function addressesOf(config: Config): ReadonlyMap<string, string> {
  return new Map(
    config.hosts.flatMap(({ name, addresses }) => addresses.map(address => [plainAddress(address), name] as const)),
  );
}

function reports(plan: Plan, streams: readonly Stream[]): SourceReport[] {
  const found: SourceReport[] = [];
  streams.forEach((stream, index) => {
    const log = plan.logs[index] as Plan['logs'][number];
    for (const count of stream.counts) {
      found.push({
        name: count.file.name,
        format: stream.format.id,
        host: log.host,
        bytes: count.bytes,
        lines: count.lines,
        emitted: count.emitted,
        skipped: count.skipped,
        rejected: count.rejected,
        firstTime: count.firstTime,
        lastTime: count.lastTime,
      });
    }
  });
  for (const { file, format } of plan.others) {
    found.push({
      name: file.name,
      format,
      host: '',
      bytes: file.sizeBytes,
      lines: 0,
      emitted: 0,
      skipped: new Map(),
      rejected: new Map(),
      firstTime: Number.NaN,
      lastTime: Number.NaN,
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function uniqueProblems(problems: readonly InputProblem[]): InputProblem[] {
  const seen = new Map(problems.map(problem => [`${problem.source}\0${problem.code}\0${problem.message}`, problem]));
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem);
}
