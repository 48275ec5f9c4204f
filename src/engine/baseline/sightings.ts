import { isWithin } from '../../core/paths.ts';
import type { Finding } from '../../events/finding.ts';
import type { AnalyticId } from '../../events/vocabulary.ts';
import type { KnownKind, Sighting } from '../../state/baseline/known.ts';

const KIND: Partial<Record<AnalyticId, KnownKind>> = { AN0380: 'job', AN1310: 'reader', AN0321: 'program' };

/**
 * The thing that a finding tells of, by its identity: host, user, programs, and the job or the script; and its shape. Null
 * for findings that tell of no thing with habits.
 */
export function sightingOf(finding: Finding): Sighting | null {
  const kind = KIND[finding.analytic];
  if (kind === undefined || finding.steps.length === 0) return null;
  const values = (...kinds: readonly string[]): string[] => [
    ...new Set(finding.entities.filter(each => kinds.includes(each.kind)).map(each => each.value)),
  ];
  const programs = values('process')
    .map(value => value.replace(/ \(pid \d+\)$/, ''))
    .filter((value, index, all) => all.indexOf(value) === index)
    .sort();
  const what = kind === 'program' ? values('file').map(withoutNumbers) : [...values('job'), ...values('script')];
  // A user alone has no habits: what acted must have a name.
  if (programs.length === 0) return null;
  const key = [finding.host, ...values('user'), ...what, ...programs].join(' · ');
  const places = values('recipient', 'address').map(value => value.toLowerCase());
  const measures = finding.measures ?? {};
  return { kind, key, time: finding.steps.reduce((last, step) => Math.max(last, step.time), 0), measures, places };
}

/** Names of downloads bear versions and dates: `tool-1.2.AppImage` and `tool-1.3.AppImage` are one habit only in one folder. */
const withoutNumbers = (path: string): string => (isWithin(path, '/') ? path.replace(/\d+/g, '#') : path);

/** Different days, epoch days in UTC, on which the finding's thing did something, oldest first. */
export function daysOf(finding: Finding): number[] {
  return [...new Set(finding.steps.map(step => Math.floor(step.time / 86_400_000)))].sort((a, b) => a - b);
}
