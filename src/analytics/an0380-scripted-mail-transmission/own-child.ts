import type { EpochMs } from '../../core/time.ts';
import type { ProcessState } from '../../state/processes.ts';
import { recipientsIn } from '../../state/recipients.ts';

/** As much of a send as this takes. */
interface Sent {
  readonly pid: number;
  readonly time: EpochMs;
  readonly recipients: readonly string[];
}

/** And of the process that may be its child. */
type Started = Pick<ProcessState, 'pid' | 'argv'> & { readonly parent: Pick<ProcessState, 'execSeen'> | null };

/** mutt(1) forks twice for its sendmail. */
const PIDS = 16;
const MS = 2000;

/**
 * A mail client hands what it sends to a submission program of its own. Where no record tells of the fork between, it is the one that was
 * started moments after for nobody else, by a process of which nothing is known.
 */
export function isOwnChild(process: Started, last: Sent, time: EpochMs): boolean {
  if (process.parent?.execSeen !== false) return false;
  const { pid, recipients } = last;
  if (process.pid <= pid || process.pid - pid > PIDS || time - last.time > MS) return false;
  return recipientsIn(process.argv).every(each => recipients.includes(each));
}
