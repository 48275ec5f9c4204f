import { ID_UNSET, TTY_UNKNOWN } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import type { HostState } from './host.ts';
import { inLogin, isTypedAt, type ProcessState, programOf } from './processes.ts';
import { CLASS, isOfSite, isSystemPath, programName } from './programs.ts';
import { commandOption } from './shell-words.ts';

/** How a process came to run: what stands behind it. */
export interface RunContext {
  readonly kind:
    | 'interactive'
    | 'cron'
    | 'at'
    | 'systemd'
    | 'web'
    | 'mail-software'
    | 'detached'
    | 'unattended'
    | 'unknown'
    /** The source does not say whether a terminal was there, and no shell above it tells. */
    | 'unrecorded';
  /** Topmost process of the job or session: the one that the scheduler, login or daemon started. */
  readonly root: ProcessState;
  /** The job as people name it: its script, else its command line. */
  readonly job: string;
  /** The script in the line of descent that decides what is done, '' when there is none. */
  readonly script: string;
  /** Every program that decides lies in system places: a package's or administrator's job. */
  readonly systemOwned: boolean;
  /** One of these lies where a site puts its own (/usr/local, /opt), and no package does. */
  readonly ofSite: boolean;
  /** A service, as far as anything is recorded of it: see standsAlone. */
  readonly daemon: boolean;
}

const LOGIN = new Set([
  'sshd',
  'sshd-session',
  'login',
  'su',
  'sudo',
  'systemd-logind',
  'gdm-session-worker',
  'lightdm',
  'sddm-helper',
  'agetty',
  'mosh-server',
  'runuser',
]);
/** It gives a login, or a session of another account within one. */
export const opensSessions = (path: string): boolean => LOGIN.has(programName(path));
/** Accounts as which distributions run web servers and applications. */
const SERVICE_USERS = new Set(['www-data', 'apache', 'nginx', 'http', 'wwwrun', 'www', 'httpd', 'lighttpd', 'caddy']);
/** The account is one as which a web server runs. */
export const isWebAccount = (user: string): boolean => SERVICE_USERS.has(user);
const DETACHERS = new Set([
  'nohup',
  'setsid',
  'daemonize',
  'start-stop-daemon',
  'screen',
  'disown',
  'systemd-run',
  'batch',
]);

/** A program that starts another one apart from its terminal. */
export const isDetacher = (exe: string): boolean => DETACHERS.has(programName(exe));

export function contextOf(host: HostState, process: ProcessState): RunContext {
  const chain = ancestry(process);
  let cut = chain.length;
  let kind: RunContext['kind'] | null = null;
  for (let i = 1; i < chain.length && kind === null; i++) {
    kind = behind(chain[i] as ProcessState);
    if (kind !== null) cut = i;
  }
  const known: ProcessState[] = [];
  for (let i = 0; i < cut; i++) {
    const each = chain[i] as ProcessState;
    if (each.execSeen || each === process) known.push(each);
  }
  const root = known.at(-1) ?? process;
  const isWeb = process.tty === '' && isOfWebServer(host, process);
  const isOrphan = !isWeb && orphaned(process, chain, cut);
  const detached = known.some(isDetached) || isOrphan || hasOtherTerminal(host, process, chain);
  const session = host.sessions.peek(process.ses)?.program ?? '';
  const fromSession = programName(session);
  if (fromSession === 'cron' || fromSession === 'crond') kind = 'cron';
  else if (fromSession === 'atd') kind = 'at';
  // A login's process that pid 1 took over is no service: a terminal server, or a script left behind.
  if (kind === null || kind === 'interactive' || (kind === 'systemd' && isOrphan)) {
    if (detached) kind = 'detached';
    else if (process.tty === TTY_UNKNOWN) kind = withoutTerminalRecords(host, process, known, chain);
    else if (process.tty !== '') kind = 'interactive';
    else if (isWeb) kind = 'web';
    else if (process.ses !== ID_UNSET) kind = 'unattended';
    else kind = chain.some(isInit) ? 'systemd' : 'unknown';
  }
  const script = scriptOf(known, process);
  const systemOwned = ownedBySystem(host, known, process);
  const ofNobody = kind === 'systemd' || kind === 'unknown' || kind === 'unrecorded';
  const daemon = ofNobody && known.length === 1 && standsAlone(host, process);
  const ofSite = systemOwned && known.some(each => isOfSite(each.script || each.exe));
  return { kind, root, job: script || jobLine(root), script, systemOwned, ofSite, daemon };
}

/** A web server that somebody restarted by hand keeps that login; a login or a job of its own account is no work of the server. */
const isOfWebServer = (host: HostState, process: ProcessState): boolean =>
  isWebAccount(host.userName(process.uid)) && (inLogin(process) !== true || process.auid !== process.uid);

/** What does as it is told, by whoever tells it. */
const TOLD =
  CLASS.shell | CLASS.transfer | CLASS.sender | CLASS.mailClient | CLASS.fetcher | CLASS.packer | CLASS.versionControl;

/**
 * An installed program outside of every login with nothing above it but pid 1, or nothing that is recorded: a service. Of an
 * interpreter only where its start lies before the records, so that none tells what it runs.
 */
function standsAlone(host: HostState, process: ProcessState): boolean {
  if (!process.trusted || process.classBits & TOLD || ancestry(process, 6).some(startsImages)) return false;
  // Where no record tells of logins, what pid 1 started or what was there before belongs to none, as far as can be told.
  const login = inLogin(process);
  if (login === true || (login === null && process.execSeen && process.ppid !== 1)) return false;
  if (process.classBits & CLASS.interpreter && process.execSeen) return false;
  return !host.installed.isNewByHand(process.exe, process.execTime);
}

function withoutTerminalRecords(
  host: HostState,
  process: ProcessState,
  known: readonly ProcessState[],
  chain: readonly ProcessState[],
): RunContext['kind'] {
  if (known.some(isTypedAt)) return 'interactive';
  if (inLogin(process) === true) return 'unrecorded';
  if (isWebAccount(host.userName(process.uid))) return 'web';
  return chain.some(isInit) ? 'systemd' : 'unrecorded';
}

const isInit = ({ pid }: ProcessState): boolean => pid === 1;

const isDetached = ({ exe, images }: ProcessState): boolean => isDetacher(exe) || images.some(isDetacher);

/** A sender that is a script itself decides nothing. */
function scriptOf(known: readonly ProcessState[], process: ProcessState): string {
  for (const each of known)
    if (each.script !== '' && (each !== process || (each.classBits & CLASS.sender) === 0)) return each.script;
  return '';
}

function behind(process: ProcessState): RunContext['kind'] | null {
  const { classBits } = process;
  const name = programName(process.exe);
  if (classBits & CLASS.scheduler && name !== 'systemd') return name === 'atd' ? 'at' : 'cron';
  if (classBits & CLASS.webServer) return 'web';
  if (process.trusted && classBits & (CLASS.delivery | CLASS.mta) && (classBits & CLASS.sender) === 0)
    return 'mail-software';
  if (LOGIN.has(name)) return 'interactive';
  return name === 'systemd' || process.pid === 1 ? 'systemd' : null;
}

/** It, or the top of what is known of it, was taken over by pid 1 while it belongs to a login session. */
function orphaned(process: ProcessState, chain: readonly ProcessState[], cut: number): boolean {
  if (inLogin(process) !== true) return false;
  for (let i = 0; i < cut; i++) if ((chain[i] as ProcessState).ppid === 1) return true;
  return false;
}

const ONE_TERMINAL = new Set(['sshd', 'sshd-session', 'login', 'agetty']);

/**
 * A login over ssh or at a console has one terminal, and everything in it descends from there. What has another terminal and
 * another origin runs in one that a program made (tmux, screen), though no record tells of that program.
 */
function hasOtherTerminal(host: HostState, process: ProcessState, chain: readonly ProcessState[]): boolean {
  const own = host.terminals.peek(process.ses);
  if (own === undefined || process.tty === '' || process.tty === own.tty) return false;
  const session = host.sessions.peek(process.ses);
  // sudo(8) gives what it starts a terminal of its own.
  if (session === undefined || session.within || !ONE_TERMINAL.has(programName(session.program))) return false;
  return chain.at(-1)?.pid !== own.top;
}

function jobLine(root: ProcessState): string {
  const at = root.classBits & CLASS.shell ? commandOption(root.argv) : -1;
  if (at > 0) return (root.argv[at + 1] ?? '').trim().slice(0, 256);
  return root.argv.length > 0 ? root.argv.join(' ').slice(0, 256) : programOf(root);
}

const CONTAINER_RUNTIMES = new Set([
  'containerd-shim',
  'containerd-shim-runc-v2',
  'containerd-shim-runc-v1',
  'runc',
  'crun',
  'conmon',
  'lxc-start',
  'systemd-nspawn',
]);

/** Tools with which anybody puts a program among other files than the host's: bwrap(1), unshare(1), firejail(1), chroot(1). */
const SANDBOXES = new Set(['bwrap', 'unshare', 'firejail', 'chroot', 'nsenter', 'proot', 'podman']);
const isSandbox = (path: string): boolean => SANDBOXES.has(programName(path));

/** What it runs may lie anywhere: in such a tool's hands a folder of a home is called /app, or /usr/lib. */
export const inOwnContainer = (process: ProcessState): boolean =>
  ancestry(process, 6).some(({ exe, images }) => isSandbox(exe) || images.some(isSandbox));

/** The script lies where the system's do, as far as its place says anything. */
export const isSystemScript = (process: ProcessState): boolean =>
  isSystemPath(process.script) && (process.trusted || !inOwnContainer(process));

/** It starts whatever an image holds: that it is a system program vouches for nothing that it starts. */
export const startsImages = ({ exe }: ProcessState): boolean =>
  CONTAINER_RUNTIMES.has(exe.slice(exe.lastIndexOf('/') + 1));

/**
 * The programs above the sender are all system programs, and something more than a bare command line decides: a script in
 * a system place that was there before. A command line in a crontab is nobody's package.
 */
function ownedBySystem(host: HostState, known: readonly ProcessState[], process: ProcessState): boolean {
  let decided = false;
  for (const [index, each] of known.entries()) {
    // system(3) of a script is the script's own line: the script is judged.
    if (each.classBits & CLASS.shell && each.script === '' && (known[index + 1]?.script ?? '') !== '') continue;
    // A sender that is a script itself decides nothing: who calls it does.
    if (each === process && (each.script === '' || each.classBits & CLASS.sender)) {
      // Its user could have put anything in its place.
      if (each.execSeen && !each.trusted && each.script === '') return false;
      continue;
    }
    if (each.scriptOfPerson || (each.script !== '' && !isSystemScript(each))) return false;
    if (!isSystemPath(each.exe)) return false;
    if (host.installed.isNewByHand(each.script || each.exe, process.execTime)) return false;
    if (each.script !== '') decided = true;
    else if (!decided && each.classBits & (CLASS.shell | CLASS.interpreter)) return false;
  }
  return (
    decided ||
    (known.length > 1 &&
      known
        .slice(1)
        .every(
          each => !startsImages(each) && (each.classBits & (CLASS.shell | CLASS.interpreter)) === 0 && each.trusted,
        ))
  );
}
