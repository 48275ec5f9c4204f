import { hanging, padEnd, plural, wrap } from './layout.ts';
import { type Paint, SEVERITY_STYLE, STRENGTH_STYLE } from './paint.ts';
import { printable } from './printable.ts';
import { type ScanView, shownIncidents } from './scan-view.ts';

/** Alerts that belong together, each group with its one story and why; the alerts themselves follow. */
export function* prettyIncidents(view: ScanView, width: number, paint: Paint): Generator<string> {
  const titles = new Map(view.report.alerts.map(alert => [alert.id, `${alert.analytic} ${alert.title}`]));
  for (const incident of shownIncidents(view)) {
    const level = `INCIDENT ${incident.severity.toUpperCase()}`;
    const [head = '', ...rest] = wrap(printable(incident.title), width - level.length - 2);
    yield `${paint(SEVERITY_STYLE[incident.severity], level)}  ${paint('bold', head)}`;
    yield* rest.map(line => ' '.repeat(level.length + 2) + paint('bold', line));
    const facts = [
      plural(incident.alerts.length, 'alert'),
      `${incident.firstSeen} to ${incident.lastSeen}`,
      incident.id,
    ];
    for (const line of wrap(facts.join('  '), width - 2)) yield `  ${paint('dim', line)}`;
    for (const line of wrap(printable(incident.story, 16_384), width - 2)) yield `  ${line}`;
    yield '';
    yield `  ${paint('bold', 'Why these alerts are one')}`;
    for (const link of incident.links) {
      const label = padEnd(link.strength, 11);
      const text = `${printable(titles.get(link.from) ?? link.from)} → ${printable(titles.get(link.to) ?? link.to)}: ${printable(link.why)}`;
      const [first = '', ...more] = hanging(`    ${label}  `, text, width);
      yield first.replace(label, () => paint(STRENGTH_STYLE[link.strength], label));
      yield* more;
    }
    yield '';
    yield `  ${paint('bold', `Why ${incident.severity}`)}`;
    for (const { name, weight, evidence } of incident.factors)
      yield* hanging(`    ${padEnd(`+${weight}`, 4)} `, `${printable(name)}: ${printable(evidence)}`, width);
    yield '';
  }
}
