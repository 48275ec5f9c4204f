import { findElder } from '../../state/ancestry.ts';
import { isSystemScript, startsImages } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS, isSystemPath } from '../../state/programs.ts';
import { commandOption } from '../../state/shell-words.ts';

/** A program that its user could have put there: what the job above it usually does says nothing of it. */
export const isOfItsUser = ({ execSeen, trusted, classBits }: ProcessState): boolean =>
  execSeen && !trusted && (classBits & (CLASS.sender | CLASS.shell | CLASS.interpreter)) === 0;

/** What decided to send is a command line, a script that a user can write, or one that somebody lately put in place. */
export function decidedByUser(host: HostState, process: ProcessState): boolean {
  if (isOfItsUser(process)) return true;
  let each: ProcessState | null = process;
  for (let depth = 0; depth < 6 && each !== null && (each.classBits & CLASS.scheduler) === 0; depth++) {
    if (!each.trusted || (each.classBits & CLASS.sender) === 0) {
      if (each.script !== '') return !isSystemScript(each) || host.installed.isNewByHand(each.script, process.execTime);
      // Typed lines are told by the terminal; what at(1) or a pipe feeds to a shell is as much somebody's own.
      if (each.readsProgramFromInput && each.tty === '') return true;
      // system(3) of a script is the script's own line.
      if (each.classBits & CLASS.shell && commandOption(each.argv) !== -1 && !hasScript(each.parent)) return true;
      if (!isSystemPath(each.exe) && each.exe !== '') return true;
    }
    each = each.parent;
  }
  // An installed program does its own work; what an image calls installed anybody built.
  return findElder(process, 6, startsImages) !== undefined;
}

const hasScript = (process: ProcessState | null): boolean => (process?.script ?? '') !== '';
