import { dirName } from '../../core/paths.ts';
import type { HarvestCase, Transfer } from './case.ts';
import { isHidden } from './weigh.ts';

/**
 * A person runs by hand what a job of the same account did before, unchanged: the same program read the own mail of the same box, what
 * it left lies in the same folders, and the same command brought it to the same place. Returns that job; null where anything differs.
 */
export function jobRunByHand(found: HarvestCase, all: Iterable<HarvestCase>): HarvestCase | null {
  if (isScheduled(found) || found.transfers.length === 0 || found.further !== null || !isOwnOnly(found)) return null;
  for (const job of all) {
    if (job.host !== found.host || job.uid !== found.uid || !isScheduled(job) || !isOwnOnly(job)) continue;
    const folders = new Set(job.staged.filter(each => !isHidden(each.path)).map(({ path }) => dirName(path)));
    const isSame = found.transfers.every(one => job.transfers.some(other => isAgain(one, other)));
    if (isSame && found.staged.every(({ path }) => folders.has(dirName(path)))) return job;
  }
  return null;
}

const isScheduled = ({ context }: HarvestCase): boolean => context === 'cron' || context === 'systemd';
const isOwnOnly = ({ reads }: HarvestCase): boolean => [...reads.values()].every(({ own }) => own === true);

/** What left was read by the same program out of the same box, and the same command took it to the same place. */
function isAgain(one: Transfer, before: Transfer): boolean {
  if (one.taint === null || before.taint === null || before.time >= one.time) return false;
  const [ours, theirs] = [one.taint.origin, before.taint.origin];
  return (
    ours.program === theirs.program &&
    ours.box === theirs.box &&
    one.program === before.program &&
    one.command === before.command &&
    one.destination === before.destination
  );
}
