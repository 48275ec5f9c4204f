import type { HostState } from '../../state/host.ts';
import type { ProcessState } from '../../state/processes.ts';
import { programName } from '../../state/programs.ts';
import { redirectedTo } from '../../state/shell-outputs.ts';
import type { World } from '../../state/world.ts';
import { NOTICE_BYTES } from './limits.ts';
import { isSchedulersMail, isSchedulersOwn } from './mail-software.ts';
import { isExternal, type Outcome, recipientsOf } from './outcome.ts';
import { encodersIn } from './payload.ts';

/** What a job printed, which cron mails: the job's own process, and what packed and printed in it. */
export interface Printed {
  readonly job: ProcessState;
  readonly packers: readonly string[];
}

const DEPTH = 4;
const STAGES_MAX = 64;

/**
 * cron(8) mails what a job prints. Its process starts the job, and then the mail program: whose output it is, their common parent tells.
 * null where nothing packs, where what packs prints into a file, or where the mail is for an account of this host.
 */
export function printedFor(sender: ProcessState, host: HostState): Printed | null {
  const { parent } = sender;
  if (parent === null || !isOfScheduler(sender, parent, host)) return null;
  if (!sender.argv.some(word => word.includes('@'))) return null;
  for (const job of parent.recentChildren) {
    if (job === sender || job.isSender || job.ses !== sender.ses || job.start > sender.start) continue;
    const packers = encodersIn(within(job).filter(each => redirectedTo(host, each).length === 0));
    if (packers.length > 0) return { job, packers };
  }
  return null;
}

/** Of a scheduler that was there before the records only the session tells which one it is. */
const isOfScheduler = (sender: ProcessState, parent: ProcessState, host: HostState): boolean =>
  isSchedulersOwn(sender) ||
  (parent.exe === '' &&
    !parent.execSeen &&
    isSchedulersMail(sender) &&
    SCHEDULERS.has(programName(host.sessions.peek(sender.ses)?.program ?? '')));

const SCHEDULERS: ReadonlySet<string> = new Set(['cron', 'crond']);

function within(job: ProcessState): readonly ProcessState[] {
  const found: ProcessState[] = [job];
  let level: readonly ProcessState[] = [job];
  for (let depth = 0; depth < DEPTH && found.length < STAGES_MAX; depth++) {
    level = level.flatMap(({ recentChildren }) => recentChildren).filter(each => !found.includes(each));
    found.push(...level);
  }
  return found;
}

/** What cron mails to people here, or in a few words, is its usual mail. */
export const withoutUsual = (outcomes: readonly Outcome[], world: World): readonly Outcome[] =>
  outcomes.filter(each => !each.send.printed || isMoreThanNotice(each, world));

/** It is larger than a notice, and goes outside only. */
export function isMoreThanNotice(outcome: Outcome, world: World): boolean {
  const to = recipientsOf(outcome);
  const bytes = outcome.message?.sizeBytes ?? -1;
  return bytes >= NOTICE_BYTES && to.length > 0 && to.every(address => isExternal(address, world));
}
