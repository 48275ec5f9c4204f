import type { FindingLink, FindingStep } from '../events/finding.ts';

const SECOND_MS = 1000;
/** Between steps of one moment: far below a millisecond, and more than a number of this size loses. */
const AFTER = 1e-3;
const PASSES_MAX = 8;

/**
 * Steps by time. Many logs tell whole seconds only (RFC 3164): what such a log says happened in a second may follow what a finer one
 * tells later in that second. Where a link says that it does, it stands behind. Its time stays as the log has it.
 */
export function inOrder(steps: readonly FindingStep[], links: readonly FindingLink[]): FindingStep[] {
  const places = new Map<string, number>(steps.map(step => [step.id, step.time]));
  const times = new Map<string, number>(steps.map(step => [step.id, step.time]));
  let moved = true;
  for (let pass = 0; moved && pass < PASSES_MAX; pass++) {
    moved = false;
    for (const { from, to } of links) {
      const before = places.get(from);
      const time = times.get(to);
      if (before === undefined || time === undefined || time % SECOND_MS !== 0) continue;
      if (before < time || before >= time + SECOND_MS || before < (places.get(to) as number)) continue;
      places.set(to, before + AFTER);
      moved = true;
    }
  }
  const place = ({ id, time }: FindingStep): number => places.get(id) ?? time;
  return [...steps].sort((a, b) => place(a) - place(b));
}
