import { stepId, stepSummary, type Taint, type TaintStep } from '../state/taint.ts';
import type { ContentRun } from './content-cases.ts';
import type { Story } from './story.ts';

/** What each run is told by. */
interface Words {
  readonly id: (run: ContentRun) => string;
  readonly summary: (run: ContentRun) => string;
  readonly why: (run: ContentRun) => string;
}

/** Steps of a run's own way that the main chain does not tell: of one run, and of all together. */
const OWN_STEPS_MAX = 2;
const STEPS_MAX = 8;

/**
 * Tells the runs in order of time, each linked to the step that its own history comes from: of several files the chain follows one. What
 * that run alone went through, such as a file that an earlier run wrote, is told between.
 */
export function tellRuns(
  story: Story,
  runs: readonly ContentRun[],
  chain: { readonly first: string; readonly last: string },
  words: Words,
): void {
  let left = STEPS_MAX;
  const told: ContentRun[] = [];
  for (const run of runs) {
    const id = words.id(run);
    const way = wayTo(story, run, told, words.id);
    const isWhole = way !== null && way.steps.length <= Math.min(OWN_STEPS_MAX, left);
    let from = way === null ? fallback(story, chain, id, run) : way.from;
    if (isWhole) {
      left -= way.steps.length;
      for (const step of way.steps) {
        const next = story.step(stepId(step), step.time, step.kind, stepSummary(step), step.ref);
        story.link(from, next, 'content', step.strength, step.why);
        from = next;
      }
    }
    story.step(id, run.time, 'content.executed', words.summary(run), run.ref);
    story.link(from, id, 'execution', run.strength, words.why(run));
    told.push(run);
  }
}

/** From the last step of its history that is told, or the run that it comes out of, over those that are not. */
function wayTo(
  story: Story,
  run: ContentRun,
  before: readonly ContentRun[],
  idOf: Words['id'],
): { readonly from: string; readonly steps: readonly TaintStep[] } | null {
  const steps: TaintStep[] = [];
  for (let each: Taint | null = beforeRun(run.taint, run); each !== null; each = each.previous) {
    const { step } = each;
    const earlier = before.find(other => step.kind === 'process.started' && isStart(step, other));
    const id = earlier === undefined ? stepId(step) : idOf(earlier);
    if (earlier !== undefined || story.steps.some(known => known.id === id))
      return { from: id, steps: steps.reverse() };
    steps.push(step);
  }
  return null;
}

const isStart = ({ pid, time }: TaintStep, run: ContentRun): boolean => run.pid === pid && run.time === time;

/** Its history is another one: the chain's end, where that is no later than the run. */
function fallback(
  story: Story,
  { first, last }: { readonly first: string; readonly last: string },
  id: string,
  { time }: ContentRun,
): string {
  const end = story.steps.find(step => step.id === last);
  return last === id || (end !== undefined && end.time > time) ? first : last;
}

/** The run itself is told with how it was run: the same record is not told twice. */
export function beforeRun(taint: Taint, run: ContentRun): Taint {
  const { step, previous } = taint;
  return step.kind === 'process.started' && isStart(step, run) && previous !== null ? previous : taint;
}
