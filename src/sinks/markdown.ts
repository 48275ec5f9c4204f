import { isoUtc } from '../core/time.ts';
import type { Alert } from '../events/alert.ts';
import { lackOf } from './lack-of.ts';
import { count, plural } from './layout.ts';
import { codeBlock, codeSpan, markdownText } from './markdown-text.ts';
import { nextCommands } from './next-commands.ts';
import { hiddenOf, type ScanView, shownIncidents } from './scan-view.ts';
import { signed } from './signed.ts';
import { stepName, stepNumbers } from './step-name.ts';
import { byAnalytic, bySeverity, ranked, rejects, sum } from './tally.ts';

/** A report to hand over. Same report, same bytes. */
export function* markdown(view: ScanView): Generator<string> {
  const { report, alerts } = view;
  yield '# Watchpost scan report\n\n';
  yield* bullets([
    `Period: ${Number.isFinite(report.firstTime) ? `${isoUtc(report.firstTime)} to ${isoUtc(report.lastTime)} (UTC)` : 'no times found'}`,
    `Events: ${count(report.eventsTotal)}`,
    `Alerts: ${
      alerts.length === 0
        ? 'none'
        : bySeverity(alerts)
            .map(row => `${row.alerts} ${row.severity}`)
            .join(', ')
    }`,
    ...byAnalytic(alerts).map(row => `${row.id} ${row.name}: ${row.alerts}`),
  ]);
  const hidden = hiddenOf(view);
  if (hidden > 0) yield `${plural(hidden, 'alert')} not shown, by the severity or time asked for.\n\n`;
  if (alerts.length === 0)
    yield 'No alert is not proof that nothing happened: see what this scan could not see, below.\n\n';
  yield* incidents(view);
  for (const alert of alerts) yield* section(alert);
  yield* blindness(view);
  yield '## Evidence\n\n';
  yield* bullets(
    report.sources.map(source => {
      const format = source.format === '' ? 'not recognised' : source.format;
      // Tables of users and mail stores are not read line by line.
      const lines =
        source.lines === 0 ? '' : `, ${plural(source.lines, 'line')}, ${count(sum(source.rejected))} rejected`;
      const host = source.host === '' ? '' : `, host ${codeSpan(source.host)}`;
      return `${codeSpan(source.name)}: ${format}${lines}${host}`;
    }),
  );
  yield '## Next\n\n';
  yield* bullets(nextCommands(view).map(({ command, why }) => `${codeSpan(command)}: ${why}`));
}

function* incidents(view: ScanView): Generator<string> {
  for (const incident of shownIncidents(view)) {
    yield `## Incident, ${incident.severity.toUpperCase()}: ${markdownText(incident.title)}\n\n`;
    yield `Story: ${markdownText(incident.story)}\n\n`;
    yield* bullets([
      `Incident ${codeSpan(incident.id)}, ${incident.firstSeen} to ${incident.lastSeen}`,
      `Alerts: ${incident.alerts.map(codeSpan).join(', ')}`,
      ...incident.links.map(
        link => `${codeSpan(link.from)} and ${codeSpan(link.to)}: ${link.strength}, ${markdownText(link.why)}`,
      ),
      ...incident.factors.map(({ name, weight, evidence }) => `+${weight} ${name}: ${evidence}`),
    ]);
  }
}

function* bullets(items: readonly string[]): Generator<string> {
  for (const item of items) yield `- ${item}\n`;
  yield '\n';
}

function* titled(title: string, items: readonly string[]): Generator<string> {
  if (items.length === 0) return;
  yield `### ${title}\n\n`;
  yield* bullets(items);
}

function* section(alert: Alert): Generator<string> {
  yield `## ${alert.severity.toUpperCase()}: ${markdownText(alert.title)}\n\n`;
  yield `Story: ${markdownText(alert.story)}\n\n`;
  yield* bullets([
    `Alert ${codeSpan(alert.id)}, revision ${alert.revision}${alert.exercise ? ', an exercise' : ''}`,
    ...(alert.incident === '' ? [] : [`Part of incident ${codeSpan(alert.incident)}`]),
    `Analytic ${alert.analytic}, techniques ${alert.techniques.join(', ')}`,
    `Host ${codeSpan(alert.host)}, ${alert.firstSeen} to ${alert.lastSeen}`,
    ...alert.entities.map(({ kind, value }) => `${kind}: ${codeSpan(value)}`),
  ]);
  yield '### Timeline (UTC)\n\n';
  for (const [i, step] of alert.steps.entries()) {
    yield `${i + 1}. ${step.time} ${codeSpan(step.kind)}: ${markdownText(step.summary)}\n`;
    if (step.ref === null) {
      yield '\n   Inferred: there is no record of this step.\n\n';
      continue;
    }
    for (const part of [step.ref, ...step.ref.more]) {
      const hash = part.sha256 === '' ? 'could not be read again' : `SHA-256 ${codeSpan(part.sha256)}`;
      yield `\n   Record: ${codeSpan(part.source)}, offset ${part.offset}, ${part.length} bytes, ${hash}\n`;
    }
    yield `\n${codeBlock(step.raw, '   ').join('\n')}\n\n`;
  }
  yield* titled(
    'Why these belong together',
    alert.links.map(
      l =>
        `${l.strength}: ${markdownText(stepName(alert, l.from))} → ${markdownText(stepName(alert, l.to))}: ${markdownText(l.why)}`,
    ),
  );
  yield* titled(
    'Could not be seen',
    alert.missing.map(text => markdownText(text)),
  );
  yield* titled(
    `Why ${alert.severity}, ${signed(alert.score)} points in all`,
    alert.factors.map(each => factorLine(alert, each)),
  );
  yield* titled(
    'What would change this',
    alert.wouldChange.map(
      ({ weight, what, why }) => `${signed(weight)} if ${markdownText(what)}: ${markdownText(why)}`,
    ),
  );
  yield* titled(
    'What to do next',
    alert.next.map(text => markdownText(text)),
  );
}

function factorLine(
  alert: Alert,
  { name, weight, evidence, reason, steps, tunable }: Alert['factors'][number],
): string {
  const shown = stepNumbers(alert, steps);
  const met =
    tunable === null
      ? ''
      : ` Tunable ${codeSpan(tunable.name)}: ${codeSpan(tunable.limit)}; met by ${codeSpan(tunable.met)}.`;
  return `${signed(weight)} points, ${markdownText(name)}: ${markdownText(evidence)}${shown === '' ? '' : ` (${shown})`}. ${markdownText(reason)}${met}`;
}

function* blindness({ report }: ScanView): Generator<string> {
  yield '## What this scan could not see\n\n';
  const rows = [
    ...(report.sources.length === 0 ? [] : report.absent).map(
      a => `Missing: ${markdownText(a.telemetry)}. Would unlock: ${markdownText(a.unlocks)} (${lackOf(a)})`,
    ),
    ...report.problems.map(
      p => `${p.level === 'unreadable' ? 'Lost' : 'Note'}: ${codeSpan(p.source)}: ${markdownText(p.message)}`,
    ),
    ...rejects(report.sources).map(
      r => `${plural(r.lines, 'line')} rejected: ${markdownText(r.reason)} (such as in ${codeSpan(r.example)})`,
    ),
    ...ranked(report.evictions)
      .filter(([, evicted]) => evicted > 0)
      .map(
        ([name, evicted]) =>
          `Memory cap ${codeSpan(name)} was hit: ${plural(evicted, 'entry', 'entries')} forgotten early`,
      ),
    `Late records: ${count(report.late)}; clock steps: ${count(report.clockSteps)}; doubled records: ${count(report.duplicates)}`,
  ];
  yield* bullets(rows);
}
