import { contentId } from '../core/hash.ts';
import { isoUtc } from '../core/time.ts';
import { visible } from '../core/untrusted.ts';
import type { Alert } from '../events/alert.ts';
import type { Change, Factor, Finding, FindingStep } from '../events/finding.ts';
import type { Ref } from '../events/ref.ts';
import { ANALYTICS, severityRank } from '../events/vocabulary.ts';
import { type Evidence, type ResolveSource, readEvidence } from './evidence.ts';
import { inOrder } from './step-order.ts';

/**
 * Findings as they are published: with a stable id, the raw record behind each step, and every outsider's text made fit to
 * print. Sorted by severity (highest first), first seen, id; steps by time, and those of one time as the analytic tells them.
 */
export async function toAlerts(findings: readonly Finding[], resolve: ResolveSource, revision = 1): Promise<Alert[]> {
  const refs = findings.flatMap(finding => finding.steps.map(step => step.ref)).filter(ref => ref !== null);
  const evidence = await readEvidence(refs, resolve);
  return findings.map(finding => toAlert(finding, evidence, revision)).sort(compareAlerts);
}

export function compareAlerts(a: Alert, b: Alert): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    compareText(a.firstSeen, b.firstSeen) ||
    compareText(a.id, b.id)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function toAlert(finding: Finding, evidence: ReadonlyMap<Ref, Evidence>, revision: number): Alert {
  const steps = inOrder(finding.steps, finding.links);
  const last = steps.reduce((latest, { time }) => Math.max(latest, time), Number.NEGATIVE_INFINITY);
  return {
    schema: 'watchpost.alert/1',
    id: contentId('wp', [finding.analytic, finding.host, finding.key]),
    revision,
    analytic: finding.analytic,
    techniques: [...ANALYTICS[finding.analytic].techniques],
    severity: finding.severity,
    title: visible(finding.title),
    story: visible(finding.story),
    host: visible(finding.host),
    firstSeen: isoUtc(steps[0]?.time ?? Number.NaN),
    lastSeen: isoUtc(steps.length > 0 ? last : Number.NaN),
    entities: entitiesOf(finding),
    steps: steps.map(step => toStep(step, evidence)),
    links: finding.links.map(({ from, to, kind, strength, why }) => ({
      from: visible(from),
      to: visible(to),
      kind,
      strength,
      why: visible(why),
    })),
    missing: finding.missing.map(text => visible(text)),
    score: finding.factors.reduce((sum, factor) => sum + factor.weight, 0),
    factors: finding.factors.map(toFactor),
    wouldChange: finding.wouldChange.map(toChange).sort((a, b) => b.weight - a.weight),
    next: finding.next.map(text => visible(text)),
    exercise: finding.exercise,
    incident: '',
  };
}

/** What a finding names, each once: a process that read and sent takes part twice. */
function entitiesOf({ entities }: Finding): Alert['entities'] {
  const named = new Map(
    entities.map(({ kind, value }) => [`${kind}\0${value}`, { kind, value: visible(value) }] as const),
  );
  return [...named.values()];
}

function toFactor({ name, weight, evidence, reason, steps, tunable }: Factor): Alert['factors'][number] {
  return {
    name: visible(name),
    weight,
    evidence: visible(evidence),
    reason,
    steps: steps.map(id => visible(id)),
    tunable: tunable && { name: tunable.name, met: visible(tunable.met), limit: visible(tunable.limit) },
  };
}

function toChange({ weight, what, why, setting }: Change): Alert['wouldChange'][number] {
  return { weight, what: visible(what), why: visible(why), setting };
}

function toStep(step: FindingStep, evidence: ReadonlyMap<Ref, Evidence>): Alert['steps'][number] {
  const record = step.ref === null ? undefined : evidence.get(step.ref);
  return {
    id: visible(step.id),
    time: isoUtc(step.time),
    kind: step.kind,
    summary: visible(step.summary),
    raw: record === undefined ? [] : [...record.raw],
    ref: record?.ref ?? null,
  };
}
