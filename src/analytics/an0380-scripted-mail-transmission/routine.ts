import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import { isWebAccount } from '../../state/context.ts';
import type { World } from '../../state/world.ts';
import { isLoopback, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';
import type { SendJob } from './send.ts';

/** What is handed to the own MTA so small holds no data to speak of, packed or not. */
const LITTLE_BYTES = 2048;
const REPORT_BYTES = 16 * 1024;
const ALIKE = 3;
/** Sends that are nearer to one another than this are of one run. */
const RUN_MS = HOUR_MS / 2;
const MOSTLY = 3 / 4;

/**
 * A program of root's, which the service manager or cron starts under an account of its own that no person has: it reads what that
 * account may, and writes by the host's own MTA. No interpreter of a line, nothing that came from outside, nothing of a mail store.
 */
export function isServiceWriting(job: SendJob, outcomes: readonly Outcome[], world: World): boolean {
  const ofService = job.context === 'systemd' || job.context === 'cron';
  const ofAccount = job.uid > 0 && job.uid < PEOPLE_UID && !isWebAccount(world.userName(job.host, job.uid));
  return ofService && ofAccount && job.systemOwned && outcomes.every(writesByOwnMta);
}

/** What a service's sends come to once they are seen so: data that it packed counts only where there can be any. */
export function withoutLittle(outcomes: readonly Outcome[], routine: boolean): readonly Outcome[] {
  return outcomes.map(each =>
    routine || isLittle(each) ? { ...each, send: { ...each.send, encoders: [], packedBefore: [] } } : each,
  );
}

const writesByOwnMta = ({ send, message }: Outcome): boolean =>
  message !== null &&
  message.sizeBytes >= 0 &&
  !send.inline &&
  send.broughtIn === null &&
  send.storeOwner === '' &&
  send.smtp.every(each => isLoopback(each.destination));

const sizeOf = ({ message }: Outcome): number => message?.sizeBytes ?? -1;

/** What it packed goes along in so few bytes that nothing but a short report can be in there, as the MTA counted. */
const isLittle = (outcome: Outcome): boolean => sizeOf(outcome) >= 0 && sizeOf(outcome) <= LITTLE_BYTES;

/**
 * Of a service's sends: it runs day by day at the same hour and writes reports of like size to recipients most of whom it wrote to in a
 * run before. Who is written to on some days only is no novelty, as long as the run is the same.
 */
export function isRoutine(outcomes: readonly Outcome[], established: number): boolean {
  const sizes = outcomes.map(sizeOf);
  if (Math.min(...sizes) < 0 || Math.max(...sizes) > REPORT_BYTES) return false;
  if (Math.max(...sizes) > ALIKE * Math.min(...sizes)) return false;
  const runs = runsOf(outcomes);
  if (runs.length <= established) return false;
  const times = runs.map(startOf);
  return times.every((time, i) => i === 0 || isDaysLater(time, times[i - 1] as number)) && isMostlyKnown(runs);
}

type Run = readonly Outcome[];

function runsOf(outcomes: readonly Outcome[]): Run[] {
  const runs: Outcome[][] = [];
  for (const outcome of [...outcomes].sort((a, b) => a.send.time - b.send.time)) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && outcome.send.time - last.send.time < RUN_MS) runs.at(-1)?.push(outcome);
    else runs.push([outcome]);
  }
  return runs;
}

const startOf = (run: Run): number => run[0]?.send.time ?? 0;

/** A day or some days later, within an hour of the same time of day. */
function isDaysLater(time: number, before: number): boolean {
  const days = Math.round((time - before) / DAY_MS);
  return days > 0 && Math.abs(time - before - days * DAY_MS) <= HOUR_MS;
}

function isMostlyKnown(runs: readonly Run[]): boolean {
  const seen = new Set<string>();
  let known = 0;
  let later = 0;
  for (const [index, run] of runs.entries()) {
    const boxes = new Set(run.flatMap(recipientsOf).map(mailboxIn));
    if (index > 0) {
      later += boxes.size;
      for (const box of boxes) if (seen.has(box)) known += 1;
    }
    for (const box of boxes) seen.add(box);
  }
  return later > 0 && known >= MOSTLY * later;
}
