import { ancestry } from '../../state/ancestry.ts';
import type { HostState } from '../../state/host.ts';
import { groupsBefore, pipelineOf } from '../../state/pipelines.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS, programName } from '../../state/programs.ts';
import { commandOption } from '../../state/shell-words.ts';
import { encodersIn } from './payload.ts';

/** These run command lines out of their settings, and none that somebody types into them: apt.conf(5), githooks(5). */
const OWN_ORDERS = CLASS.packageManager | CLASS.versionControl;

/** A shell with one, `sh -c`: mail(1), python(1) and others mean something else by that word. */
const isCommandLine = ({ classBits, argv }: ProcessState): boolean =>
  (classBits & CLASS.shell) !== 0 && commandOption(argv) !== -1;

/**
 * The package manager or version control whose settings hold the command line that sends: nobody who types `apt-get install` orders
 * what its hooks do. A script of a package is no command line. '' when it is none.
 */
export function hookAbove(process: ProcessState): string {
  let below = process;
  let isOrdered = false;
  for (const each of ancestry(process)) {
    // system(3) and its like fork first: the copy that becomes the shell may be on record.
    if (!each.execSeen) continue;
    isOrdered ||= isCommandLine(each);
    // A line of commands, or a script that it starts, may have lines of its own: who had the first one run counts.
    if (isOrdered && !runsLines(each))
      return isCommandLine(below) && each.trusted && (each.classBits & OWN_ORDERS) !== 0 ? nameOf(each) : '';
    below = each;
  }
  return '';
}

const nameOf = (process: ProcessState): string => programName(programOf(process));

/** Shells and scripts; what has orders of its own is none, whatever language it is written in. */
const runsLines = ({ classBits }: ProcessState): boolean =>
  (classBits & (CLASS.shell | CLASS.interpreter)) !== 0 && (classBits & OWN_ORDERS) === 0;

/**
 * A delivery agent passes messages on, and its user's recipes may answer them. A command line of theirs that packs something for what it
 * sends (procmailrc(5), .forward, a sieve script) sends more than the message: that is the user's own job.
 */
export function addsToMail(process: ProcessState, host: HostState): boolean {
  const isOrdered = ancestry(process).slice(1).some(isCommandLine);
  return isOrdered && encodersIn([...pipelineOf(process), ...groupsBefore(process, host.processes)]).length > 0;
}
