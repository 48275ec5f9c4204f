import { Baseline } from '../engine/baseline/baseline.ts';
import { type BaselineDiff, diffBaselines } from '../engine/baseline/diff.ts';
import { type Learned, learn } from '../engine/baseline/learn.ts';
import { Recorder } from '../engine/baseline/recorder.ts';
import type { Finding } from '../events/finding.ts';
import { baselineDiffPretty, baselinePretty, mailboxPretty } from '../sinks/baseline-pretty.ts';
import { plural } from '../sinks/layout.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { paintFor } from '../sinks/paint.ts';
import { printable } from '../sinks/printable.ts';
import { defaultBaselinePath, openBaseline, openBaselineIfAny, saveBaseline } from './baseline-file.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { scanAll } from './scan-all.ts';
import { requireConfig } from './settings.ts';
import { columnsOf, wantsColor } from './talk.ts';
import { UsageError } from './usage-error.ts';

export interface BaselineOptions {
  readonly baseline?: string;
  readonly config?: string;
  readonly format?: string;
  readonly mailbox?: string;
  readonly thing?: string;
  readonly all?: boolean;
  readonly off?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly timezone?: string;
  readonly year?: string;
}

const pathOf = (options: BaselineOptions): string => options.baseline ?? defaultBaselinePath();
const formatOf = (options: BaselineOptions): string => options.format ?? (process.stdout.isTTY ? 'pretty' : 'json');

/** `watchpost baseline learn EVIDENCE...`: trains with all that does not alert; the same evidence counts once. */
export async function baselineLearn(evidence: readonly string[], options: BaselineOptions): Promise<number> {
  const path = pathOf(options);
  const baseline = openBaselineIfAny(path) ?? new Baseline();
  if (baseline.frozen)
    throw new UsageError(
      `baseline ${JSON.stringify(path)} is frozen; expected one that may learn; thaw it with \`watchpost baseline freeze --off\``,
    );
  const { config } = await requireConfig(options.config);
  const recorder = new Recorder((host, hour) => baseline.isCovered(host, hour));
  let findings: readonly Finding[] = [];
  const report = await scanAll(evidence, config, options, {
    baseline,
    observers: [recorder],
    onFindings: each => {
      findings = each;
    },
  });
  const learned = learn(baseline, recorder, findings);
  saveBaseline(path, baseline);
  const output = openOutput(undefined);
  if (formatOf(options) === 'json') await output.write([`${jsonLine({ baseline: path, ...learned })}\n`]);
  else await output.write(learnedText(path, learned));
  const understood = report.sources.some(source => source.format !== '');
  const isLost = report.problems.some(problem => problem.level === 'unreadable');
  return understood && !isLost ? EXIT.done : EXIT.unreadable;
}

function learnedText(path: string, learned: Learned): string[] {
  const rows = [
    `learned ${[
      plural(learned.mailboxes, 'mailbox', 'mailboxes'),
      plural(learned.hours, 'hour with mail', 'hours with mail'),
      plural(learned.things, 'thing'),
      plural(learned.destinations, 'destination'),
    ].join(', ')}`,
    `held back, because it alerts: ${plural(learned.hoursHeldBack, 'hour')}, ${plural(learned.thingsHeldBack, 'thing')}`,
  ];
  if (learned.hoursKnown > 0)
    rows.push(`left out, because it was learned before: ${plural(learned.hoursKnown, 'hour')} of a host`);
  if (learned.notHeld > 0) rows.push(`left out, because too much came at once: ${plural(learned.notHeld, 'message')}`);
  return [`${printable(path)}\n`, ...rows.map(row => `  ${row}\n`)];
}

/** `watchpost baseline show`: all of it in short, or one mailbox by hour of week. */
export async function baselineShow(options: BaselineOptions): Promise<number> {
  const baseline = openBaseline(pathOf(options));
  const output = openOutput(undefined);
  const look = { color: wantsColor(process.stdout, options.color), width: columnsOf(process.stdout) };
  if (options.mailbox !== undefined) {
    const row = baseline.mailboxes.get(options.mailbox);
    if (row === undefined || row.hoursTrained === 0)
      throw new UsageError(
        `no mailbox ${JSON.stringify(options.mailbox)} in this baseline; expected one that \`watchpost baseline show\` lists; aliases and plus-addresses are folded`,
      );
    await output.write(
      formatOf(options) === 'pretty' ? mailboxPretty(row, look.width, paintFor(look.color)) : [`${jsonLine(row)}\n`],
    );
    return EXIT.done;
  }
  if (formatOf(options) === 'pretty') {
    await output.write(baselinePretty(baseline, look.width, paintFor(look.color)));
    return EXIT.done;
  }
  await output.write(documentOf(baseline));
  return EXIT.done;
}

function* documentOf(baseline: Baseline): Generator<string> {
  const covered = Object.fromEntries([...baseline.covered].sort(([a], [b]) => (a < b ? -1 : 1)));
  yield `{"schema":"watchpost.baseline/1","frozen":${baseline.frozen},"covered":${jsonLine(covered)},"things":${jsonLine(baseline.things.list())},"mailboxes":[`;
  let first = true;
  for (const row of baseline.mailboxes.rows()) {
    yield `${first ? '' : ','}\n${jsonLine(row)}`;
    first = false;
  }
  yield ']}\n';
}

/** `watchpost baseline diff OLD [NEW]`: what is new, gone or different. */
export async function baselineDiff(
  older: string,
  newer: string | undefined,
  options: BaselineOptions,
): Promise<number> {
  const diff: BaselineDiff = diffBaselines(openBaseline(older), openBaseline(newer ?? pathOf(options)));
  const color = wantsColor(process.stdout, options.color);
  await openOutput(undefined).write(
    formatOf(options) === 'pretty'
      ? baselineDiffPretty(diff, columnsOf(process.stdout), paintFor(color))
      : [`${jsonLine(diff)}\n`],
  );
  return EXIT.done;
}

/** `watchpost baseline freeze [--off]`: a frozen baseline is used and learns nothing. */
export async function baselineFreeze(options: BaselineOptions): Promise<number> {
  const path = pathOf(options);
  const baseline = openBaseline(path);
  baseline.frozen = options.off !== true;
  saveBaseline(path, baseline);
  await openOutput(undefined).write([`${printable(path)}: ${baseline.frozen ? 'frozen' : 'learns again'}\n`]);
  return EXIT.done;
}

/** `watchpost baseline reset --mailbox M | --thing 'KIND KEY' | --all`: forgets, and says what. */
export async function baselineReset(options: BaselineOptions): Promise<number> {
  const path = pathOf(options);
  const asked = [options.mailbox, options.thing, options.all === true ? 'all' : undefined].filter(
    each => each !== undefined,
  );
  if (asked.length !== 1)
    throw new UsageError(
      'nothing to reset was named; expected one of --mailbox, --thing, --all; `watchpost baseline show` lists them',
    );
  const baseline = openBaseline(path);
  if (baseline.frozen)
    throw new UsageError(
      `baseline ${JSON.stringify(path)} is frozen; expected one that may change; thaw it with \`watchpost baseline freeze --off\``,
    );
  if (options.all === true) saveBaseline(path, new Baseline());
  else {
    if (!forget(baseline, options))
      throw new UsageError(
        `the baseline does not know ${JSON.stringify(asked[0])}; expected a name that \`watchpost baseline show\` lists; nothing was changed`,
      );
    saveBaseline(path, baseline);
  }
  await openOutput(undefined).write([`${printable(path)}: forgot ${printable(asked[0] ?? '')}\n`]);
  return EXIT.done;
}

const forget = (baseline: Baseline, { mailbox, thing }: BaselineOptions): boolean =>
  mailbox === undefined ? baseline.forgetThing(thing ?? '') : baseline.mailboxes.forget(mailbox);
