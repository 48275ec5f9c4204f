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
/** A host's processes, by pid. */
interface ByPid {
  get(pid: number): ProcessState | undefined;
}

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

/**
 * The clients that may have started it so: a few pids lower, in the same login. They may have left their terminal for what they start
 * (setsid(2)), so that it looks like a job of its own.
 */
export function clientsBefore(process: ProcessState, byPid: ByPid): ProcessState[] {
  const found: ProcessState[] = [];
  if (process.parent?.execSeen !== false || process.ses < 0) return found;
  for (let pid = process.pid - 1; pid > 0 && pid >= process.pid - PIDS; pid--) {
    const client = byPid.get(pid);
    if (client?.isSender && client.ses === process.ses && client.uid === process.uid) found.push(client);
  }
  return found;
}
