import { ANALYTICS_ALL } from '../../analytics/registry.ts';
import type { Config } from '../../config/config.ts';
import { epochMs } from '../../core/time.ts';
import type { FileFormat } from '../../decoders/contract.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { Discovery } from '../../sources/contract.ts';
import { openBlocks } from '../../sources/open-blocks.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { IDENTITY_KINDS } from '../../state/identity/contract.ts';
import { Merge } from '../merge.ts';
import type { LogPlan, Plan } from '../plan.ts';
import { problemsOf, readEvidence } from '../read-evidence.ts';
import type { ScanProgress, SourceReport } from '../report.ts';
import { Stream } from '../stream.ts';
import { witnessed, ZoneWitness } from '../zone-witness.ts';
import { namesNoZone, offsetText, zoneProblems } from '../zones.ts';
import { ClockMarks } from './clock-offsets.ts';
import { contributionsOf, machineSetting } from './contributions.ts';
import { markEvent } from './mark-event.ts';
import type { Contribution, Need, SurveyedFile, SurveyReport } from './report.ts';
import { Silence } from './silence.ts';
import { type SurveyedStore, surveyStores } from './survey-stores.ts';

export interface SurveyRequest {
  readonly evidence: Discovery;
  readonly config: Config;
  readonly zoneOffsetMinutes: number;
  readonly year: number | null;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly clock: { now(): number };
}

const HOSTS_SHOWN_MAX = 8;
/** Logs whose things are remembered for the comparison of clocks. */
const LOGS_COMPARED_MAX = 64;

/** Here clocks are compared as the logs have them. */
const SCAN_DOES = 'a scan that is given no zone reads them so; here it takes';

interface Surveyed {
  readonly log: LogPlan;
  readonly stream: Stream;
  readonly hosts: ReadonlySet<string>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly contributes: readonly Contribution[];
  readonly marks: ClockMarks;
  readonly silence: Silence;
}

/**
 * Reads every log by itself, through the same state as a scan, and tells what each is good for: measured, not declared.
 */
export async function survey(request: SurveyRequest): Promise<SurveyReport> {
  const begun = request.clock.now();
  const { config, evidence } = request;
  const { plan, texts } = await readEvidence(request);
  const identity = { texts, recipientDelimiter: config.identity.recipientDelimiter };
  const problems: InputProblem[] = problemsOf(evidence, plan);
  const bytesTotal = evidence.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const logs: Surveyed[] = [];
  const witness = new ZoneWitness();
  let bytesBefore = 0;
  for (const log of plan.logs) {
    const surveyed = await readLog(log, request, { problems, witness }, (stream, events) =>
      request.onProgress({
        bytesRead: bytesBefore + stream.consumedBytes,
        bytesTotal,
        events,
        elapsedMs: request.clock.now() - begun,
      }),
    );
    bytesBefore += surveyed.stream.consumedBytes;
    logs.push(surveyed);
  }
  const stores = await surveyStores(plan.stores, identity, request, problems);
  const { zoneOffsetMinutes } = request;
  problems.push(...zoneProblems(witness.found(), zoneOffsetMinutes, false, plan.logs, SCAN_DOES));
  const files = [...filesOf(logs, stores, offsetText(zoneOffsetMinutes)), ...otherFiles(plan)].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return { files, needs: needsOf(files), problems, elapsedMs: request.clock.now() - begun };
}

async function readLog(
  log: LogPlan,
  request: SurveyRequest,
  { problems, witness }: { readonly problems: InputProblem[]; readonly witness: ZoneWitness },
  progress: (stream: Stream, events: number) => void,
): Promise<Surveyed> {
  const { limits } = request.config;
  const hosts = new Set<string>();
  const marks = new ClockMarks();
  const silence = new Silence();
  const observe = (event: WatchEvent) => {
    if (event.host !== '') hosts.add(event.host);
    silence.see(event.time);
    markEvent(marks, event);
  };
  const stream: Stream = new Stream({
    format: observed(log.format, observe),
    context: {
      source: 0,
      defaultHost: log.host,
      notAfter: epochMs(log.notAfter),
      zoneOffsetMinutes: request.zoneOffsetMinutes,
      latenessMs: limits.latenessMs,
      onUnzoned: (host, program, pid, time) => witness.wrote(host, program, pid, time),
    },
    witness: witnessed(log, witness),
    files: log.files,
    lineBytesMax: limits.lineBytesMax,
    open: file => openBlocks(file, limits, log.format.blockBytes),
    onProblem: problem => problems.push(problem),
  });
  const merged = new Merge({
    streams: [stream],
    setting: machineSetting(request.config),
    cutAt: -1,
    progress: events => progress(stream, events),
  });
  await merged.run();
  const { machine } = merged;
  return { log, stream, hosts, kinds: machine.byKind, contributes: contributionsOf(machine), marks, silence };
}

/** The same format, with every event shown to `observe` as it leaves. */
function observed(format: FileFormat, observe: (event: WatchEvent) => void): FileFormat {
  return {
    ...format,
    open: (context, emit) =>
      format.open(context, event => {
        observe(event);
        emit(event);
      }),
  };
}

function filesOf(logs: readonly Surveyed[], stores: readonly SurveyedStore[], zone: string): SurveyedFile[] {
  const reference = referenceOf(logs);
  const ofStores = stores.map(({ file, marks }): SurveyedFile => {
    const offset = reference === null ? null : marks.aheadOf(reference.marks);
    const against = reference?.stream.counts[0]?.file.name ?? '';
    return offset === null
      ? file
      : { ...file, clock: { against, offsetMs: offset.offsetMs, agreeing: offset.agreeing } };
  });
  const ofLogs = logs.flatMap(surveyed => {
    const { log, stream, marks } = surveyed;
    const offset = reference === null || reference === surveyed ? null : marks.aheadOf(reference.marks);
    const against = reference?.stream.counts[0]?.file.name ?? '';
    const hosts = [...surveyed.hosts].sort();
    return stream.counts.map(count => ({
      name: count.file.name,
      format: log.format.id,
      title: log.format.title,
      host: log.host,
      hosts: hosts.slice(0, HOSTS_SHOWN_MAX),
      hostsMore: Math.max(0, hosts.length - HOSTS_SHOWN_MAX),
      bytes: count.bytes,
      lines: count.lines,
      emitted: count.emitted,
      skipped: count.skipped,
      rejected: count.rejected,
      firstTime: count.firstTime,
      lastTime: count.lastTime,
      kinds: surveyed.kinds,
      contributes: surveyed.contributes,
      tellsIdentity: false,
      store: null,
      zone: namesNoZone(log.format, count.file.sample, log.notAfter) ? zone : null,
      silence: surveyed.silence.longest(),
      clock: offset === null ? null : { against, offsetMs: offset.offsetMs, agreeing: offset.agreeing },
    }));
  });
  return [...ofLogs, ...ofStores];
}

/** The log that shares things with most of the others; among equals the one with most things. */
function referenceOf(logs: readonly Surveyed[]): Surveyed | null {
  const compared = logs.slice(0, LOGS_COMPARED_MAX);
  let best: Surveyed | null = null;
  let bestShared = 0;
  for (const one of compared) {
    const shared = compared.filter(other => other !== one && other.marks.aheadOf(one.marks) !== null).length;
    if (shared > bestShared || (shared === bestShared && shared > 0 && one.marks.size > (best?.marks.size ?? 0))) {
      best = one;
      bestShared = shared;
    }
  }
  return best;
}

/** What is no log: identity files and the like, and what nothing recognised. */
function otherFiles(plan: Plan): SurveyedFile[] {
  const boxes = new Set<string>(plan.stores.map(({ place }) => place.box));
  return plan.others
    .filter(({ file }) => !boxes.has(file.name))
    .map(({ file, format }) => ({
      ...NOTHING,
      name: file.name,
      format,
      title: format,
      bytes: file.sizeBytes,
      tellsIdentity: IDENTITY_FORMATS.has(format),
    }));
}

const IDENTITY_FORMATS: ReadonlySet<string> = new Set(Object.values(IDENTITY_KINDS));

const NOTHING: Omit<SurveyedFile, keyof Pick<SourceReport, 'name' | 'format' | 'bytes'> | 'title'> = {
  host: '',
  hosts: [],
  hostsMore: 0,
  lines: 0,
  emitted: 0,
  skipped: new Map(),
  rejected: new Map(),
  firstTime: Number.NaN,
  lastTime: Number.NaN,
  kinds: new Map(),
  contributes: [],
  tellsIdentity: false,
  store: null,
  zone: null,
  silence: null,
  clock: null,
};

function needsOf(files: readonly SurveyedFile[]): Need[] {
  return ANALYTICS_ALL.flatMap(({ meta }) =>
    meta.telemetry.map(({ what, unlocks, required }) => ({
      analytic: meta.id,
      telemetry: what,
      unlocks,
      required,
      files: files
        .filter(file => file.contributes.some(each => each.analytic === meta.id && each.telemetry === what))
        .map(file => file.name),
    })),
  );
}
