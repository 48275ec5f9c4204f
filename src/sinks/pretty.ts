import { type Names, namesOf } from './names.ts';
import { nextCommands } from './next-commands.ts';
import { type Paint, paintFor } from './paint.ts';
import { prettyAlert } from './pretty-alert.ts';
import { prettyIncidents } from './pretty-incidents.ts';
import { prettyBlindness, prettySummary } from './pretty-summary.ts';
import type { ScanView } from './scan-view.ts';

export interface PrettyOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** A scan for a person at a terminal: summary, alerts, blind spots, what to type next. Same report, same bytes. */
export function* pretty(view: ScanView, options: PrettyOptions): Generator<string> {
  const { paint, width } = settled(options);
  const names = namesOf(view.report);
  for (const line of prettySummary(view, names, width, paint)) yield `${line}\n`;
  for (const line of prettyIncidents(view, width, paint)) yield `${line}\n`;
  for (const alert of view.alerts) for (const line of prettyAlert(alert, names, width, paint)) yield `${line}\n`;
  yield* rest(view, names, width, paint);
}

/** The same without the alerts: what to tell a person while the alerts go to a program. */
export function* prettyTalk(view: ScanView, options: PrettyOptions): Generator<string> {
  const { paint, width } = settled(options);
  const names = namesOf(view.report);
  for (const line of prettySummary(view, names, width, paint)) yield `${line}\n`;
  yield* rest(view, names, width, paint);
}

function* rest(view: ScanView, names: Names, width: number, paint: Paint): Generator<string> {
  for (const line of prettyBlindness(view, names, width, paint)) yield `${line}\n`;
  yield `${paint('bold', 'Next')}\n`;
  for (const { command, why } of nextCommands(view)) yield `  ${command}\n      ${paint('dim', why)}\n`;
}

function settled({ width, color }: PrettyOptions): { paint: Paint; width: number } {
  return { paint: paintFor(color), width: Math.min(160, Math.max(60, width)) };
}
