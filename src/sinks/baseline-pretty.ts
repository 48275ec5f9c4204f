import { isoUtc } from '../core/time.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import type { BaselineDiff, MailboxChange } from '../engine/baseline/diff.ts';
import type { KnownThing } from '../state/baseline/known.ts';
import type { MailboxRow } from '../state/baseline/mailbox-hours.ts';
import { count, hanging, padEnd, padStart, plural } from './layout.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

const SHADES = [' ', '░', '▒', '▓', '█'] as const;
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MAILBOXES_SHOWN = 20;
const THINGS_SHOWN = 40;

/** One mailbox as a week: a row a day, a column an hour, darker for more messages. */
export function mailboxPretty(row: MailboxRow, width: number, paint: Paint): string[] {
  const most = Math.max(...row.rates);
  const lines = [
    paint('bold', printable(row.mailbox)),
    `  ${rateText(weekly(row))} messages a week; at most ${rateText(row.peakMinute)} within a minute, ${rateText(row.peakFive)} within five, as nine hours in ten have it`,
    `  learned from ${count(row.hoursTrained)} hours since ${isoUtc(row.firstHour * 3_600_000).slice(0, 13)}:00Z; variance is ${row.varianceRatio.toFixed(1)} times the mean`,
    '',
    `       ${Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour).padEnd(2) : '  ')).join('')}  UTC`,
  ];
  for (const [day, name] of DAYS.entries()) {
    const hours = row.rates.slice(day * 24, day * 24 + 24);
    const cells = hours.map(rate => (SHADES[shadeOf(rate, most)] as string).repeat(2)).join('');
    const sum = hours.reduce((total, rate) => total + rate, 0);
    lines.push(`  ${name}  ${cells}  ${rateText(sum)}`);
  }
  lines.push('', `  darkest: ${rateText(most)} messages an hour`, '');
  return lines
    .flatMap(line => (line.length > width ? [line.slice(0, Math.max(width, 64))] : [line]))
    .map(line => `${line}\n`);
}

const shadeOf = (rate: number, most: number): number =>
  rate <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(SHADES.length - 1, Math.ceil((rate / most) * (SHADES.length - 1))));

const weekly = (row: MailboxRow): number => row.rates.reduce((sum, rate) => sum + rate, 0);
const rateText = (value: number): string =>
  value >= 100 ? count(Math.round(value)) : value.toFixed(value < 10 ? 1 : 0);

/** A day's shape in 24 signs: the mean of its hours over the week. */
function spark(row: MailboxRow): string {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    DAYS.reduce((sum, _day, day) => sum + (row.rates[day * 24 + hour] ?? 0), 0),
  );
  const most = Math.max(...hours);
  return hours.map(each => (most === 0 ? BARS[0] : BARS[Math.min(7, Math.floor((each / most) * 7.99))])).join('');
}

/** All of a baseline in short: which logs it learned from, the busiest mailboxes, what happens here. */
export function* baselinePretty(baseline: Baseline, width: number, paint: Paint): Generator<string> {
  const state = baseline.frozen ? paint('cyan', 'frozen: it is used and learns nothing') : 'learning';
  yield `State      ${state}\n`;
  yield `Mailboxes  ${count(baseline.mailboxes.size)}, in ${(baseline.mailboxes.bytes / 1_048_576).toFixed(1)} MiB\n`;
  if (baseline.mailboxes.refused > 0)
    yield `           ${plural(baseline.mailboxes.refused, 'mailbox', 'mailboxes')} found no room\n`;
  for (const [host, spans] of [...baseline.covered].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = spans
      .map(
        ({ from, to }) => `${isoUtc(from * 3_600_000).slice(0, 13)}:00Z to ${isoUtc(to * 3_600_000).slice(0, 13)}:00Z`,
      )
      .join(', ');
    for (const line of hanging('Learned    ', `${printable(host)}: ${text}`, width)) yield `${line}\n`;
  }
  yield '\n';
  const busiest = busiestOf(baseline);
  if (busiest.length > 0) {
    yield `${paint('bold', `Mailboxes, the busiest first (messages a week, hours of the day in UTC)`)}\n`;
    for (const row of busiest)
      yield `  ${padStart(rateText(weekly(row)), 9)}  ${spark(row)}  ${printable(row.mailbox)}\n`;
    if (baseline.mailboxes.size > busiest.length)
      yield `             and ${count(baseline.mailboxes.size - busiest.length)} more: --format json\n`;
    yield '\n';
  }
  const things = baseline.things.list();
  for (const kind of new Set(things.map(thing => thing.kind))) {
    const rows = things.filter(thing => thing.kind === kind);
    yield `${paint('bold', THING_TITLES[kind])}\n`;
    for (const thing of rows.slice(0, THINGS_SHOWN)) for (const line of thingLines(thing, width)) yield `${line}\n`;
    if (rows.length > THINGS_SHOWN) yield `  and ${count(rows.length - THINGS_SHOWN)} more: --format json\n`;
    yield '\n';
  }
}

/** The busiest few, without sorting a million rows. */
function busiestOf(baseline: Baseline): MailboxRow[] {
  let best: MailboxRow[] = [];
  for (const row of baseline.mailboxes.rows()) {
    best.push(row);
    if (best.length >= MAILBOXES_SHOWN * 8) best = top(best);
  }
  return top(best);
}

const top = (rows: readonly MailboxRow[]): MailboxRow[] =>
  rows.toSorted((a, b) => weekly(b) - weekly(a) || (a.mailbox < b.mailbox ? -1 : 1)).slice(0, MAILBOXES_SHOWN);

const THING_TITLES: Readonly<Record<KnownThing['kind'], string>> = {
  job: 'Jobs that send mail',
  reader: 'Readers of mail stores',
  program: 'Programs run out of downloads',
  destination: 'Destinations',
};

const dayText = (day: number): string => isoUtc(day * 86_400_000).slice(0, 10);

function* thingLines(thing: KnownThing, width: number): Generator<string> {
  const seen = `${plural(thing.days, 'day')}, ${dayText(thing.firstDay)} to ${dayText(thing.lastDay)}`;
  yield* hanging('  ', `${padEnd(seen, 36)} ${printable(thing.key)}`, width);
  const measures = Object.entries(thing.measures).map(
    ([name, values]) => `${name} ${median(values)} (${Math.min(...values)} to ${Math.max(...values)})`,
  );
  const places = Object.keys(thing.places).sort().slice(0, 4);
  const more = Object.keys(thing.places).length - places.length;
  const to =
    places.length === 0
      ? []
      : [`to ${places.map(place => printable(place)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
  if (measures.length + to.length > 0) yield* hanging('      ', [...measures, ...to].join('; '), width);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

export function* baselineDiffPretty(diff: BaselineDiff, width: number, paint: Paint): Generator<string> {
  const { mailboxes, things } = diff;
  const changes = (title: string, rows: readonly MailboxChange[]): string[] =>
    rows.length === 0
      ? []
      : [
          paint('bold', `${title} (messages a week)`),
          ...rows
            .slice(0, MAILBOXES_SHOWN)
            .map(
              row =>
                `  ${padStart(rateText(row.before), 9)} → ${padEnd(rateText(row.after), 9)} ${printable(row.mailbox)}`,
            ),
          ...(rows.length > MAILBOXES_SHOWN
            ? [`  and ${count(rows.length - MAILBOXES_SHOWN)} more: --format json`]
            : []),
          '',
        ];
  const known = (title: string, rows: readonly KnownThing[]): string[] =>
    rows.length === 0
      ? []
      : [
          paint('bold', title),
          ...rows.slice(0, THINGS_SHOWN).flatMap(row => [...hanging('  ', `${row.kind} ${printable(row.key)}`, width)]),
          '',
        ];
  const places = things.places.flatMap(({ kind, key, places: where }) =>
    hanging('  ', `${kind} ${printable(key)}: ${where.map(place => printable(place)).join(', ')}`, width),
  );
  const lines = [
    ...changes('New mailboxes', mailboxes.appeared),
    ...changes('Mailboxes no longer there', mailboxes.gone),
    ...changes('Mailboxes that changed', mailboxes.changed),
    ...known('New here', things.appeared),
    ...known('No longer seen', things.gone),
    ...(places.length === 0 ? [] : [paint('bold', 'New places'), ...places, '']),
  ];
  if (lines.length === 0) lines.push('no difference worth telling');
  for (const line of lines) yield `${line}\n`;
}
