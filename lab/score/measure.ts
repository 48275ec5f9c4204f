import type { WatchEvent } from '../../src/events/event.ts';
import { type AnalyticId, type Severity, STRENGTHS, type Strength, severityRank } from '../../src/events/vocabulary.ts';
import { type RecordedCase, recordedCases } from '../../test/support/recordings.ts';
import { LEVELS, type LevelId } from './levels.ts';
import { eventsOf, Replay } from './replay.ts';
import { SINGLE_EVENT_RULES, type SingleEventRule } from './single-event-rules.ts';

/** What one scan of one recording at one level came to. */
export interface Outcome {
  /** Such as `an0656-…/fires.zip-hidden-child`. */
  readonly name: string;
  readonly analytic: AnalyticId;
  readonly attack: boolean;
  readonly level: LevelId;
  /** Highest severity of the recording's own analytic, null when it says nothing. */
  readonly severity: Severity | null;
  /** Alerts above informational: of its own analytic, and of the others. */
  readonly own: number;
  readonly others: number;
  /** Links of its own analytic's alerts above informational. */
  readonly links: Readonly<Record<Strength, number>>;
  /** Hours from the first to the last record. */
  readonly hours: number;
  /** Inputs that the report names as absent for this analytic, each with what that means for it. */
  readonly said: readonly string[];
}

/** How the single-event rules fared over one recording. */
export interface RuleOutcome {
  readonly name: string;
  readonly analytic: AnalyticId;
  readonly attack: boolean;
  readonly hours: number;
  /** Matching events by rule id. */
  readonly hits: ReadonlyMap<string, number>;
}

export interface Measured {
  readonly outcomes: readonly Outcome[];
  readonly rules: readonly RuleOutcome[];
}

/** Replays every recording at every level, and hands its events to the single-event rules. About five seconds. */
export async function measure(): Promise<Measured> {
  const replay = new Replay();
  try {
    const outcomes: Outcome[] = [];
    const rules: RuleOutcome[] = [];
    for (const recorded of recordedCases()) {
      for (const { id } of LEVELS) outcomes.push(await outcomeOf(recorded, id, replay));
      const { hours } = outcomes.at(-LEVELS.length) as Outcome;
      const hits = hitsOf(await eventsOf(recorded.folder));
      rules.push({ ...headOf(recorded), hours, hits });
    }
    return { outcomes, rules };
  } finally {
    replay.close();
  }
}

const headOf = ({ name, truth }: RecordedCase) => ({
  name,
  analytic: truth.analytic as AnalyticId,
  attack: truth.verdict === 'attack',
});

const HOUR_MS = 3_600_000;

async function outcomeOf(recorded: RecordedCase, level: LevelId, replay: Replay): Promise<Outcome> {
  const head = headOf(recorded);
  const report = await replay.report(recorded.folder, level);
  const mine = report.alerts.filter(alert => alert.analytic === head.analytic);
  const loud = report.alerts.filter(alert => alert.severity !== 'informational');
  const own = loud.filter(alert => alert.analytic === head.analytic);
  const highest = mine.map(alert => alert.severity as Severity).sort((a, b) => severityRank(b) - severityRank(a))[0];
  const links = { observed: 0, inferred: 0, unavailable: 0 };
  for (const alert of own) for (const link of alert.links) links[link.strength] += 1;
  const absent = report.absent.filter(entry => entry.analytics.includes(head.analytic));
  const said = absent.map(
    ({ telemetry, blind }) => `${blind.includes(head.analytic) ? 'blind' : 'limited'} without ${telemetry}`,
  );
  return {
    ...head,
    level,
    severity: highest ?? null,
    own: own.length,
    others: loud.length - own.length,
    links,
    hours: (report.lastTime - report.firstTime) / HOUR_MS || 0,
    said,
  };
}

function hitsOf(events: readonly WatchEvent[]): Map<string, number> {
  const hits = new Map<string, number>();
  const executables = new Map<string, string>();
  for (const event of events) {
    let parent = '';
    if (event.kind === 'process.started') {
      parent = executables.get(`${event.host} ${event.actor.ppid}`) ?? '';
      executables.set(`${event.host} ${event.actor.pid}`, event.actor.exe);
    }
    for (const rule of SINGLE_EVENT_RULES) {
      if (rule.matches(event, parent)) hits.set(rule.id, (hits.get(rule.id) ?? 0) + 1);
    }
  }
  return hits;
}

/** One analytic at one level. */
export interface Row {
  readonly attacks: number;
  /** Attacks with an alert of the right analytic above informational. */
  readonly found: number;
  /** Of the found: how many at each severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly links: Readonly<Record<Strength, number>>;
  readonly lookalikes: number;
  readonly lookalikesAlerted: number;
  /** Alerts above informational in the look-alikes, and the hours they span. */
  readonly noise: number;
  readonly hours: number;
}

export function rowOf(outcomes: readonly Outcome[]): Row {
  const attacks = outcomes.filter(outcome => outcome.attack);
  const quiet = outcomes.filter(outcome => !outcome.attack);
  const found = attacks.filter(isFound);
  const bySeverity = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity } of found) if (severity !== null) bySeverity[severity] += 1;
  const links = { observed: 0, inferred: 0, unavailable: 0 };
  for (const one of found) for (const strength of STRENGTHS) links[strength] += one.links[strength];
  return {
    attacks: attacks.length,
    found: found.length,
    bySeverity,
    links,
    lookalikes: quiet.length,
    lookalikesAlerted: quiet.filter(one => one.own + one.others > 0).length,
    noise: quiet.reduce((sum, one) => sum + one.own + one.others, 0),
    hours: quiet.reduce((sum, one) => sum + one.hours, 0),
  };
}

export const isFound = (outcome: Outcome): boolean => outcome.own > 0;

/** The single-event rules over some recordings. */
export interface RulesRow {
  readonly attacks: number;
  /** Attacks with at least one match of any rule, and with one of a rule for the right analytic. */
  readonly flagged: number;
  readonly named: number;
  /** Alerts that an analyst has to read for the flagged attacks. */
  readonly alerts: number;
  readonly lookalikes: number;
  readonly lookalikesFlagged: number;
  readonly noise: number;
  readonly hours: number;
}

const RULE_OF: ReadonlyMap<string, SingleEventRule> = new Map(SINGLE_EVENT_RULES.map(rule => [rule.id, rule]));
const total = (hits: ReadonlyMap<string, number>): number => [...hits.values()].reduce((sum, count) => sum + count, 0);

export function rulesRowOf(rules: readonly RuleOutcome[]): RulesRow {
  const attacks = rules.filter(rule => rule.attack);
  const quiet = rules.filter(rule => !rule.attack);
  return {
    attacks: attacks.length,
    flagged: attacks.filter(one => one.hits.size > 0).length,
    named: attacks.filter(one => [...one.hits.keys()].some(id => RULE_OF.get(id)?.analytic === one.analytic)).length,
    alerts: attacks.reduce((sum, one) => sum + total(one.hits), 0),
    lookalikes: quiet.length,
    lookalikesFlagged: quiet.filter(one => one.hits.size > 0).length,
    noise: quiet.reduce((sum, one) => sum + total(one.hits), 0),
    hours: quiet.reduce((sum, one) => sum + one.hours, 0),
  };
}
