import { HOUR_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { severityRank } from '../../events/vocabulary.ts';
import type { Baseline } from './baseline.ts';
import type { Recorder } from './recorder.ts';
import { daysOf, sightingOf } from './sightings.ts';

/** What one lesson did. */
export interface Learned {
  readonly mailboxes: number;
  readonly hours: number;
  readonly things: number;
  /** Programs that sent mail or were led to another host, each with the places it reached. */
  readonly destinations: number;
  /** Left out because they alert. */
  readonly hoursHeldBack: number;
  readonly thingsHeldBack: number;
  /** Left out because they were learned before. */
  readonly hoursKnown: number;
  readonly notHeld: number;
}

/** At this severity and above nothing is learned from; of floods nothing at all. */
const LOUD = severityRank('medium');

/** Trains the baseline with what the recorder saw and the findings do not accuse. */
export function learn(baseline: Baseline, recorder: Recorder, findings: readonly Finding[]): Learned {
  const held = heldHours(findings);
  const known = { hours: 0, held: 0, mailboxes: 0, trained: 0 };
  for (const { mailbox, hosts, seen } of recorder.mailboxes()) {
    const row = baseline.mailboxes.rowOf(mailbox);
    if (row < 0) continue;
    const skip = held.get(mailbox) ?? new Set<number>();
    const spans = [...hosts].map(host => recorder.spans.get(host)).filter(span => span !== undefined);
    const from = Math.min(...spans.map(span => span.from));
    const to = Math.max(...spans.map(span => span.to)) + 1;
    baseline.mailboxes.train(row, seen, from, to, skip);
    known.mailboxes += 1;
    known.held += seen.filter(each => skip.has(each.hour)).length;
    known.trained += seen.length;
  }
  let hoursKnown = 0;
  for (const [host, span] of recorder.spans) {
    for (let hour = span.from; hour <= span.to; hour++) if (baseline.isCovered(host, hour)) hoursKnown += 1;
    baseline.cover(host, { from: span.from, to: span.to + 1 });
  }
  const { things, heldBack } = learnThings(baseline, findings);
  const programs = new Set<string>();
  for (const { key, place, time } of recorder.destinations.values()) {
    programs.add(key);
    baseline.things.learn({ kind: 'destination', key, time, measures: {}, places: [place] });
  }
  return {
    mailboxes: known.mailboxes,
    hours: known.trained - known.held,
    things,
    destinations: programs.size,
    hoursHeldBack: known.held,
    thingsHeldBack: heldBack,
    hoursKnown,
    notHeld: recorder.notHeld,
  };
}

/** For each mailbox the hours of its bursts, whatever came of them. */
function heldHours(findings: readonly Finding[]): Map<string, Set<number>> {
  const held = new Map<string, Set<number>>();
  for (const finding of findings) {
    if (finding.analytic !== 'AN1009' || finding.severity === 'informational') continue;
    const times = finding.steps.map(step => step.time);
    const first = Math.floor(Math.min(...times) / HOUR_MS);
    const last = Math.floor(Math.max(...times) / HOUR_MS);
    for (const { kind, value } of finding.entities) {
      if (kind !== 'mailbox') continue;
      const hours = held.get(value) ?? new Set<number>();
      for (let hour = first; hour <= last; hour++) hours.add(hour);
      held.set(value, hours);
    }
  }
  return held;
}

function learnThings(baseline: Baseline, findings: readonly Finding[]): { things: number; heldBack: number } {
  let things = 0;
  let heldBack = 0;
  for (const finding of findings) {
    const sighting = sightingOf(finding);
    if (sighting === null) continue;
    if (severityRank(finding.severity) >= LOUD) {
      heldBack += 1;
      continue;
    }
    const days = daysOf(finding);
    const before = baseline.things.get(sighting.kind, sighting.key);
    // The same evidence read again brings no new day.
    if (before !== undefined && (days.at(-1) ?? 0) <= before.lastDay) continue;
    for (const day of days.slice(0, -1))
      if (before === undefined || day > before.lastDay)
        baseline.things.learn({ ...sighting, time: day * 86_400_000, measures: {}, places: [] });
    baseline.things.learn(sighting);
    things += 1;
  }
  return { things, heldBack };
}
