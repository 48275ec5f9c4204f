import { HIDES, stepId, stepSummary, type TaintStep, taintSteps } from '../state/taint.ts';
import type { ContentCase, ContentRun } from './content-cases.ts';
import type { Story } from './story.ts';

/** Content that runs had a part of itself put out of sight under another name, and that part is run. */
export const hiddenCopyOf = (runs: readonly ContentRun[]): ContentRun | undefined =>
  runs.find(run => hidingOf(run) !== undefined);

const hidingOf = ({ path, taint }: ContentRun): TaintStep | undefined =>
  taintSteps(taint).find(({ verb, object }) => verb === HIDES && object === path);

/** Tells how it got there, between the run that began it and the run of the copy. */
export function tellHiddenCopy(
  story: Story,
  runs: readonly ContentRun[],
  main: string,
  idOf: (run: ContentRun) => string,
) {
  const copy = hiddenCopyOf(runs);
  const step = copy === undefined ? undefined : hidingOf(copy);
  if (copy === undefined || step === undefined) return;
  const id = stepId(step);
  story.step(id, step.time, step.kind, stepSummary(step), step.ref);
  story.link(main, id, 'process-tree', 'observed', 'the process that runs the content, or a descendant of it');
  story.link(id, idOf(copy), 'content', step.strength, step.why);
}

/** Weighs that; false where it did nothing of the kind. */
export function weighHiddenCopy({ runs }: ContentCase, story: Story, ids: readonly string[]): boolean {
  const copy = hiddenCopyOf(runs);
  if (copy !== undefined) story.factor('it hid a part of itself and started that', 2, copy.path, ids);
  return copy !== undefined;
}
