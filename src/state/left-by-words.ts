import type { ProcessStarted } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { setsTable } from './job-tables.ts';
import { notify } from './notify.ts';
import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';

/**
 * What runs for an outsider tells a program of the system to keep a job: crontab(1) and at(1) take it and write it down themselves. Where
 * a record shows that file, it takes the place of this.
 */
export function leftByWords(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { controlled, trusted } = process;
  if (controlled === null || !trusted) return;
  const path = jobsOf(process, host.userName(process.uid) || `${process.uid}`);
  if (path === '') return;
  notify(host, process, event, {
    kind: 'persistence.written',
    taint: controlled,
    path,
    strength: 'inferred',
    byWords: true,
  });
}

/** Where Debian keeps them; '' where it is told no job. */
function jobsOf({ exe, argv }: ProcessState, user: string): string {
  const name = programName(exe);
  if (name === 'crontab') return argv.length > 1 && setsTable(argv) ? `/var/spool/cron/crontabs/${user}` : '';
  const isNewJob = (name === 'at' && argv.length > 1 && !argv.some(word => LISTS.test(word))) || name === 'batch';
  return isNewJob ? '/var/spool/cron/atjobs' : '';
}

/** at(1): lists, removes, prints a job; says its version. */
const LISTS = /^-[a-zA-Z]*[lrdcVb]/;
