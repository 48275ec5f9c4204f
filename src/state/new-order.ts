import { baseName, isWithin } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { isVoid, stepOf } from './carry.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import type { Carry, ProcessState } from './processes.ts';
import { type Habit, hasHabits, isUsual, isUsualPlace } from './program-habits.ts';
import { CLASS } from './programs.ts';
import { HAS_HELPERS, READ_AT_ONCE_MS } from './read-then-start.ts';
import { commandOption } from './shell-words.ts';
import { extendTaint, type Taint, taintSteps } from './taint.ts';
import { tellExecuted } from './tell.ts';

/**
 * Somebody's own script, or a program that no package brought, has just opened foreign content, and has a shell run a command as it
 * never did before that content came: the data held the order (a pickle, a provisioner, a macro of whatever format). A program that
 * is no script and was started in a folder of its own choosing may obey anything there: only a folder that the content brought along
 * counts. A guess, which weighs something only with what follows.
 */
export function judgeNewOrder(
  host: HostState,
  process: ProcessState,
  plan: ExecutionPlan,
  event: ProcessStarted,
): void {
  const { parent } = process;
  if (!plan.inline || parent === null || (process.classBits & CLASS.shell) === 0 || !hasHabits(parent)) return;
  const word = firstWord(process.argv);
  const habit = host.habits.of(parent);
  if (habit === undefined || word === '') return;
  const carry =
    process.controlled === null && (parent.classBits & HAS_HELPERS) === 0 && !isAskedFor(parent, word)
      ? parent.carries.findLast(each => isDataOf(host, parent, habit, each, event.time) && isNew(habit, word, each))
      : undefined;
  host.habits.ordered(parent, word, event.time);
  if (carry === undefined) return;
  const { object } = carry.taint.step;
  const why = 'it is the child of a program that opened the file just before';
  const step = stepOf(event, 'process.started', process, 'is started by the reader of', object, 'inferred', why);
  const onward = extendTaint(carry.taint, step);
  if (onward !== null) tellExecuted(host, process, onward, object, 'new-order', 'inferred', event);
}

/** The program that the command begins with; settings of variables stand before it. */
function firstWord(argv: readonly string[]): string {
  const text = argv[commandOption(argv) + 1] ?? '';
  return baseName(text.split(/[\s;&|(){}<>]+/).find(word => word !== '' && !/^\w+=/.test(word)) ?? '');
}

/** Its own words name it: whoever started the program asked for that. */
const isAskedFor = ({ argv }: ProcessState, word: string): boolean =>
  argv.some((each, i) => i > 0 && each.split(/[^\w./-]+/).some(part => baseName(part) === word));

function isDataOf(host: HostState, reader: ProcessState, habit: Habit, carry: Carry, now: EpochMs): boolean {
  const { taint, time } = carry;
  const { kind, pid, object } = taint.step;
  if (kind !== 'file.opened' || pid !== reader.pid || carry.strength !== 'observed' || !object.startsWith('/'))
    return false;
  if (taint.origin.kind === 'mailstore' || taint.curated || isVoid(host, taint) || now - time > READ_AT_ONCE_MS)
    return false;
  if (reader.script !== '') return object !== reader.script;
  return taint.archived && isWithin(object, reader.cwd) && !isUsualPlace(habit, reader.cwd, cameAt(taint));
}

/** It ran before the content was there, and then ordered no such thing. */
const isNew = (habit: Habit, word: string, { taint }: Carry): boolean =>
  habit.first < cameAt(taint) && !isUsual(habit, word, cameAt(taint));

/** When the file came to be where it was read. */
const cameAt = (taint: Taint): EpochMs =>
  taintSteps(taint).findLast(({ kind }) => kind !== 'file.opened')?.time ?? taint.origin.time;
