import { isoUtc } from '../core/time.ts';
import type { SurveyedFile, SurveyReport } from '../engine/survey/report.ts';
import { ANALYTIC_IDS, ANALYTICS } from '../events/vocabulary.ts';
import { count, hanging, plural } from './layout.ts';
import { type Names, sharedNames } from './names.ts';
import { type Paint, paintFor } from './paint.ts';
import type { PrettyOptions } from './pretty.ts';
import { section } from './pretty-summary.ts';
import { printable } from './printable.ts';
import { problemRows } from './problem-rows.ts';
import { ranked, sum } from './tally.ts';

/** A survey for a person: each file, then each analytic with what it has and what it lacks. Same report, same bytes. */
export function* surveyPretty(report: SurveyReport, options: PrettyOptions): Generator<string> {
  const paint = paintFor(options.color);
  const width = Math.min(160, Math.max(60, options.width));
  const names = sharedNames(report.files.map(file => file.name));
  const lines = [
    ...head(report, names, width),
    ...report.files.flatMap(file => [...fileLines(file, names, width, paint)]),
  ];
  for (const line of lines) yield `${line}\n`;
  for (const line of needs(report, names, width, paint)) yield `${line}\n`;
  // Files that no decoder knows stand in the list above.
  const told = report.problems.filter(problem => problem.code !== 'N_NOT_RECOGNISED');
  const problems = problemRows(told, names, () => '');
  for (const line of section('Trouble with the evidence', problems, width, paint)) yield `${line}\n`;
}

function* head(report: SurveyReport, names: Names, width: number): Generator<string> {
  const known = report.files.filter(file => file.format !== '').length;
  yield* hanging('Files    ', `${count(report.files.length)}, ${count(known)} recognised`, width);
  if (names.folder !== '') yield* hanging('Folder   ', printable(names.folder), width);
  yield '';
}

function* fileLines(file: SurveyedFile, names: Names, width: number, paint: Paint): Generator<string> {
  const title = file.format === '' ? paint('yellow', 'not recognised') : printable(file.title);
  yield* hanging('', `${paint('bold', printable(names.short(file.name)))}  ${title}`, width + 20);
  const hosts = file.hosts.length === 0 ? file.host : file.hosts.join(', ');
  if (hosts !== '')
    yield* row('host', `${printable(hosts)}${file.hostsMore > 0 ? ` and ${file.hostsMore} more` : ''}`, width);
  if (Number.isFinite(file.firstTime))
    yield* row('period', `${isoUtc(file.firstTime)} to ${isoUtc(file.lastTime)}`, width);
  if (file.zone !== null)
    yield* row('zone', `its stamps name none: read as ${file.zone}, or as --timezone says`, width);
  if (file.lines > 0) {
    const rejected = sum(file.rejected);
    const parts = [
      `${count(file.emitted)} used`,
      `${count(sum(file.skipped))} not needed`,
      paint(rejected > 0 ? 'yellow' : 'dim', `${count(rejected)} rejected`),
    ];
    yield* row('records', `${plural(file.lines, 'line')}: ${parts.join(', ')}`, width);
    for (const [reason, lines] of ranked(file.rejected).slice(0, REASONS_SHOWN))
      yield* row('', `${count(lines)} × ${printable(reason)}`, width);
  }
  if (file.store !== null) yield* storeRows(file.store, width);
  if (file.silence !== null)
    yield* row('silence', `nothing from ${isoUtc(file.silence.from)} to ${isoUtc(file.silence.to)}`, width);
  if (file.clock !== null) yield* row('clock', clockText(file.clock, names), width);
  const gives = new Map<string, string[]>();
  for (const { telemetry, analytic } of file.contributes) {
    const list = gives.get(telemetry);
    if (list === undefined) gives.set(telemetry, [analytic]);
    else list.push(analytic);
  }
  if (gives.size > 0) {
    const texts = [...gives].map(([telemetry, analytics]) => `${printable(telemetry)} (${analytics.join(', ')})`);
    yield* row('gives', texts.join('; '), width);
  } else if (file.tellsIdentity) {
    yield* row('gives', 'whose mailbox and whose account it is (all analytics)', width);
  } else if (file.lines > 0 || file.store !== null) {
    yield* row('gives', 'nothing that an analytic asks for', width);
  }
  yield '';
}

const REASONS_SHOWN = 3;

/** Messages stand where other files have records; what is in the way of reading one is told as trouble. */
function* storeRows(store: NonNullable<SurveyedFile['store']>, width: number): Generator<string> {
  if (store.owner !== '') yield* row('owner', printable(store.owner), width);
  const { messages, attachments, encrypted, damaged, repeated } = store;
  const marks = [
    [encrypted, 'encrypted'],
    [damaged, 'damaged'],
    [repeated, 'seen before by content'],
  ] as const;
  const told = marks.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`);
  const carried = `${plural(attachments, 'attachment')}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
  yield* row('records', `${plural(messages, 'message')}, ${carried}`, width);
}

function clockText(clock: NonNullable<SurveyedFile['clock']>, names: Names): string {
  const seconds = clock.offsetMs / 1000;
  const sign = seconds < 0 ? '-' : '+';
  const size = Math.abs(seconds);
  const text = size < 60 ? `${size.toFixed(1)} s` : `${(size / 60).toFixed(1)} min`;
  return `${sign}${text} against ${printable(names.short(clock.against))}, by ${plural(clock.agreeing, 'shared trace')}`;
}

function* row(label: string, text: string, width: number): Generator<string> {
  yield* hanging(`  ${label.padEnd(9)}`, text, width);
}

function* needs(report: SurveyReport, names: Names, width: number, paint: Paint): Generator<string> {
  for (const id of ANALYTIC_IDS) {
    const rows = report.needs.filter(need => need.analytic === id);
    if (rows.length === 0) continue;
    yield paint('bold', `${id} ${ANALYTICS[id].name}`);
    for (const need of rows) {
      const has = need.files.length > 0;
      const mark = has ? paint('green', 'has   ') : paint(need.required ? 'red' : 'yellow', 'lacks ');
      const files = need.files.slice(0, FILES_SHOWN).map(name => printable(names.short(name)));
      const more = need.files.length > FILES_SHOWN ? ` and ${need.files.length - FILES_SHOWN} more` : '';
      const behind = has ? `in ${files.join(', ')}${more}` : `would unlock ${printable(need.unlocks)}`;
      const lines = hanging('        ', `${printable(need.telemetry)}: ${behind}`, width);
      yield* lines.map((line, i) => (i === 0 ? `  ${mark}${line.slice(8)}` : line));
    }
    yield '';
  }
}

const FILES_SHOWN = 4;
