import { baseName } from '../../core/paths.ts';
import { ancestry } from '../../state/ancestry.ts';
import { saysWhatItRuns } from '../../state/command-files.ts';
import { inOwnContainer, isWebAccount, startsImages } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import { isLocalPlace } from '../../state/installed-programs.ts';
import { inLogin, type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';

/**
 * Whether a daemon of the system has a mail program started: by a shell that only starts the next program, as popen(3) and system(3) put one
 * in between (mdadm's monitor, smartd), or by scripts that none but root can write, in system places or below /etc.
 *
 * What a daemon is: a program in a place where packages install, that does one thing of its own, that pid 1 started outside any login, and
 * whose words name neither what it has started here nor a file in a place of people. Words that do are an order of whoever wrote them.
 */
export function isDaemonsOrder(host: HostState, sender: ProcessState): boolean {
  if (!sender.trusted || (sender.classBits & CLASS.sender) === 0 || inLogin(sender) !== false) return false;
  const chain = ancestry(sender);
  const at = chain.findIndex(({ pid }) => pid === 1) - 1;
  const daemon = chain[at];
  if (daemon === undefined || !isDaemon(daemon) || isWebAccount(host.userName(sender.uid))) return false;
  const started = chain.slice(0, at);
  if (isToldOf(daemon, started) || inOwnContainer(sender)) return false;
  if ([...started, daemon].some(each => host.installed.isNewByHand(programOf(each), sender.execTime))) return false;
  return started.slice(1).every((each, i) => passesOn(each, started[i] as ProcessState));
}

/** Of no class: what is known by its name does what it is told, or what strangers ask of it. */
const isDaemon = (process: ProcessState): boolean =>
  process.execSeen &&
  process.trusted &&
  process.classBits === 0 &&
  !isLocalPlace(programOf(process)) &&
  !startsImages(process) &&
  !saysWhatItRuns(process.exe);

/** Where people can put files. */
const OF_PEOPLE = /\/(?:home|tmp|shm|user)\//;

function isToldOf(daemon: ProcessState, started: readonly ProcessState[]): boolean {
  const names = started.flatMap(({ script, exe, argv }) => [script, exe, argv[0] ?? ''].map(baseName));
  return daemon.argv
    .slice(1)
    .some(word => OF_PEOPLE.test(word) || word.split(BETWEEN_NAMES).some(part => part !== '' && names.includes(part)));
}

const BETWEEN_NAMES = /[^\w.+-]/;

function passesOn(process: ProcessState, next: ProcessState): boolean {
  const { script, trusted, scriptOfRoot, classBits } = process;
  if (script !== '') return trusted || (scriptOfRoot && script.startsWith('/etc/'));
  return (classBits & CLASS.shell) !== 0 ? onlyStarts(process, next) : trusted && classBits === 0;
}

/** One command and its words: nothing is read, joined, substituted or done besides. */
const ONE_COMMAND = /^[\w./@:%+=,'" -]+(?:2>&1)?$/;

/** `sh -c "/usr/sbin/sendmail -t"`, where that is what it started; a script may have handed on to another since. */
function onlyStarts({ argv }: ProcessState, { script, argv: words, images }: ProcessState): boolean {
  const order = argv[2] ?? '';
  if (argv.length !== 3 || !ONE_COMMAND.test(order)) return false;
  const started = [script || (words[0] ?? ''), ...images].map(baseName);
  return started.includes(baseName(order.split(' ')[0] ?? ''));
}
