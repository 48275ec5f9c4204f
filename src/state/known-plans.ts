import { byWordsAndTwo } from '../core/by-words.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { type ClassOf, type ExecutionPlan, planOf } from './execution.ts';

/** A plan, and all that it was made from besides the words, the program and the folder. */
interface Planned {
  path: string;
  interpreter: string;
  classOf: ClassOf | null;
  plan: ExecutionPlan | null;
}

const plans = byWordsAndTwo(
  (_, _exe: string, _cwd: string): Planned => ({ path: '', interpreter: '', classOf: null, plan: null }),
);

/** What `planOf` says, remembered: one command line started again runs the same again, as far as its words tell. */
export function knownPlanOf(event: ProcessStarted, classOf: ClassOf): ExecutionPlan {
  const { file, interpreter } = event;
  const planned = plans(event.argv, event.actor.exe || file.path, event.cwd);
  if (
    planned.plan !== null &&
    planned.path === file.path &&
    planned.interpreter === interpreter &&
    planned.classOf === classOf
  )
    return planned.plan;
  const plan = planOf(event, classOf);
  planned.plan = plan;
  planned.path = file.path;
  planned.interpreter = interpreter;
  planned.classOf = classOf;
  return plan;
}
