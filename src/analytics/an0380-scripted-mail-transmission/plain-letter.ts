import { baseName } from '../../core/paths.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import { ancestry } from '../../state/ancestry.ts';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS, classOfPath, programName } from '../../state/programs.ts';
import { commandOption } from '../../state/shell-words.ts';

/** What only puts its own words into the pipeline. */
const SAYS: ReadonlySet<string> = new Set(['echo', 'printf']);

/**
 * A person's own login has the host's mail program write what stands in the line itself: `ssh host 'echo done | mail -s Done you'`. The
 * line is known and names nothing else: no file, no other program, nothing substituted.
 */
export function isPlainLetter(process: ProcessState, stages: readonly ProcessState[]): boolean {
  if (!process.trusted || (process.classBits & CLASS.sender) === 0 || process.carries.length > 0) return false;
  if (process.uid < PEOPLE_UID || process.auid !== process.uid || process.euid !== process.uid) return false;
  if (!stages.every(onlySays)) return false;
  const shell = ancestry(process, 4).find(each => (each.classBits & CLASS.shell) !== 0 && each.execSeen);
  const at = shell === undefined ? -1 : commandOption(shell.argv);
  return shell !== undefined && at > 0 && saysItself(shell.argv[at + 1] ?? '');
}

const onlySays = ({ execSeen, trusted, exe, classBits }: ProcessState): boolean =>
  !execSeen || (trusted && (SAYS.has(programName(exe)) || (classBits & CLASS.sender) !== 0));

const QUOTED = /"[^"]*"|'[^']*'/g;
const BETWEEN_COMMANDS = /\|\|?|&&|;|\n/;

function saysItself(line: string): boolean {
  if (/\$\(|`|\$\{/.test(line)) return false;
  const bare = line.replace(QUOTED, '_');
  if (/[<&(){}]/.test(bare.replaceAll('&&', ''))) return false;
  return bare.split(BETWEEN_COMMANDS).every(command => {
    const first = baseName(command.trim().split(/\s+/)[0] ?? '');
    return SAYS.has(first) || (classOfPath(first) & CLASS.sender) !== 0;
  });
}
