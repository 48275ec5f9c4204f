import type { ProcessStarted } from '../events/host-events.ts';
import { isVoid } from './carry.ts';
import { commandFiles, saysWhatItRuns } from './command-files.ts';
import { opensSessions } from './context.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import { isLocalPlace } from './installed-programs.ts';
import { executed } from './judge-contents.ts';
import { type ProcessState, programOf } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import type { Taint } from './taint.ts';

/** Nobody gives an order this soon after a file was opened: what starts was in the file, or is the program's own way. */
export const READ_AT_ONCE_MS = 2000;

/**
 * Programs that start others in their everyday work on what they are given, by orders of their own; viewers and what runs code by
 * its nature are judged elsewhere.
 */
export const HAS_HELPERS =
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
  if (parent === null || process.controlled !== null) return;
  if (parent.carries.length === 0 && host.files.settings.size === 0) return;
  if ((process.classBits & (CLASS.shell | CLASS.interpreter)) === 0 || !isOrder(parent, process, plan)) return;
  // sshd(8) and its like look up keys and settings at each login, and what pam starts as root is their own: pam_motd(8).
  if (process.uid === 0 && opensSessions(parent.exe)) return;
  // socat(1), nc(1) hand what they read to a shell, where they are told to start one.
  const helpers = plan.fromInput || isSsh(parent) ? HAS_HELPERS & ~CLASS.transfer : HAS_HELPERS;
  // A client starts viewers for what it shows: only what its own settings have it start tells something.
  const isClient = (parent.classBits & CLASS.mailClient) !== 0;
  if (!parent.trusted || (!isClient && (parent.classBits & helpers) !== 0) || isLocalPlace(parent.exe)) return;
  const obeyed = settingObeyed(host, parent);
  if (obeyed !== null) executed(host, process, obeyed.taint, obeyed.path, 'spawned-by-reader', 'inferred', event);
  if (obeyed !== null || hasProgram(parent)) return;
  const carry = parent.carries.findLast(
    ({ taint, time }) =>
      taint.origin.kind !== 'mailstore' &&
      !isVoid(host, taint) &&
      event.time - time <= READ_AT_ONCE_MS &&
      !isOthersRead(parent, taint) &&
      (isSettings(host, parent, taint) || (!isClient && (mayBeOrders(parent) || isInput(parent, taint)))),
  );
  if (carry === undefined) return;
  const { kind, object } = carry.taint.step;
  const path = kind === 'file.opened' && object.startsWith('/') ? object : '';
  executed(host, process, carry.taint, path, 'spawned-by-reader', 'inferred', event);
}

/**
 * Foreign content lies in the folder of settings that bears the program's name: `/etc/logrotate.d`, `/etc/apt.conf.d`, `/etc/rsyslog.d`
 * for rsyslogd. Who reads what in /etc is seldom recorded; the program is made to obey it.
 */
function settingObeyed(
  host: HostState,
  { exe }: ProcessState,
): { readonly path: string; readonly taint: Taint } | null {
  if (host.files.settings.size === 0) return null;
  const name = programName(exe);
  for (const folder of [name, name.replace(/d$/, ''), `${name.split('-')[0]}.conf`]) {
    const state = host.files.settings.peek(`/etc/${folder}.d`);
    const taint = state?.taints.find(each => each.origin.kind !== 'mailstore' && !isVoid(host, each));
    if (state !== undefined && taint !== undefined) return { path: state.path, taint };
  }
  return null;
}

/** What it started read the file, and it only might have got that: a daemon that starts a command for each message knows none of them. */
const isOthersRead = (parent: ProcessState, { step }: Taint): boolean =>
  (step.kind === 'file.opened' || step.kind === 'store.read') &&
  step.pid !== parent.pid &&
  step.program !== programOf(parent);

/** No option of it names a file of orders, as far as is known: any file that it reads may be one. */
const mayBeOrders = ({ execSeen, exe }: ProcessState): boolean => !execSeen || !saysWhatItRuns(exe);

/**
 * ssh(1) starts a shell for nothing but what ssh_config(5) has: ProxyCommand, LocalCommand, Match exec. Its settings, and what they
 * include, lie with its keys.
 */
const isSsh = ({ exe }: ProcessState): boolean => programName(exe) === 'ssh';

/** What a mail client looks up in its user's home before it starts something: mailcap(5), its rc file (muttrc(5), aerc-config(5)). */
const CLIENTS_OWN = /^\.(?:mailcap|[\w-]*rc|(?:config|mutt|neomutt)\/.+)$/;

function isSettings(host: HostState, parent: ProcessState, { step }: Taint): boolean {
  if (step.kind !== 'file.opened' || step.pid !== parent.pid) return false;
  if (isSsh(parent)) return step.object.includes('/.ssh/');
  if ((parent.classBits & CLASS.mailClient) === 0) return false;
  const home = host.homes.split(step.object);
  return home !== null && CLIENTS_OWN.test(home.rest);
}

/** Opened by the shell that became this program: its standard input. Stamps of the kernel are too coarse to tell before from after. */
const isInput = (parent: ProcessState, { step }: Taint): boolean =>
  step.kind === 'file.opened' && step.pid === parent.pid && step.program !== programOf(parent);

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
