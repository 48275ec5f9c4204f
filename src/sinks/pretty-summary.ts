import { isoUtc } from '../core/time.ts';
import type { ScanReport } from '../engine/report.ts';
import { lackOf } from './lack-of.ts';
import { count, hanging, padEnd, plural } from './layout.ts';
import type { Names } from './names.ts';
import { type Paint, SEVERITY_STYLE } from './paint.ts';
import { printable } from './printable.ts';
import { problemRows } from './problem-rows.ts';
import { hiddenOf, type ScanView } from './scan-view.ts';
import { byAnalytic, bySeverity, ranked, rejects, sum } from './tally.ts';

/** The head of a scan's output: how much was read, of which time, and how many alerts came out. */
export function* prettySummary(view: ScanView, names: Names, width: number, paint: Paint): Generator<string> {
  const { report, alerts } = view;
  const lines = report.sources.reduce((all, source) => all + source.lines, 0);
  const rejected = report.sources.reduce((all, source) => all + sum(source.rejected), 0);
  const read = [plural(report.sources.length, 'file'), plural(lines, 'line'), plural(report.eventsTotal, 'event')];
  yield* hanging('Read     ', `${read.join(', ')}, ${count(rejected)} rejected`, width);
  if (Number.isFinite(report.firstTime)) {
    yield* hanging('Period   ', `${isoUtc(report.firstTime)} to ${isoUtc(report.lastTime)} (UTC)`, width);
  }
  if (names.folder !== '') yield* hanging('Folder   ', printable(names.folder), width);
  const { shown, more } = shownSources(report.sources);
  for (const [i, source] of shown.entries()) {
    const format = source.format === '' ? 'not recognised' : source.format;
    const host = source.host === '' ? '' : `, host ${printable(source.host)}`;
    const prefix = i === 0 ? 'Sources  ' : '         ';
    const lines = source.lines === 0 ? '' : `, ${plural(source.lines, 'line')}`;
    yield* hanging(prefix, `${printable(names.short(source.name))}: ${format}${lines}${host}`, width);
  }
  if (more !== '') yield* hanging('         ', more, width);
  if (report.stores.length > 0) yield* hanging('Mail     ', mailOf(report.stores), width);
  const unmapped = report.mailboxes.filter(each => each.accounts.length === 0);
  if (unmapped.length > 0) yield* hanging('People   ', unmappedText(unmapped, report.mailboxes.length), width);
  if (alerts.length === 0) {
    yield `Alerts   ${paint('bold', 'none')}`;
  } else {
    const levels = bySeverity(alerts).map(row =>
      paint(SEVERITY_STYLE[row.severity], `${count(row.alerts)} ${row.severity}`),
    );
    yield `Alerts   ${levels.join(', ')}`;
    for (const row of byAnalytic(alerts)) yield `         ${padEnd(count(row.alerts), 4)} ${row.id} ${row.name}`;
  }
  const hidden = hiddenOf(view);
  if (hidden > 0)
    yield* hanging('         ', `${plural(hidden, 'alert')} not shown, by --min-severity, --since or --until`, width);
  for (const { id, owner, reason, expires, findings, lastTime } of report.excepted) {
    const text = `exception ${printable(id)} of ${printable(owner)} (${printable(reason)}) hid ${plural(findings, 'finding')}, last on ${isoUtc(lastTime)}; it ends on ${expires}`;
    yield* hanging('Hidden   ', text, width);
  }
  yield '';
}

/** Of many files first those that are read as something: a folder of logs has more files than logs. */
function shownSources(sources: ScanReport['sources']): { shown: ScanReport['sources']; more: string } {
  if (sources.length <= SOURCES_SHOWN) return { shown: sources, more: '' };
  const known = sources.filter(source => source.format !== '');
  const all = [...known, ...sources.filter(source => source.format === '')];
  const unknown = sources.length - Math.max(known.length, SOURCES_SHOWN);
  const more = `and ${plural(sources.length - SOURCES_SHOWN, 'more file')}`;
  return { shown: all.slice(0, SOURCES_SHOWN), more: unknown > 0 ? `${more}, ${count(unknown)} not recognised` : more };
}

/** Told by a scan of what people have approved, not of the evidence. */
const POLICY: ReadonlySet<string> = new Set(['N_APPROVED', 'N_EXCEPTED', 'N_EXPIRED']);

function mailOf(stores: ScanReport['stores']): string {
  const messages = stores.reduce((all, store) => all + store.messages, 0);
  const attachments = stores.reduce((all, store) => all + store.attachments, 0);
  const all = [plural(stores.length, 'store'), plural(messages, 'message'), plural(attachments, 'attachment')];
  return `${all.join(', ')}; --format json names them`;
}

/** Never left out: what the reader of such a mailbox does on a host cannot be tied to the mail. */
function unmappedText(unmapped: ScanReport['mailboxes'], all: number): string {
  const names = unmapped.slice(0, UNMAPPED_SHOWN).map(each => printable(each.mailbox, 80));
  const more = unmapped.length > UNMAPPED_SHOWN ? ', …' : '';
  return `${count(unmapped.length)} of ${plural(all, 'mailbox', 'mailboxes')} with mail ${unmapped.length === 1 ? 'maps' : 'map'} to no account: ${names.join(', ')}${more}; see \`watchpost inventory mailboxes\``;
}

const UNMAPPED_SHOWN = 5;
const SOURCES_SHOWN = 12;

/** Where this scan was blind or weak: never left out, above all not when nothing alerted. */
export function* prettyBlindness(view: ScanView, names: Names, width: number, paint: Paint): Generator<string> {
  const { report } = view;
  if (view.alerts.length === 0) {
    yield* hanging(
      '',
      'No alert is not proof that nothing happened. It says no more than the evidence below allows.',
      width,
    );
    yield '';
  }
  const rows = problemRows(
    report.problems.filter(each => !POLICY.has(each.code)),
    names,
    problem => (problem.level === 'unreadable' ? 'lost: ' : 'note: '),
  );
  for (const row of rejects(report.sources)) {
    rows.push(
      `${plural(row.lines, 'line')} rejected: ${printable(row.reason)} (such as in ${printable(names.short(row.example))})`,
    );
  }
  for (const [name, evicted] of ranked(report.evictions)) {
    if (evicted > 0)
      rows.push(`memory cap ${printable(name)} was hit: ${plural(evicted, 'entry', 'entries')} forgotten early`);
  }
  if (report.late > 0)
    rows.push(`${plural(report.late, 'record')} came later than limits.latenessMs allows and may be out of order`);
  if (report.clockSteps > 0)
    rows.push(`the clock of a source was set ${plural(report.clockSteps, 'time')}: times around it are unsure`);
  if (report.duplicates > 0) rows.push(`${plural(report.duplicates, 'record')} came twice and counted once`);
  yield* section('Trouble with the evidence', rows, width, paint);
  const policy = report.problems
    .filter(problem => POLICY.has(problem.code) && problem.code !== 'N_EXCEPTED')
    .map(problem => `${printable(problem.source)}: ${printable(problem.message)} [${printable(problem.code)}]`);
  yield* section('Inventory and exceptions', policy, width, paint);
  // Where nothing was read, all would be missing, and the path is what matters.
  const absent = (report.sources.length === 0 ? [] : report.absent).map(
    each => `${printable(each.telemetry)}: would unlock ${printable(each.unlocks)} (${lackOf(each)})`,
  );
  yield* section('Missing inputs, and what they would unlock', absent, width, paint);
}

export function* section(title: string, rows: readonly string[], width: number, paint: Paint): Generator<string> {
  if (rows.length === 0) return;
  yield paint('bold', title);
  for (const row of rows) yield* hanging('  - ', row, width);
  yield '';
}
