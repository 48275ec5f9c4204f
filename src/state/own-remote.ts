import { isLoopback } from '../core/loopback.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { acquire, isVoid, stepOf } from './carry.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';
import { commandOption } from './shell-words.ts';
import { extendTaint } from './taint.ts';

/** From the start of ssh to the command that it asked for: a password may be typed between. */
const ASKED_MS = MINUTE_MS;
/** What a shell opens for a command it opens just before. */
const OPENED_MS = 2000;

/**
 * ssh(1) to this very host hands its standard input to the command that it names, in another login, maybe as another account. The two
 * are joined by the words: sshd(8) has a shell run what ssh was given, word for word, and ssh spoke to this host and to none else.
 */
export function joinRemote(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const at = commandOption(process.argv);
  if (at < 0) return;
  const line = process.argv[at + 1];
  const session = host.sessions.peek(process.ses);
  if (line === undefined || !isLogin(session?.program ?? '', process.parent)) return;
  const asker = host.recent.findLast(
    each =>
      event.time - each.execTime <= ASKED_MS &&
      each.ses !== process.ses &&
      isToHere(each, session?.address) &&
      asks(each, line),
  );
  for (const { taint, time } of asker?.carries ?? []) {
    if (asker === undefined || taint.origin.kind === 'mailstore' || isVoid(host, taint)) continue;
    // Standard input is opened before ssh is; what it reads later are its keys and settings.
    if (time > asker.execTime || asker.execTime - time > OPENED_MS) continue;
    const why = 'ssh to this host was given these words, and hands its standard input to them';
    const step = stepOf(
      event,
      'process.input',
      process,
      'gets through ssh',
      'the standard input of ssh',
      'inferred',
      why,
    );
    const onward = extendTaint(taint, step);
    if (onward !== null) acquire(host, process, { taint: onward, time: event.time, strength: 'inferred', why }, event);
  }
}

/** The words behind the host's name, as ssh(1) joins them, whatever its file is called. */
function asks({ argv }: ProcessState, line: string): boolean {
  return argv.some((_, i) => i > 1 && argv.slice(i).join(' ') === line);
}

const isLogin = (program: string, parent: ProcessState | null): boolean =>
  DAEMONS.has(programName(program)) || (parent?.trusted === true && DAEMONS.has(programName(parent.exe)));
const DAEMONS = new Set(['sshd', 'sshd-session']);

/** It connected to a loopback address, or to the one that the login came from: who logs in to itself has the same at both ends. */
const isToHere = ({ connections }: ProcessState, from = ''): boolean =>
  connections.some(({ event }) => event.port > 0 && (isLoopback(event.address) || event.address === from));
