import { existsSync, realpathSync } from 'node:fs';
import { extname } from 'node:path';
import { filterAlerts } from '../alerts/filter-alerts.ts';
import { compareAlerts } from '../alerts/to-alerts.ts';
import type { ScanReport } from '../engine/report.ts';
import { scan } from '../engine/scan.ts';
import { severityRank } from '../events/vocabulary.ts';
import { json } from '../sinks/json.ts';
import { markdown } from '../sinks/markdown.ts';
import { ndjson } from '../sinks/ndjson.ts';
import { pretty, prettyTalk } from '../sinks/pretty.ts';
import type { ScanView } from '../sinks/scan-view.ts';
import type { Discovery } from '../sources/contract.ts';
import { discover } from '../sources/discover.ts';
import { openBaseline } from './baseline-file.ts';
import { EXIT } from './exit-codes.ts';
import { keepState } from './keep-state.ts';
import { openOutput } from './output.ts';
import { progressOn } from './progress.ts';
import { endOf, offsetFor, requireConfig } from './settings.ts';
import { columnsOf, complain, talk, wantsColor } from './talk.ts';
import { UsageError } from './usage-error.ts';
import { analyticIds, moment, severity, yearNumber } from './values.ts';

export interface ScanOptions {
  readonly format?: string;
  readonly minSeverity: string;
  readonly since?: string;
  readonly until?: string;
  readonly only?: readonly string[];
  readonly config?: string;
  readonly output?: string;
  readonly failOn?: string;
  readonly skipErrors?: boolean;
  readonly showExcepted?: boolean;
  readonly baseline?: string;
  readonly state?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly timezone?: string;
  readonly year?: string;
}

/** `watchpost scan EVIDENCE...`: reads all, shows what alerted and what could not be seen. Resolves to the exit code. */
export async function scanCommand(evidence: readonly string[], options: ScanOptions): Promise<number> {
  const only = analyticIds(options.only);
  const minSeverity = severity('--min-severity', options.minSeverity);
  const failOn = options.failOn === undefined ? null : severity('--fail-on', options.failOn);
  const yearGiven = options.year === undefined ? null : yearNumber(options.year);
  const quiet = options.quiet === true;
  const { config, located } = await requireConfig(options.config);
  if (!quiet && located.why === 'current folder')
    complain('configuration: ./watchpost.yaml, found in the current folder');
  // A bad value must be told before hours of reading, and the zone of the end is only known after.
  for (const name of ['since', 'until'] as const)
    if (options[name] !== undefined) moment(`--${name}`, options[name], 0, false);
  refuseStrayAnalytic(evidence);
  const format = formatOf(options);
  if (!quiet && format === 'ndjson' && isUnknownEnding(options))
    complain(
      `-o ${JSON.stringify(options.output)}: this ending names no format, so NDJSON is written; .md, .json, .ndjson, .txt or --format choose one`,
    );
  const found = await discover(evidence, { stdin: process.stdin, cwd: process.cwd(), limits: config.limits });
  if (found.files.length === 0)
    complain('no file was found in what was named; nothing could be read; name logs or a folder of logs');
  refuseToOverwrite(options.output, found);
  const zoneOffsetMinutes = offsetFor(options.timezone, config, endOf(found), quiet);
  const since = options.since === undefined ? -Infinity : moment('--since', options.since, zoneOffsetMinutes, false);
  const until = options.until === undefined ? Infinity : moment('--until', options.until, zoneOffsetMinutes, true);
  if (since > until) throw new UsageError('--since is later than --until; expected an earlier moment; swap them');
  const output = openOutput(options.output);
  const state = options.state === undefined ? null : keepState(options.state, evidence, zoneOffsetMinutes);
  const progress = progressOn(process.stderr, !quiet);
  const report = await scan({
    evidence: found,
    config,
    only,
    since,
    until,
    zoneOffsetMinutes,
    zoneIsGiven: options.timezone !== undefined || config.time.timezone !== 'UTC',
    year: yearGiven ?? config.time.year,
    baseline: options.baseline === undefined ? undefined : openBaseline(options.baseline),
    memory: state?.memory,
    ownRuns: state?.runs,
    onProgress: progress.update,
    clock: { now: () => performance.now() },
  });
  progress.clear();
  state?.save();
  const wanted =
    options.showExcepted === true ? [...report.alerts, ...report.excepted.flatMap(each => each.alerts)] : report.alerts;
  const alerts = filterAlerts(wanted.toSorted(compareAlerts), { minSeverity, since, until });
  const view: ScanView = { report, alerts, evidence };
  await output.write(render(view, format, options));
  output.close();
  if (!quiet) tell(view, format, options);
  return exitCode(report, failOn === null ? null : severityRank(failOn), options.skipErrors === true);
}

type Format = 'pretty' | 'json' | 'ndjson' | 'markdown';

const ENDINGS: Record<string, Format> = {
  md: 'markdown',
  markdown: 'markdown',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  txt: 'pretty',
};

const endingOf = (output: string): string => extname(output).slice(1).toLowerCase();

const isUnknownEnding = ({ format, output = '' }: ScanOptions): boolean =>
  format === undefined && endingOf(output) !== '' && ENDINGS[endingOf(output)] === undefined;

/** As asked; else by the output file's ending; else for a person on a terminal and for a program in a pipe. */
function formatOf(options: ScanOptions): Format {
  if (options.format !== undefined) return options.format as Format;
  const named = options.output === undefined ? undefined : ENDINGS[endingOf(options.output)];
  if (named !== undefined) return named;
  return options.output === undefined && process.stdout.isTTY ? 'pretty' : 'ndjson';
}

function render(view: ScanView, format: Format, options: ScanOptions): Iterable<string> {
  switch (format) {
    case 'pretty': {
      const color = options.output === undefined && wantsColor(process.stdout, options.color);
      return pretty(view, { width: columnsOf(process.stdout), color });
    }
    case 'json':
      return json(view);
    case 'ndjson':
      return ndjson(view.alerts);
    case 'markdown':
      return markdown(view);
    default:
      return format satisfies never;
  }
}

/** What a person should know besides the data: always the speed, and the whole summary when the data does not show it. */
function tell(view: ScanView, format: Format, options: ScanOptions): void {
  const { report } = view;
  const toTerminal = format === 'pretty' && options.output === undefined;
  if (!toTerminal) {
    const color = wantsColor(process.stderr, options.color);
    process.stderr.write([...prettyTalk(view, { width: columnsOf(process.stderr), color })].join(''));
  }
  const bytes = report.sources.reduce((sum, source) => sum + source.bytes, 0);
  const seconds = report.elapsedMs / 1000;
  talk(
    `${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(2)} s, ${(bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(0)} MB/s`,
  );
}

function exitCode(report: ScanReport, failOnRank: number | null, skipErrors: boolean): number {
  if (failOnRank !== null && report.alerts.some(alert => severityRank(alert.severity) >= failOnRank)) return EXIT.found;
  const understood = report.sources.some(source => source.format !== '');
  const lost = report.problems.some(problem => problem.level === 'unreadable');
  if (understood && !lost) return EXIT.done;
  return skipErrors ? EXIT.done : EXIT.unreadable;
}

/** `--only AN0656 AN1009`: the second would be a file, and missing. */
function refuseStrayAnalytic(evidence: readonly string[]): void {
  const stray = evidence.find(each => /^an\d{4}$/i.test(each) && !existsSync(each));
  if (stray === undefined) return;
  throw new UsageError(
    `${JSON.stringify(stray)} is an analytic and no file; expected evidence; write several analytics with commas, as in --only AN0656,AN1009`,
  );
}

function refuseToOverwrite(output: string | undefined, found: Discovery): void {
  if (output === undefined || output === '-') return;
  let target: string;
  try {
    target = realpathSync(output);
  } catch {
    return;
  }
  if (!found.files.some(file => file.name !== '-' && realpathSync(file.path) === target)) return;
  throw new UsageError(
    `-o ${JSON.stringify(output)} is part of the evidence; expected another file; evidence is never written to`,
  );
}
