import { rawText } from '../alerts/raw-text.ts';
import { epochMs } from '../core/time.ts';
import { FORMATS } from '../decoders/registry.ts';
import { type LogPlan, planEvidence } from '../engine/plan.ts';
import { explainStore } from '../engine/stores/explain-store.ts';
import { namesNoZone, offsetText } from '../engine/zones.ts';
import type { EvidenceFile } from '../sources/contract.ts';
import { discover } from '../sources/discover.ts';
import { EXIT } from './exit-codes.ts';
import { explainLines } from './explain-lines.ts';
import { explainSink, type FileExplanation } from './explain-sink.ts';
import { openOutput } from './output.ts';
import { endOf, offsetFor, requireConfig } from './settings.ts';
import { columnsOf, complain, wantsColor } from './talk.ts';
import { positive, yearNumber } from './values.ts';

export interface ExplainOptions {
  readonly format?: string;
  readonly rejectsOnly?: boolean;
  readonly limit?: string;
  readonly config?: string;
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly skipErrors?: boolean;
  readonly timezone?: string;
  readonly year?: string;
}

/** `watchpost explain FILE...`: line by line, what was understood, skipped or rejected, and why. Resolves to the exit code. */
export async function explainCommand(names: readonly string[], options: ExplainOptions): Promise<number> {
  const linesMax = options.limit === undefined ? Number.POSITIVE_INFINITY : positive('--limit', options.limit);
  const year = options.year === undefined ? null : yearNumber(options.year);
  const quiet = options.quiet === true;
  const { config } = await requireConfig(options.config);
  const found = await discover(names, { stdin: process.stdin, cwd: process.cwd(), limits: config.limits });
  const zoneOffsetMinutes = offsetFor(options.timezone, config, endOf(found), quiet);
  const output = openOutput(options.output);
  const color = options.output === undefined && wantsColor(process.stdout, options.color);
  const format = options.format ?? (process.stdout.isTTY && options.output === undefined ? 'pretty' : 'ndjson');
  const sink = explainSink(format, {
    rejectsOnly: options.rejectsOnly === true,
    color,
    width: process.stdout.isTTY ? columnsOf(process.stdout) : Number.POSITIVE_INFINITY,
  });
  let isLost = found.problems.some(problem => problem.level === 'unreadable');
  for (const problem of found.problems) complain(`${problem.source}: ${problem.message} [${problem.code}]`);
  for (const file of found.files) {
    const setting = {
      formats: FORMATS,
      zoneOffsetMinutes,
      latenessMs: config.limits.latenessMs,
      year: year ?? config.time.year,
    };
    const plan = planEvidence({ files: [file], problems: [] }, setting);
    const log = plan.logs[0];
    const other = plan.storeIndexes.has(file.name)
      ? 'mail store: index, holds no mail'
      : (plan.others[0]?.format ?? '');
    const isUnzoned = log !== undefined && namesNoZone(log.format, file.sample, log.notAfter);
    const zone = isUnzoned ? offsetText(zoneOffsetMinutes) : '';
    await output.write(sink.begin(explanationOf(file, log, other, zone)));
    // Records of lines cannot say it.
    if (isUnzoned && format === 'ndjson' && !quiet)
      complain(`${file.name}: its stamps name no zone; they are read as ${zone}, or as --timezone says`);
    if (plan.stores.length > 0) {
      let number = 0;
      const told: string[] = [];
      const problems = await explainStore({
        stores: plan.stores,
        limits: config.limits,
        zoneOffsetMinutes,
        onRecord: record => {
          number += 1;
          if (number <= linesMax && options.rejectsOnly !== true) told.push(...sink.message(record, number, file.name));
        },
      });
      for (const problem of problems) complain(`${problem.source}: ${problem.message} [${problem.code}]`);
      isLost ||= problems.some(problem => problem.level === 'unreadable');
      await output.write([...told, ...sink.endMessages(number, number > linesMax)]);
      continue;
    }
    if (log === undefined) {
      const isUnknown = other === '' && file.sample.length > 0;
      // The pretty form says it beside the file's name; records of lines cannot.
      const over = isUnknown && isOverSeveralLines(file.sample) ? OVER_SEVERAL_LINES : '';
      if (isUnknown && format !== 'pretty')
        for (const { message, code } of plan.problems) complain(`${file.name}: ${over || message} [${code}]`);
      else if (over !== '') await output.write([`  ${over}\n`]);
      else if (isUnknown)
        for (const { code, message } of plan.problems)
          if (code !== 'N_NOT_RECOGNISED') await output.write([`  ${message}\n`]);
      isLost ||= isUnknown;
      await output.write(sink.end(null));
      continue;
    }
    const outcome = await explainLines({
      file,
      format: log.format,
      context: {
        source: 0,
        defaultHost: log.host,
        notAfter: epochMs(log.notAfter),
        zoneOffsetMinutes,
        latenessMs: config.limits.latenessMs,
      },
      lineBytesMax: config.limits.lineBytesMax,
      limits: config.limits,
      linesMax,
      onLines: lines => output.write(lines.flatMap(line => sink.line(line, rawText(line.bytes)))),
    });
    if (outcome.problem !== null) {
      complain(`${outcome.problem.source}: ${outcome.problem.message} [${outcome.problem.code}]`);
      isLost ||= outcome.problem.level === 'unreadable';
    }
    await output.write(sink.end(outcome));
  }
  await output.write(sink.finish());
  output.close();
  return isLost && options.skipErrors !== true ? EXIT.unreadable : EXIT.done;
}

const OVER_SEVERAL_LINES =
  'it is JSON that stands over several lines, and a log has a record on each: try `jq -c . FILE | watchpost explain -`';

const isOverSeveralLines = (sample: Buffer): boolean =>
  /^[{[][ \t\r]*\n/.test(sample.toString('latin1', 0, 256).trimStart());

/** `other`: what it is when it is no log. */
function explanationOf(file: EvidenceFile, log: LogPlan | undefined, other: string, zone: string): FileExplanation {
  const format = log?.format.id ?? other;
  const host = log?.format.hostOf(file.sample) ?? '';
  const scores =
    log === undefined && other !== ''
      ? []
      : FORMATS.map(each => ({ format: each.id, score: each.recognise(file.sample) }));
  return { name: file.name, format, host, zone, scores };
}
