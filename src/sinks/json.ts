import { isoUtc } from '../core/time.ts';
import type { SourceReport } from '../engine/report.ts';
import type { StoreReport } from '../engine/stores/store-report.ts';
import { jsonLine } from './ndjson.ts';
import { hiddenOf, type ScanView } from './scan-view.ts';

/** Everything a scan has to say as one document, `watchpost.scan/1`. Holds nothing that differs between equal runs. */
export function* json(view: ScanView): Generator<string> {
  const { report, alerts } = view;
  const rest = {
    incidents: report.incidents,
    excepted: report.excepted.map(each => ({ ...each, lastTime: timeOf(each.lastTime) })),
    alertsHidden: hiddenOf(view),
    sources: report.sources.map(sourceOf),
    stores: report.stores.map(storeOf),
    mailboxes: report.mailboxes.map(each => ({ ...each, lastTime: timeOf(each.lastTime) })),
    problems: report.problems,
    absent: report.absent,
    firstTime: timeOf(report.firstTime),
    lastTime: timeOf(report.lastTime),
    events: { total: report.eventsTotal, byKind: sorted(report.eventsByKind) },
    duplicates: report.duplicates,
    late: report.late,
    clockSteps: report.clockSteps,
    evictions: sorted(report.evictions),
  };
  yield '{"schema":"watchpost.scan/1","alerts":[';
  for (const [i, alert] of alerts.entries()) yield `${i === 0 ? '' : ','}\n${jsonLine(alert)}`;
  yield `],\n${jsonLine(rest).slice(1)}\n`;
}

function sourceOf(source: SourceReport): unknown {
  return {
    name: source.name,
    format: source.format,
    host: source.host,
    bytes: source.bytes,
    lines: source.lines,
    emitted: source.emitted,
    skipped: sorted(source.skipped),
    rejected: sorted(source.rejected),
    firstTime: timeOf(source.firstTime),
    lastTime: timeOf(source.lastTime),
  };
}

function storeOf(store: StoreReport): unknown {
  return {
    ...store,
    firstTime: timeOf(store.firstTime),
    lastTime: timeOf(store.lastTime),
    trouble: sorted(store.trouble),
  };
}

const timeOf = (time: number): string | null => (Number.isFinite(time) ? isoUtc(time) : null);

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}
