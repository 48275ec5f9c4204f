import type { StoredRecord } from '../engine/stores/record.ts';
import { hanging, headOf, padEnd, padStart, plural, widthOf } from '../sinks/layout.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { type Paint, paintFor, type Style } from '../sinks/paint.ts';
import { printable } from '../sinks/printable.ts';
import { ranked } from '../sinks/tally.ts';
import type { ExplainedLine, ExplainOutcome } from './explain-lines.ts';
import { messageJson, messageLines } from './explain-messages.ts';

/** What `explain` has to say of one file, besides its lines. */
export interface FileExplanation {
  readonly name: string;
  /** Format id; '' when nothing recognised it. */
  readonly format: string;
  readonly host: string;
  /** How stamps are read that name no zone, such as `+02:00`; '' where they name one. */
  readonly zone: string;
  /** How sure each format was, from 0 to 1. */
  readonly scores: readonly { readonly format: string; readonly score: number }[];
}

export interface ExplainSink {
  begin(file: FileExplanation): string[];
  line(line: ExplainedLine, text: string): string[];
  end(outcome: ExplainOutcome | null): string[];
  /** One message of a mail store, and the end of a file of them. */
  message(record: StoredRecord, number: number, source: string): string[];
  endMessages(messages: number, isCut: boolean): string[];
  finish(): string[];
}

export interface ExplainSinkOptions {
  readonly rejectsOnly: boolean;
  readonly color: boolean;
  /** Columns; Infinity cuts no line. */
  readonly width: number;
}

export function explainSink(format: string, options: ExplainSinkOptions): ExplainSink {
  if (format === 'pretty') return prettySink(options);
  return format === 'json' ? jsonSink(options) : ndjsonSink(options);
}

/** Hosts that are counted; more are left out. */
const HOSTS_MAX = 100;

/** Lines by verdict, and by verdict and reason. */
class Tally {
  readonly verdicts = new Map<string, number>();
  readonly reasons = new Map<string, number>();
  /** Lines of each host; a line that became no event is of none. */
  readonly hosts = new Map<string, number>();

  add(line: ExplainedLine): void {
    this.verdicts.set(line.verdict, (this.verdicts.get(line.verdict) ?? 0) + 1);
    const reason = line.reason === '' ? line.events.toSorted().join(', ') : line.reason;
    const key = `${line.verdict}: ${reason}`;
    this.reasons.set(key, (this.reasons.get(key) ?? 0) + 1);
    if (line.host === '' || (this.hosts.size >= HOSTS_MAX && !this.hosts.has(line.host))) return;
    this.hosts.set(line.host, (this.hosts.get(line.host) ?? 0) + 1);
  }
}

/** Less says that hardly a line is a format's. */
const SCORE_SHOWN_MIN = 0.01;

const LABEL_COLUMNS = 32;
/** With less room beside what became of it, a line of a log stands below, on so many rows. */
const TEXT_BESIDE_MIN = 72;
const ROWS_MAX = 2;

const VERDICT_STYLE: Record<ExplainedLine['verdict'], Style> = { emit: 'green', skip: 'dim', reject: 'red' };

function prettySink({ rejectsOnly, color, width }: ExplainSinkOptions): ExplainSink {
  const paint: Paint = paintFor(color);
  let tally = new Tally();
  return {
    begin(file) {
      tally = new Tally();
      const scores = file.scores
        .filter(({ score }) => score >= SCORE_SHOWN_MIN)
        .toSorted((a, b) => b.score - a.score)
        .map(({ format, score }) => `${format} ${Math.round(score * 100)} %`)
        .join(', ');
      const host = file.host === '' ? '' : `, host ${printable(file.host)}`;
      const what =
        file.format === ''
          ? `recognised by nothing${scores === '' ? '' : ` (nearest: ${scores})`}`
          : `${file.format}${host}${scores === '' ? '' : ` (${scores})`}`;
      const zone = file.zone === '' ? [] : [`  its stamps name no zone: read as ${file.zone}, or as --timezone says\n`];
      return [`${paint('bold', printable(file.name))}: ${what}\n`, ...zone];
    },
    line(line, text) {
      tally.add(line);
      if (rejectsOnly && line.verdict !== 'reject') return [];
      const label = line.reason === '' ? line.events.join(' ') : line.reason;
      const verdict = paint(VERDICT_STYLE[line.verdict], padEnd(line.verdict, 6));
      const shown = printable(text, 16384);
      const head = `${padStart(String(line.number), 7)}  ${verdict}  ${padEnd(printable(label), LABEL_COLUMNS)}`;
      const room = width - (7 + 2 + 6 + 2 + Math.max(LABEL_COLUMNS, widthOf(printable(label))) + 2);
      if (room >= TEXT_BESIDE_MIN) return [`${head}  ${cut(shown, room)}\n`];
      return [`${head.trimEnd()}\n`, ...below(shown, width - 9).map(row => `         ${paint('dim', row)}\n`)];
    },
    end(outcome) {
      if (outcome === null) return ['  there are no lines to explain: it is not a log, or no decoder knows it\n\n'];
      const rows = [
        `\n${ranked(tally.verdicts)
          .map(([verdict, lines]) => `${verdict} ${lines}`)
          .join(', ')}\n`,
      ];
      for (const [reason, lines] of ranked(tally.reasons)) {
        rows.push(...hanging(`${padStart(String(lines), 9)}  `, printable(reason), width).map(row => `${row}\n`));
      }
      for (const [reason, events] of ranked(outcome.drops))
        rows.push(`${padStart(String(events), 9)}  dropped later: ${printable(reason)}\n`);
      if (tally.hosts.size > 1) {
        const hosts = ranked(tally.hosts).map(([host, lines]) => `${printable(host)} ${lines}`);
        rows.push(...hanging('  hosts  ', hosts.join(', '), width).map(row => `${row}\n`));
      }
      if (outcome.isCut) rows.push('  there are more lines: raise or leave out --limit\n');
      if (tally.verdicts.size === 0) rows.push(`  ${plural(0, 'line')}\n`);
      return [...rows, '\n'];
    },
    message: (record, number) => [...messageLines(record, number, color)],
    endMessages: (messages, isCut) => [
      `\n${plural(messages, 'message')}${isCut ? '; there are more than are shown: raise or leave out --limit' : ''}\n\n`,
    ],
    finish: () => [],
  };
}

function below(text: string, columns: number): string[] {
  const rows: string[] = [];
  let rest = text;
  while (rows.length < ROWS_MAX - 1 && widthOf(rest) > columns) {
    const head = headOf(rest, columns);
    rows.push(head);
    rest = rest.slice(head.length);
  }
  return [...rows, cut(rest, columns)];
}

function cut(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${headOf(text, columns - 1)}…`;
}

const record = (line: ExplainedLine, text: string) => ({
  line: line.number,
  offset: line.offset,
  verdict: line.verdict,
  reason: line.reason,
  events: line.events,
  host: line.host,
  text,
});

const totals = (tally: Tally, outcome: ExplainOutcome | null) => ({
  verdicts: Object.fromEntries(ranked(tally.verdicts)),
  reasons: Object.fromEntries(ranked(tally.reasons)),
  hosts: Object.fromEntries(ranked(tally.hosts)),
  dropped: Object.fromEntries(ranked(outcome?.drops ?? new Map())),
  cut: outcome?.isCut ?? false,
});

/** One record a line, nothing else. */
function ndjsonSink({ rejectsOnly }: ExplainSinkOptions): ExplainSink {
  let name = '';
  return {
    begin(file) {
      name = file.name;
      return [];
    },
    line(line, text) {
      return rejectsOnly && line.verdict !== 'reject' ? [] : [`${jsonLine({ source: name, ...record(line, text) })}\n`];
    },
    end: () => [],
    message: (record, number, source) => [`${messageJson(record, number, source)}\n`],
    endMessages: () => [],
    finish: () => [],
  };
}

/** One document, `watchpost.explain/1`. */
function jsonSink({ rejectsOnly }: ExplainSinkOptions): ExplainSink {
  let tally = new Tally();
  let files = 0;
  let lines = 0;
  return {
    begin(file) {
      tally = new Tally();
      lines = 0;
      files += 1;
      const opening = files === 1 ? '{"schema":"watchpost.explain/1","files":[' : ',';
      return [`${opening}\n${jsonLine(file).slice(0, -1)},"lines":[`];
    },
    line(line, text) {
      tally.add(line);
      if (rejectsOnly && line.verdict !== 'reject') return [];
      lines += 1;
      return [`${lines === 1 ? '' : ','}\n${jsonLine(record(line, text))}`];
    },
    message(record, number, source) {
      lines += 1;
      return [`${lines === 1 ? '' : ','}\n${messageJson(record, number, source)}`];
    },
    endMessages: (messages, isCut) => [`],"totals":${jsonLine({ messages, cut: isCut })}}`],
    end: outcome => [`],"totals":${jsonLine(totals(tally, outcome))}}`],
    finish: () => [files === 0 ? '{"schema":"watchpost.explain/1","files":[]}\n' : '\n]}\n'],
  };
}
