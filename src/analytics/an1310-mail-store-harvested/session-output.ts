import { ancestry } from '../../state/ancestry.ts';
import type { RunContext } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import type { StoreRead } from '../../state/notices.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS, calledAs, programName } from '../../state/programs.ts';
import { redirectedTo } from '../../state/shell-outputs.ts';
import { extendTaint } from '../../state/taint.ts';
import { commandOf } from '../command-of.ts';
import type { HarvestCase, Printed, Transfer } from './case.ts';
import { foreignReads } from './weigh.ts';

/** Print what they read as it is (coreutils, cpio(1)), or are the host's end of a copy (sftp-server(8), scp(1)). */
const COPIES = new Set(['cat', 'dd', 'head', 'tail', 'cpio', 'pax', 'base64', 'xxd', 'od', 'sftp-server', 'scp']);

/**
 * A command given over SSH without a terminal prints to whoever gave it (sshd(8), LOGIN PROCESS), and one that a web server runs
 * prints into the page (RFC 3875, 6.2): what copies a store to its output, there, has sent it to the client. Whether that output
 * went into a file is only known afterwards.
 * Null for everything else: a terminal, a job, a program that looks for something in the store or counts.
 */
export function printedBy(notice: StoreRead, host: HostState, context: RunContext): Printed | null {
  const { process } = notice;
  const isWeb = context.kind === 'web' && isCommand(process);
  if ((context.kind !== 'unattended' && !isWeb) || !copies(process)) return null;
  if (!host.has('file:written') && redirectedTo(host, process).length > 0) return null;
  const session = host.sessions.peek(process.ses);
  const bySession = session !== undefined && isSshd(session.program);
  if (!isWeb && !bySession && !ancestry(process).some(elder => elder.trusted && isSshd(elder.exe))) return null;
  const peer = isWeb ? '' : (session?.address ?? '');
  const taint = extendTaint(notice.taint, {
    ...notice.taint.step,
    kind: 'session.output',
    verb: isWeb ? 'prints to the web server that runs it' : 'prints to the client of its session',
    object: peer,
    strength: 'inferred',
    why: isWeb
      ? 'a command that a web server runs prints into the page, and nothing here took the output up'
      : 'a command given over SSH without a terminal prints to its client, and nothing here took the output up',
  });
  if (taint === null) return null;
  const command = commandOf(process);
  return { time: notice.time, pid: process.pid, program: programOf(process), command, peer, taint, ref: notice.ref };
}

/** The case as it stands when its output is counted: as it is, where the data are known to have gone elsewhere, or a file took them. */
export function withOutput(found: HarvestCase): HarvestCase {
  const { printed } = found;
  if (printed === null || found.staged.length > 0) return found;
  // A whole tree is a copy of more than mail; with the mail of others in it, it is told: see pulled-whole.ts.
  if (found.broad && foreignReads(found).length === 0) return found;
  const { time, pid, program, command, peer, taint, ref } = printed;
  // That its own end of a copy (`rsync --server`) moves data says no more than this does, and not where to.
  const isItself = (transfer: Transfer): boolean => transfer.pid === pid && transfer.destination === '';
  if (found.transfers.some(transfer => !transfer.byWindow && !isItself(transfer))) return found;
  const strength = 'inferred';
  const why = taint.step.why;
  const sent = {
    time,
    pid,
    program,
    command,
    strength,
    byWindow: false,
    namesItsFile: false,
    byReader: false,
    takenAlong: false,
    gapMs: -1,
    why,
  } as const;
  return {
    ...found,
    transfers: [{ ...sent, destination: peer, servedAt: '', disk: '', also: [], taint, ref, contact: null }],
  };
}

/** The server, or a script that it keeps, had a shell do it: its own work it does itself. */
const isCommand = (process: ProcessState): boolean =>
  ancestry(process)
    .slice(1)
    .some(elder => elder.execSeen && (elder.classBits & CLASS.shell) !== 0 && elder.script === '');

const isSshd = (path: string): boolean => programName(path) === 'sshd' || programName(path) === 'sshd-session';

/** A program that its user could have written may do anything with what it reads. */
function copies(process: ProcessState): boolean {
  if (!process.trusted || process.classBits & (CLASS.archiver | CLASS.transfer)) return true;
  return COPIES.has(calledAs(process.exe, process.argv).name);
}
