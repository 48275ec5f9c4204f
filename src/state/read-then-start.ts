import type { EpochMs } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
import { commandFiles, saysWhatItRuns } from './command-files.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import { isLocalPlace } from './installed-programs.ts';
import { executed } from './judge-contents.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

/** Nobody gives an order this soon after a file was opened: what starts was in the file, or is the program's own way. */
const AT_ONCE_MS = 2000;

/**
 * Programs that start others in their everyday work on what they are given, by orders of their own; viewers and what runs code by
 * its nature are judged elsewhere.
 */
const HAS_HELPERS =
  CLASS.shell |
  CLASS.mailClient |
  CLASS.browser |
  CLASS.messenger |
  CLASS.viewer |
  CLASS.archiver |
  CLASS.transfer |
  CLASS.sender |
  CLASS.versionControl |
  CLASS.packageManager |
  CLASS.build |
  CLASS.compiler |
  CLASS.desktop |
  CLASS.delivery |
  CLASS.mta |
  CLASS.storeService |
  CLASS.storeTool |
  CLASS.fetcher |
  CLASS.filter |
  CLASS.backup |
  CLASS.scheduler |
  CLASS.webServer;

/**
 * An installed program has just read foreign content, and starts a shell or an interpreter whose program its own words did not
 * order: an editor's script, a debugger's or a database's command, a configuration that names a command. Whatever the program is
 * called, the content had a hand in it. A guess: it weighs something only with what follows.
 */
export function judgeReaderChild(
  host: HostState,
  process: ProcessState,
  plan: ExecutionPlan,
  event: ProcessStarted,
): void {
  const { parent } = process;
  if (parent === null || parent.carries.length === 0 || process.controlled !== null) return;
  if ((process.classBits & (CLASS.shell | CLASS.interpreter)) === 0 || !isOrder(parent, process, plan)) return;
  // socat(1), nc(1) hand what they read to a shell, where they are told to start one.
  const helpers = plan.fromInput ? HAS_HELPERS & ~CLASS.transfer : HAS_HELPERS;
  if (!parent.trusted || (parent.classBits & helpers) !== 0 || isLocalPlace(parent.exe) || hasProgram(parent)) return;
  for (const { taint, time } of parent.carries)
    if (
      taint.origin.kind !== 'mailstore' &&
      !isVoid(host, taint) &&
      event.time - time <= AT_ONCE_MS &&
      mayOrder(parent, time)
    )
      executed(host, process, taint, '', 'spawned-by-reader', 'inferred', event);
}

/** Opened before the program began, it is its input; opened by a program whose options would name a file of orders, it is data. */
const mayOrder = ({ execSeen, exe, execTime }: ProcessState, read: EpochMs): boolean =>
  !execSeen || !saysWhatItRuns(exe) || read < execTime;

/** Given a program by words of its own: what it reads besides is data to that. */
const hasProgram = ({ script, classBits, exe, argv, cwd }: ProcessState): boolean =>
  script !== '' || (classBits & CLASS.interpreter) !== 0 || commandFiles(exe, argv, cwd).length > 0;

/** A program on the command line that is not in the words of who starts it; or a plain interpreter that gets it on its input. */
function isOrder(parent: ProcessState, process: ProcessState, plan: ExecutionPlan): boolean {
  if (plan.fromInput) return process.argv.length === 1;
  if (!plan.inline) return false;
  const [command] = wordsOf(process.argv.slice(1).find(word => !word.startsWith('-')) ?? '');
  return command !== undefined && !parent.argv.slice(1).flatMap(wordsOf).includes(command);
}

const wordsOf = (text: string): string[] => text.split(/[^\w./-]+/).filter(word => word !== '');
