import { baseName } from '../core/paths.ts';
import type { FileMoved, ProcessStarted } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import { stepOf } from './carry.ts';
import type { FileState } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { isServiceManager } from './started-units.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';

const isScheduler = (process: ProcessState): boolean =>
  process.trusted && (process.classBits & CLASS.scheduler) !== 0 && !isServiceManager(process);

/** at(1) counts its jobs in this file, which belongs to no job. */
export const isJobCount = (path: string): boolean => path.startsWith('/var/spool/') && path.endsWith('/.SEQ');

/** A job daemon gives a job file the name under which it runs: atd(8) links `a00…` to `=00…`. No record shows it being read. */
export function noteTaken(host: HostState, process: ProcessState, job: FileState, event: FileMoved): void {
  if (!isScheduler(process) || event.kind === 'file.symlinked' || host.place(event.to.path).box !== '') return;
  for (const taint of job.taints) if (taint.origin.kind !== 'mailstore') host.jobs.add(process.pid, taint, event.time);
}

/**
 * A shell without any word, started by a job daemon or the child that this forked for the job, runs the job that was taken in hand
 * just before. Several may be: that child keeps what the job prints in a file of the job's name, as far as it is recorded.
 */
export function judgeJob(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const elders = ancestry(process, 3).slice(1).filter(isScheduler);
  const taken = elders.flatMap(elder => host.jobs.of(elder.pid, event.time));
  if (taken.length === 0) return;
  const output = elders.flatMap(({ writes }) => writes.map(({ file }) => jobName(file.path)));
  if (output.length === 0 && taken.length > 1) return;
  for (const taint of taken)
    if (output.length === 0 || output.includes(jobName(taint.step.object))) run(host, process, taint, event);
}

/** The first letter tells the queue, or that it runs. */
const jobName = (path: string): string => baseName(path).slice(1);

function run(host: HostState, process: ProcessState, taint: Taint, event: ProcessStarted): void {
  const why = 'a job daemon starts a shell on the job that it has just taken in hand';
  const job = taint.step.object.slice(taint.step.object.lastIndexOf(' ') + 1);
  const onward = extendTaint(taint, stepOf(event, 'process.input', process, 'is given the job', job, 'inferred', why));
  if (onward !== null) tellExecuted(host, process, onward, '', 'standard-input', 'inferred', event);
}
