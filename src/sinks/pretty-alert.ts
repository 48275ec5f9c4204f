import type { Alert } from '../events/alert.ts';
import { count, hanging, headOf, padEnd, padStart, widthOf, wrap } from './layout.ts';
import type { Names } from './names.ts';
import { type Paint, SEVERITY_STYLE, STRENGTH_STYLE } from './paint.ts';
import { printable } from './printable.ts';
import { rawExcerpt } from './raw-excerpt.ts';
import { signed } from './signed.ts';
import { stepName, stepNumbers } from './step-name.ts';

/** Rows of the terminal that one raw line may take: by itself, and beside others of the same record. */
const RAW_ROWS_MAX = 3;
const RAW_ROWS_OF_MANY = 2;
/** Columns that what happened needs beside its time and kind; on a narrower terminal it stands below them. */
const SUMMARY_MIN = 36;

/** One alert in full, for a terminal of `width` columns. */
export function* prettyAlert(alert: Alert, names: Names, width: number, paint: Paint): Generator<string> {
  const level = alert.severity.toUpperCase();
  const [head = '', ...rest] = wrap(printable(alert.title), width - level.length - 2);
  yield `${paint(SEVERITY_STYLE[alert.severity], level)}  ${paint('bold', head)}`;
  yield* rest.map(line => ' '.repeat(level.length + 2) + paint('bold', line));
  const facts = [alert.analytic, ...alert.techniques, `host ${printable(alert.host)}`, alert.id];
  if (alert.revision > 1) facts.push(`revision ${alert.revision}`);
  if (alert.incident !== '') facts.push(`incident ${alert.incident}`);
  if (alert.exercise) facts.push('exercise');
  yield* indented(facts.join('  '), width, text => paint('dim', text));
  yield* indented(printable(alert.story), width);
  yield '';
  yield* timeline(alert, names, width, paint);
  yield* links(alert, width, paint);
  yield* list('Could not be seen', alert.missing, width, paint);
  yield* factors(alert, width, paint);
  yield* changes(alert, width, paint);
  yield* list('What to do next', alert.next, width, paint, true);
  yield '';
}

function* indented(text: string, width: number, style: (text: string) => string = t => t): Generator<string> {
  for (const line of wrap(text, width - 2)) yield `  ${style(line)}`;
}

function* timeline(alert: Alert, names: Names, width: number, paint: Paint): Generator<string> {
  if (alert.steps.length === 0) return;
  const columns = Math.max(...alert.steps.map(step => widthOf(printable(step.kind))), 4);
  const number = String(alert.steps.length).length;
  yield `  ${' '.repeat(number)}  ${paint('bold', `${padEnd('Time (UTC)', 24)}  What`)}`;
  const indent = ' '.repeat(number + 4);
  for (const [i, step] of alert.steps.entries()) {
    const time = step.time === '-' ? 'time unknown' : step.time;
    const prefix = `  ${padStart(String(i + 1), number)}  ${padEnd(time, 24)}  ${padEnd(printable(step.kind), columns)}  `;
    const summary = printable(step.summary);
    if (width - widthOf(prefix) >= SUMMARY_MIN) yield* hanging(prefix, summary, width);
    else {
      yield prefix.trimEnd();
      yield* hanging(indent, summary, width);
    }
    if (step.ref === null) {
      yield `${indent}${paint('dim', 'inferred: there is no record of this step')}`;
      continue;
    }
    for (const part of [step.ref, ...step.ref.more]) {
      // With a colon, as in other tools, it would be taken for the number of a line.
      const gone = part.sha256 === '' ? ' (could not be read again)' : '';
      const place = `${printable(names.short(part.source))}, byte ${part.offset}${gone}`;
      for (const line of wrap(place, width - indent.length)) yield `${indent}${paint('cyan', line)}`;
    }
    yield* raw(step.raw, indent, width, paint);
  }
  yield '';
}

function* raw(record: readonly string[], indent: string, width: number, paint: Paint): Generator<string> {
  const columns = width - indent.length - 2;
  const { lines, hidden } = rawExcerpt(record);
  const rowsMax = lines.length > 1 ? RAW_ROWS_OF_MANY : RAW_ROWS_MAX;
  for (const line of lines) {
    let rest = printable(line, 8192);
    for (let row = 0; row < rowsMax && (rest !== '' || row === 0); row++) {
      const isLast = row === rowsMax - 1 && widthOf(rest) > columns;
      const head = headOf(rest, isLast ? columns - 10 : columns);
      rest = rest.slice(head.length);
      yield `${indent}${paint('dim', `| ${head}${isLast ? ` …(+${rest.length})` : ''}`)}`;
    }
  }
  if (hidden > 0) yield `${indent}${paint('dim', `| and ${count(hidden)} more: --format json or markdown`)}`;
}

function* links(alert: Alert, width: number, paint: Paint): Generator<string> {
  if (alert.links.length === 0) return;
  yield `  ${paint('bold', 'Why these belong together')}`;
  for (const link of alert.links) {
    const label = padEnd(link.strength, 11);
    const text = `${stepName(alert, link.from)} → ${stepName(alert, link.to)}: ${printable(link.why)}`;
    const [first = '', ...rest] = hanging(`    ${label}  `, text, width);
    yield first.replace(label, () => paint(STRENGTH_STYLE[link.strength], label));
    yield* rest;
  }
  yield '';
}

function* factors(alert: Alert, width: number, paint: Paint): Generator<string> {
  if (alert.factors.length === 0) return;
  yield `  ${paint('bold', `Why ${alert.severity}`)}, ${signed(alert.score)} points in all`;
  const indent = ' '.repeat(10);
  for (const factor of alert.factors) {
    const shown = stepNumbers(alert, factor.steps);
    const text = `${printable(factor.name)}: ${printable(factor.evidence)}${shown === '' ? '' : ` (${shown})`}`;
    yield* hanging(`    ${padEnd(signed(factor.weight), 5)} `, text, width);
    const { tunable } = factor;
    const met = tunable && `${tunable.name}: ${printable(tunable.limit)}; met by ${printable(tunable.met)}.`;
    for (const line of wrap([printable(factor.reason), met ?? ''].join(' ').trimEnd(), width - indent.length))
      yield `${indent}${paint('dim', line)}`;
  }
  yield '';
}

function* changes(alert: Alert, width: number, paint: Paint): Generator<string> {
  if (alert.wouldChange.length === 0) return;
  yield `  ${paint('bold', 'What would change this')}`;
  for (const { weight, what, why } of alert.wouldChange)
    yield* hanging(`    ${padEnd(signed(weight), 5)} `, `if ${printable(what)}: ${printable(why)}`, width);
  yield '';
}

function* list(
  title: string,
  items: readonly string[],
  width: number,
  paint: Paint,
  numbered = false,
): Generator<string> {
  if (items.length === 0) return;
  yield `  ${paint('bold', title)}`;
  for (const [i, item] of items.entries()) {
    yield* hanging(numbered ? `    ${padEnd(`${i + 1}.`, 3)} ` : '    - ', printable(item), width);
  }
  yield '';
}
