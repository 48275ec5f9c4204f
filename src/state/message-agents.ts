import { byWords } from '../core/by-words.ts';
import { ID_UNSET, type ProcessStarted } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { giveBack } from './late-parent.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, programName } from './programs.ts';

/**
 * Exim delivers each message in a process of its own, whose words name it: `exim -Mc ID` (exim(8)). A command that it pipes the
 * message to is started by a fork of that, of which no record tells.
 */
export const queueIdOf = ({ exe, argv, trusted }: ProcessState): string =>
  trusted && EXIM.has(programName(exe)) ? idIn(argv) : '';

const EXIM = new Set(['exim', 'exim4']);
const ID = /^[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}$/;

const idIn = byWords((argv): string => {
  const id = argv[argv.indexOf('-Mc') + 1] ?? '';
  return argv.includes('-Mc') && ID.test(id) ? id : '';
});

/** The delivery program above a process that starts: its parent, or the one whose fork the parent is. */
export function agentAbove(host: HostState, process: ProcessState, event: ProcessStarted): ProcessState | null {
  const { parent } = process;
  if (parent === null) return null;
  if (parent.execSeen || process.auid !== ID_UNSET || process.tty !== '') return isAgent(parent) ? parent : null;
  if (isAgent(parent)) return parent;
  const known = parent.parent;
  const elder = known === null || parent.parentGuessed ? nearer(known, deliveryBefore(host, parent, event)) : known;
  if (elder === null || queueIdOf(elder) === '' || (parent.exe !== '' && parent.exe !== elder.exe)) return null;
  if (known !== elder) giveBack(parent, elder);
  return elder;
}

/** Of two that might have forked it, the one numbered next below it. */
const nearer = (a: ProcessState | null, b: ProcessState | null): ProcessState | null =>
  a === null || (b !== null && b.pid > a.pid) ? b : a;

const isAgent = (process: ProcessState): boolean =>
  process.trusted && ((process.classBits & CLASS.delivery) !== 0 || queueIdOf(process) !== '');

/** Forks get the next numbers, and a message is handed out moments after its delivery began. */
const FORK_PIDS = 8;
const FORK_MS = 5000;

function deliveryBefore(host: HostState, { pid }: ProcessState, { time }: ProcessStarted): ProcessState | null {
  for (let lower = pid - 1; lower > 0 && lower >= pid - FORK_PIDS; lower--) {
    const each = host.processes.get(lower);
    if (each === undefined || each.ended || !each.execSeen || queueIdOf(each) === '') continue;
    return time - each.execTime <= FORK_MS ? each : null;
  }
  return null;
}

/** The message that delivery handed to it, or to a program that it descends from. */
export function handedMessage(process: ProcessState): ProcessState['carries'][number] | undefined {
  let level = process.parent;
  for (let depth = 0; depth < DEPTH_MAX && level !== null; depth++, level = level.parent) {
    const carry = level.carries.find(
      ({ taint: { origin } }) => origin.kind === 'mail' && origin.basis === 'delivery-pipe',
    );
    if (carry !== undefined) return carry;
  }
  return undefined;
}

const DEPTH_MAX = 6;
