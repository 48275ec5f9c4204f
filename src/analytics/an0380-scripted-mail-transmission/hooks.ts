import type { EpochMs } from '../../core/time.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import { ancestry, findElder } from '../../state/ancestry.ts';
import { opensSessions } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import type { LoginRead } from '../../state/login-files.ts';
import { groupsBefore, pipelineOf } from '../../state/pipelines.ts';
import { idOf, type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS, isSystemPath, programName } from '../../state/programs.ts';
import { commandOption, leavesBehind } from '../../state/shell-words.ts';
import { encodersIn } from './payload.ts';

/** These run command lines out of their settings, and none that somebody types into them: apt.conf(5), githooks(5). */
const OWN_ORDERS = CLASS.packageManager | CLASS.versionControl;

/** A shell with one, `sh -c`: mail(1), python(1) and others mean something else by that word. */
const isCommandLine = ({ classBits, argv }: ProcessState): boolean =>
  (classBits & CLASS.shell) !== 0 && commandOption(argv) !== -1;

/** What stands between a job and what it sends: the line that a program had run, or a script. Plain data. */
export interface Via {
  /** Of the process that runs the line or the script. */
  readonly run: string;
  readonly pid: number;
  readonly time: EpochMs;
  readonly ref: Ref | null;
  readonly text: string;
  /** Of the process that had the line run, '' for a script. */
  readonly asked: string;
  /** Of the settings of a program that has lines in them; left in the background; or one that somebody may have typed. */
  readonly kind: 'settings' | 'left' | 'typed';
  /** The file of its person that a shell ran by itself; see login-files.ts of the state. */
  readonly login?: LoginRead;
}

/** The program whose settings hold the line that sends, '' when none is known. */
interface Order {
  readonly hook: string;
  readonly via: Via | null;
}

/**
 * The package manager or version control whose settings hold the command line that sends: nobody who types `apt-get install` orders
 * what its hooks do. A script of a package is no command line. Of any other program at a terminal (an editor, a pager) the line may be
 * one that somebody typed into it: see `hookOf`.
 */
export function orderAbove(process: ProcessState): Order {
  let below = process;
  let isOrdered = false;
  for (const each of ancestry(process)) {
    // system(3) and its like fork first: the copy that becomes the shell may be on record.
    if (!each.execSeen) continue;
    isOrdered ||= isCommandLine(each);
    // A line of commands, or a script that it starts, may have lines of its own: who had the first one run counts.
    if (isOrdered && !runsLines(each)) return isCommandLine(below) && each.trusted ? orderOf(each, below) : NONE;
    below = each;
  }
  const script = findElder(process, 6, elder => elder.script !== '' && !isSystemPath(elder.script));
  return script === undefined ? NONE : { hook: '', via: viaOf(script, script.script, '', 'typed') };
}

const NONE: Order = { hook: '', via: null };

function orderOf(by: ProcessState, shell: ProcessState): Order {
  const hook = nameOf(by);
  const line = lineOf(shell);
  if ((by.classBits & OWN_ORDERS) !== 0) return { hook, via: viaOf(shell, line, idOf(by), 'settings') };
  const isAtTerminal = shell.tty !== '' && shell.tty !== TTY_UNKNOWN;
  // What is told a line among its words, or opens sessions for people, has no say in it.
  if (!isAtTerminal || by.classBits & TOLD || opensSessions(by.exe)) return NONE;
  if (by.argv.some(word => word.includes(line))) return NONE;
  return { hook, via: viaOf(shell, line, idOf(by), leavesBehind(line) ? 'left' : 'typed') };
}

/** What runs whatever it is given, and mail programs, which have something of their own to send. */
const TOLD =
  CLASS.scheduler |
  CLASS.webServer |
  CLASS.desktop |
  CLASS.delivery |
  CLASS.mta |
  CLASS.sender |
  CLASS.mailClient |
  CLASS.transfer;

const lineOf = ({ argv }: ProcessState): string => argv[commandOption(argv) + 1] ?? '';

const viaOf = (process: ProcessState, text: string, asked: string, kind: Via['kind']): Via => ({
  run: idOf(process),
  pid: process.pid,
  time: process.execTime,
  ref: process.execRef,
  text: text.slice(0, 512),
  asked,
  kind,
});

/** As much of a send as this takes. */
interface Ordered {
  readonly hook: string;
  readonly via: Via | null;
  readonly encoders: readonly string[];
}

/**
 * One job's sends have one hook: it is part of what tells jobs apart. Of an editor, a pager it is one where the line packs something, and is left
 * in the background, or run by one start of the program after the other: what a person types once they do not type each time.
 */
export function hookOf(sends: readonly Ordered[]): string {
  const hook = sends[0]?.hook ?? '';
  if (sends.some(({ via }) => via === null || via.kind === 'settings')) return hook;
  const packs = sends.filter(({ encoders }) => encoders.length > 0).flatMap(({ via }) => via ?? []);
  return packs.some(({ kind }) => kind === 'left') || new Set(packs.map(({ asked }) => asked)).size > 1 ? hook : '';
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
