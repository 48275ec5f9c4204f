import { POINTS } from '../../analytics/factors.ts';
import { isoUtc } from '../../core/time.ts';
import type { Factor, Finding } from '../../events/finding.ts';
import { SEVERITIES, type Severity, severityRank } from '../../events/vocabulary.ts';
import { type KnownThing, usualMost } from '../../state/baseline/known.ts';
import type { Baseline } from './baseline.ts';
import { sightingOf } from './sightings.ts';

/** A habit takes so many different days. */
const DAYS_KNOWN = 3;
/** Habits lower by so much at most: what is known of a download does not make it harmless. */
const LOWEST: Readonly<Record<string, Severity>> = { AN0380: 'informational', AN1310: 'informational', AN0321: 'low' };

/**
 * Findings in the light of what happens here anyway. One whose thing is known for three days or more, and of the usual
 * shape, is lowered; one whose thing is known and of another shape says what is unlike. Nothing is hidden. What the
 * baseline learned on the day itself or later does not count.
 */
export function inLightOf(baseline: Baseline, findings: readonly Finding[]): Finding[] {
  return findings.map(finding => {
    const sighting = sightingOf(finding);
    if (sighting === null) return finding;
    const thing = baseline.things.get(sighting.kind, sighting.key);
    const today = Math.floor(Math.min(...finding.steps.map(step => step.time)) / 86_400_000);
    if (thing === undefined || thing.firstDay >= today) return finding;
    if (thing.days < DAYS_KNOWN) {
      const evidence = `seen on ${thing.days} day(s) before; a habit takes ${DAYS_KNOWN}`;
      return { ...finding, factors: [...finding.factors, factorFor(finding, 'seen here before', 0, evidence)] };
    }
    const unlike = unlikeOf(thing, sighting.measures, sighting.places);
    if (unlike.length > 0) {
      const factor = factorFor(finding, 'unlike its own history', 1, unlike.join('; '));
      return { ...finding, factors: [...finding.factors, factor], severity: raised(finding.severity) };
    }
    const since = isoUtc(thing.firstDay * 86_400_000).slice(0, 10);
    const evidence = `seen on ${thing.days} days since ${since}, of the same shape and to the same places; would be ${finding.severity} without`;
    const lowest = LOWEST[finding.analytic] ?? finding.severity;
    const severity = severityRank(finding.severity) > severityRank(lowest) ? lowest : finding.severity;
    return {
      ...finding,
      severity,
      factors: [...finding.factors, factorFor(finding, 'a habit of this host', POINTS.habit, evidence)],
      wouldChange: finding.wouldChange.filter(change => change.setting !== 'baseline'),
    };
  });
}

const REASONS = {
  'seen here before': 'What was seen once or twice may be the same attack at work.',
  'unlike its own history': 'A change of what is usual is one more signal.',
  'a habit of this host': 'What happens here regularly and in one shape is most likely the work of this host.',
} as const;

/** What is usual here is about the whole story: its first step stands for it. */
function factorFor(finding: Finding, name: keyof typeof REASONS, weight: number, evidence: string): Factor {
  const steps = finding.steps.slice(0, 1).map(step => step.id);
  return { name, weight, evidence, reason: REASONS[name], steps, tunable: null };
}

function unlikeOf(thing: KnownThing, measures: Readonly<Record<string, number>>, places: readonly string[]): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(measures)) {
    const most = usualMost(thing.measures[name] ?? []);
    if (value > most) found.push(`${name} ${value}, usual up to ${Math.round(most)}`);
  }
  const strange = places.filter(place => thing.places[place] === undefined);
  if (strange.length > 0) found.push(`never before to ${strange.slice(0, 4).join(', ')}`);
  return found;
}

/** One step, up to medium: a change of habit is one more signal, not a proof. */
function raised(severity: Severity): Severity {
  const medium = severityRank('medium');
  const rank = severityRank(severity);
  return rank >= medium ? severity : (SEVERITIES[rank + 1] as Severity);
}
