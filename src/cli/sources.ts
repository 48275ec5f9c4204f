import { survey } from '../engine/survey/survey.ts';
import { surveyJson, surveyNdjson } from '../sinks/survey-json.ts';
import { surveyPretty } from '../sinks/survey-pretty.ts';
import { discover } from '../sources/discover.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { progressOn } from './progress.ts';
import { endOf, offsetFor, requireConfig } from './settings.ts';
import { columnsOf, complain, wantsColor } from './talk.ts';
import { yearNumber } from './values.ts';

export interface SourcesOptions {
  readonly format?: string;
  readonly config?: string;
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly skipErrors?: boolean;
  readonly timezone?: string;
  readonly year?: string;
}

/** `watchpost sources EVIDENCE...`: what each file is and gives. Resolves to the exit code. */
export async function sourcesCommand(evidence: readonly string[], options: SourcesOptions): Promise<number> {
  const year = options.year === undefined ? null : yearNumber(options.year);
  const quiet = options.quiet === true;
  const { config } = await requireConfig(options.config);
  const found = await discover(evidence, { stdin: process.stdin, cwd: process.cwd(), limits: config.limits });
  if (found.files.length === 0)
    complain('no file was found in what was named; nothing could be read; name logs or a folder of logs');
  const zoneOffsetMinutes = offsetFor(options.timezone, config, endOf(found), quiet);
  const output = openOutput(options.output);
  const progress = progressOn(process.stderr, !quiet);
  const report = await survey({
    evidence: found,
    config,
    zoneOffsetMinutes,
    year: year ?? config.time.year,
    onProgress: progress.update,
    clock: { now: () => performance.now() },
  });
  progress.clear();
  const format = options.format ?? (process.stdout.isTTY && options.output === undefined ? 'pretty' : 'ndjson');
  const color = options.output === undefined && wantsColor(process.stdout, options.color);
  if (format === 'pretty') await output.write(surveyPretty(report, { width: columnsOf(process.stdout), color }));
  else await output.write(format === 'json' ? surveyJson(report) : surveyNdjson(report));
  output.close();
  const understood = report.files.some(file => file.format !== '');
  const lost = report.problems.some(problem => problem.level === 'unreadable');
  return (understood && !lost) || options.skipErrors === true ? EXIT.done : EXIT.unreadable;
}
