import { ANALYTIC_IDS, ANALYTICS, STRENGTHS } from '../../src/events/vocabulary.ts';
import { LEVELS } from './levels.ts';
import { isFound, type Measured, type Row, type RulesRow, rowOf, rulesRowOf } from './measure.ts';
import { SINGLE_EVENT_RULES } from './single-event-rules.ts';

/** A table as plain text cells; the first row is its head. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const ALL = 'all';
const GROUPS = [...ANALYTIC_IDS, ALL] as const;
const isOf = (group: string) => (one: { analytic: string }) => group === ALL || one.analytic === group;

/** Each analytic at each level of telemetry. */
export function levelTable({ outcomes }: Measured): Table {
  const rows = GROUPS.flatMap(group =>
    LEVELS.map(({ id, title }) => {
      const row = rowOf(outcomes.filter(outcome => outcome.level === id && isOf(group)(outcome)));
      return [
        group,
        title,
        `${row.found} of ${row.attacks}`,
        severitiesOf(row),
        STRENGTHS.map(strength => row.links[strength]).join(' / '),
        `${row.lookalikesAlerted} of ${row.lookalikes}`,
        rateOf(row),
      ];
    }),
  );
  const head = [
    'analytic',
    'telemetry',
    'attacks found',
    'high / medium / low',
    'links observed / inferred / unavailable',
    'look-alikes that alerted',
    'noise',
  ];
  return { title: 'Found at which telemetry', rows: [head, ...rows] };
}

/** The same recordings in full, through rules that see one event. */
export function rulesTable({ rules, outcomes }: Measured): Table {
  const rows = GROUPS.map(group => {
    const row = rulesRowOf(rules.filter(isOf(group)));
    const ours = rowOf(outcomes.filter(outcome => outcome.level === 'full' && isOf(group)(outcome)));
    return [
      group,
      `${row.flagged} of ${row.attacks}`,
      `${row.named} of ${row.attacks}`,
      String(row.alerts),
      `${row.lookalikesFlagged} of ${row.lookalikes}`,
      rateOf(row),
      `${ours.found} of ${ours.attacks}`,
      `${ours.lookalikesAlerted} of ${ours.lookalikes}`,
    ];
  });
  const head = [
    'analytic',
    'attacks flagged',
    'by a rule for it',
    'alerts to read',
    'look-alikes flagged',
    'noise',
    'correlated: attacks found',
    'look-alikes that alerted',
  ];
  return { title: 'Rules that see one event, on the same recordings', rows: [head, ...rows] };
}

export function ruleTable({ rules }: Measured): Table {
  const rows = SINGLE_EVENT_RULES.map(rule => {
    const hit = rules.filter(one => one.hits.has(rule.id));
    const attacks = hit.filter(one => one.attack).length;
    return [rule.id, rule.title, rule.analytic, String(attacks), String(hit.length - attacks)];
  });
  return { title: 'The rules', rows: [['rule', 'matches when', 'for', 'attacks', 'look-alikes'], ...rows] };
}

/** Which attacks a poorer level loses, by analytic, and what the report names as absent that the full recording has. */
export function lostTable({ outcomes }: Measured): Table {
  const rows = LEVELS.flatMap(({ id, title }) =>
    ANALYTIC_IDS.flatMap(analytic => {
      const lost = outcomes.filter(one => one.attack && one.level === id && one.analytic === analytic && !isFound(one));
      if (lost.length === 0) return [];
      const names = lost.map(
        ({ name, severity }) => name.slice(name.indexOf('.') + 1) + (severity === null ? '' : ' (informational)'),
      );
      const had = new Set(
        outcomes
          .filter(one => lost.some(each => each.name === one.name) && one.level === 'full')
          .flatMap(one => one.said),
      );
      const said = new Set(lost.flatMap(one => one.said).filter(each => !had.has(each)));
      return [[title, analytic, names.join(', '), [...said].join('; ')]];
    }),
  );
  return {
    title: 'What is lost, and how the report says so',
    rows: [['telemetry', 'analytic', 'attacks lost', 'said'], ...rows],
  };
}

const severitiesOf = ({ bySeverity }: Row): string =>
  `${bySeverity.high + bySeverity.critical} / ${bySeverity.medium} / ${bySeverity.low}`;

const rateOf = ({ noise, hours }: Row | RulesRow): string => `${noise} in ${hours.toFixed(hours < 10 ? 2 : 0)} h`;

export function markdown(measured: Measured): string {
  const { outcomes } = measured;
  const attacks = outcomes.filter(outcome => outcome.attack && outcome.level === 'full').length;
  const quiet = outcomes.filter(outcome => !outcome.attack && outcome.level === 'full').length;
  return `# What is found, at which telemetry

Made by \`npm run lab:score\`; \`npm run check\` fails when it is out of date. It replays the recordings under
\`src/analytics/*/cases\`: ${attacks} attacks and ${quiet} look-alikes, recorded with the real programs (\`lab/README.md\`). Alerts at
informational count as silence, in both directions.

${LEVELS.map(({ title, records }) => `- **${title}**: ${records}.`).join('\n')}

The poorer levels are made from the full recordings by leaving out what a host with fewer rules would not have written.
*Found* is an alert above informational of the analytic that the attack belongs to. *Noise* is the alerts above
informational, of any analytic, in the look-alikes, and the time that they span. The look-alikes are nothing but things that
resemble attacks, acted out in a hurry: an ordinary hour has far fewer of them.

${asMarkdown(levelTable(measured))}
Attacks, by analytic: ${ANALYTIC_IDS.map(id => `${id} ${ANALYTICS[id].name.toLowerCase()}`).join(', ')}.

## What joining events is worth

\`lab/score/single-event-rules.ts\` holds ${SINGLE_EVENT_RULES.length} rules of the usual kind, each of which sees one event and the name of the
parent process. They run over the full recordings. *By a rule for it* counts attacks that a rule written for that behaviour
flags; *alerts to read* is what an analyst gets for all attacks together. The analytics were developed with these recordings
in sight and the rules were not, so the rows compare ways of looking, not products.

${asMarkdown(rulesTable(measured))}
${asMarkdown(ruleTable(measured))}
## ${lostTable(measured).title}

\`lab/score/score.test.ts\` fails when an attack is lost and the report does not name the analytic as blind or limited for
want of something that this level lacks.

${asMarkdown(lostTable(measured))}`;
}

function asMarkdown({ rows }: Table): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')).replaceAll(' ', '') + body.map(line).join('');
}

/** For a terminal: columns padded, one table below the other. */
export function plain(tables: readonly Table[]): string {
  return tables
    .map(({ title, rows }) => {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)));
      const lines = rows.map(row =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
      return [title, ...lines].join('\n');
    })
    .join('\n\n');
}
