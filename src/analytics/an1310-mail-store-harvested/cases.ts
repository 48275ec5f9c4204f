import { BoundedMap } from '../../core/bounded-map.ts';
import { baseName, isWithin } from '../../core/paths.ts';
import { ancestry } from '../../state/ancestry.ts';
import { contextOf, type RunContext } from '../../state/context.ts';
import { actingUid } from '../../state/elevation.ts';
import { isFewLetters, singlesOut } from '../../state/few-letters.ts';
import type { HostState } from '../../state/host.ts';
import type {
  Notice,
  SenderStarted,
  StoreRead,
  StoreStaged,
  StoreTransferred,
  TransferStarted,
} from '../../state/notices.ts';
import { isOwnClient, isReaderAgain } from '../../state/own-client.ts';
import { settingsOfTheMoment } from '../../state/own-settings.ts';
import { isOwnMail } from '../../state/ownership.ts';
import { MARK } from '../../state/path-marks.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import { isBookkeeping } from '../../state/store-keepers.ts';
import { PUTS, type Taint } from '../../state/taint.ts';
import { archiveMade, argumentPaths, copiesHere, holdsData } from '../../state/tool-words.ts';
import type { World } from '../../state/world.ts';
import { commandOf } from '../command-of.ts';
import { isBroad } from './broad.ts';
import type { BoxRead, HarvestCase, Transfer } from './case.ts';
import { destinationsIn } from './destinations.ts';
import { furtherWith } from './further.ts';
import { LEFT_MAX } from './sent-boxes.ts';
import { printedBy } from './session-output.ts';
import { nameTaken } from './taken-file.ts';

const CASES_MAX = 10_000;
const BOXES_MAX = 32;
const STEPS_MAX = 8;
const NAMED_MAX = 8;
const WORDS_MS = 5000;
const COPIED_MAX = 64;

export class HarvestCases {
  cases = new BoundedMap<string, HarvestCase>(CASES_MAX);
  byOrigin = new BoundedMap<string, string>(CASES_MAX * 4);
  /** Session or job -> case, for transfers that only time joins. */
  bySession = new BoundedMap<string, string>(CASES_MAX);
  readonly #windowMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  take(notice: Notice, world: World): void {
    const host = world.hosts.get(notice.host);
    if (host === undefined) return;
    if (notice.kind === 'store.read') this.#read(notice, host, world);
    else if (notice.kind === 'store.staged') this.#staged(notice, host);
    else if (notice.kind === 'store.transferred') this.#transferred(notice, host, world);
    else if (notice.kind === 'transfer.started' || notice.kind === 'sender.started') this.#byWindow(notice, host);
  }

  #read(notice: StoreRead, host: HostState, world: World): void {
    const { process } = notice;
    const context = contextOf(host, process);
    const session = sessionKey(process, context);
    const uid = actingUid(process);
    const key = `${notice.host}\0${uid}\0${session}`;
    let found = this.cases.peek(key);
    if (found === undefined) {
      found = {
        key,
        host: notice.host,
        uid,
        ses: process.ses,
        context: context.kind,
        job: context.job,
        systemOwned: context.systemOwned,
        broad: false,
        backupProgram: false,
        elevated: false,
        byOwnClient: true,
        scripted: false,
        singledOut: true,
        settings: '',
        reads: new Map(),
        staged: [],
        takenOver: null,
        transfers: [],
        left: [],
        copied: new Map(),
        further: null,
        last: notice.time,
        printed: null,
        watch: world.seen(notice.host, 'network.connected')
          ? null
          : world.network.watch(notice.host, notice.time, this.#windowMs),
      };
      this.cases.set(key, found);
    }
    this.byOrigin.set(notice.taint.origin.id, key);
    this.bySession.set(key, key);
    found.last = notice.time;
    found.printed ??= printedBy(notice, host, context);
    found.broad ||= isBroad(host, process, notice.box);
    found.elevated ||= process.uid === 0 && uid !== 0;
    found.byOwnClient &&= isOwnClient(process);
    found.scripted ||= !process.trusted && (process.classBits & (CLASS.shell | CLASS.interpreter)) !== 0;
    found.singledOut &&= singlesOut(process, notice.path, notice.box);
    found.settings ||= settingsOfTheMoment(process);
    found.backupProgram ||= (isScheduled(context) ? ancestry(process, 4) : [process]).some(isBackup);
    if (found.reads.size >= BOXES_MAX && !found.reads.has(notice.box)) return;
    const held = found.reads.get(notice.box);
    if (
      held !== undefined &&
      (held.taint.origin.strength === 'observed' || notice.taint.origin.strength === 'inferred')
    )
      return;
    const own = isOwnMail(host, process, uid, notice);
    found.reads.set(notice.box, {
      box: notice.box,
      owner: notice.owner,
      time: notice.time,
      pid: process.pid,
      program: programOf(process),
      own,
      taint: notice.taint,
    });
  }

  #staged(notice: StoreStaged, host: HostState): void {
    const found = this.#caseOf(notice.taint);
    if (found === undefined) return;
    const { process, path, taint } = notice;
    if (notice.takenOver === true) {
      found.takenOver ??= { path, taint };
      return;
    }
    if (isBookkeeping(host, process, path, taint.origin)) return;
    if (found.copied.size < COPIED_MAX) found.copied.set(taint.origin.id, taint.origin.pid);
    // A record of a file there is surer than the words that name it or its folder.
    const isRecord = taint.step.verb !== PUTS;
    const isSurer = taint.step.strength === 'observed';
    const isLess = (held: HarvestCase['staged'][number]): boolean =>
      (held.pid === process.pid ? isWithin(path, held.path) : path === held.path && held.taint.step.verb === PUTS) &&
      (held.taint.step.verb === PUTS
        ? isRecord
        : isSurer && path !== held.path && held.taint.step.strength === 'inferred');
    const at = found.staged.findIndex(isLess);
    if (at < 0 && found.staged.some(step => step.path === path)) return;
    if (at < 0 && found.staged.length >= STEPS_MAX) return;
    found.staged.splice(at < 0 ? found.staged.length : at, 1, { time: notice.time, pid: process.pid, path, taint });
  }

  #transferred(notice: StoreTransferred, host: HostState, world: World): void {
    const found = this.#caseOf(notice.taint);
    if (found === undefined) return;
    const { process } = notice;
    nameTaken(found, notice.taint);
    noteLeft(found, notice.taint, host);
    const named = destinationsIn(process);
    const destination = notice.destination || (named[0] ?? '');
    const at = found.transfers.findIndex(
      seen => seen.pid === process.pid && (seen.destination === destination || notice.destination === ''),
    );
    // The same transfer seen more surely replaces what was inferred of it.
    const held = found.transfers[at];
    if (held !== undefined && !held.byWindow && (held.strength === 'observed' || notice.strength === 'inferred'))
      return;
    const transfer: Transfer = {
      time: notice.time,
      pid: process.pid,
      program: programOf(process),
      command: commandOf(process),
      strength: notice.strength,
      byWindow: false,
      namesItsFile: false,
      byReader: process.controlled === null && ancestry(process).some(each => isReaderAgain(each, notice.taint.origin)),
      takenAlong: isScheduledRoot(host, process) && found.staged.some(step => isBroad(host, process, step.path)),
      gapMs: -1,
      why: notice.why,
      destination: notice.servedAt === '' ? destination : '',
      servedAt: notice.servedAt,
      disk: '',
      // What is installed goes where its words say; of anything else they prove nothing, and only what is first stands for it.
      also: named.filter((_, i) => i > 0 || process.trusted).slice(0, NAMED_MAX),
      taint: notice.taint,
      ref: notice.ref,
      contact: notice.destination === '' ? null : world.network.contactAt(notice.host, notice.time),
    };
    if (held === undefined && found.transfers.length >= STEPS_MAX) found.further = furtherWith(found, transfer);
    else if (held === undefined) found.transfers.push(transfer);
    else found.transfers[at] = transfer;
  }

  /** On hosts that do not record writes, a tool that uploads, started in the same session soon after the read. */
  #byWindow(notice: TransferStarted | SenderStarted, host: HostState): void {
    if (host.has('file:written')) return;
    const { process } = notice;
    const isData = holdsData(process) && (process.classBits & CLASS.transfer) !== 0 && !copiesHere(process);
    if (!isData && !uploads(process)) return;
    const key = this.bySession.peek(
      `${notice.host}\0${actingUid(process)}\0${sessionKey(process, contextOf(host, process))}`,
    );
    const found = key === undefined ? undefined : this.cases.peek(key);
    if (
      found === undefined ||
      notice.time - found.last > this.#windowMs ||
      found.transfers.some(seen => seen.pid === process.pid)
    )
      return;
    if (found.transfers.length >= STEPS_MAX || (!isData && takesOther(found, process, host))) return;
    // What one command of a shell prints into the words of the next, `curl -b "$(gzip -c x | base64)"`, is there at once.
    const inWords = isData && notice.time - found.last <= WORDS_MS;
    const [destination = '', ...also] = destinationsIn(process).slice(0, NAMED_MAX);
    found.transfers.push({
      time: notice.time,
      pid: process.pid,
      program: programOf(process),
      command: commandOf(process),
      strength: 'inferred',
      byWindow: !inWords,
      namesItsFile: namesItsFile(process, host),
      byReader: ancestry(process).some(({ pid }) => isReader(found, pid)),
      takenAlong: false,
      gapMs: notice.time - found.last,
      why: inWords
        ? 'encoded data stand among its words, and the store was read in the same session right before'
        : 'same user and session, within the time window after the read',
      destination,
      servedAt: '',
      disk: '',
      also,
      taint: null,
      ref: notice.ref,
      contact: null,
    });
  }

  #caseOf(taint: Taint): HarvestCase | undefined {
    const key = this.byOrigin.peek(taint.origin.id);
    return key === undefined ? undefined : this.cases.peek(key);
  }

  snapshot(): unknown {
    return { cases: this.cases.snapshot(), byOrigin: this.byOrigin.snapshot(), bySession: this.bySession.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      cases: ReturnType<HarvestCases['cases']['snapshot']>;
      byOrigin: ReturnType<HarvestCases['byOrigin']['snapshot']>;
      bySession: ReturnType<HarvestCases['bySession']['snapshot']>;
    };
    this.cases.restore(from.cases);
    this.byOrigin.restore(from.byOrigin);
    this.bySession.restore(from.bySession);
  }
}

function noteLeft({ left }: HarvestCase, taint: Taint, host: HostState): void {
  const { box, pid } = taint.origin;
  if (left.length >= LEFT_MAX || left.some(each => each.box === box && each.pid === pid)) return;
  left.push({ box, pid, few: isFewLetters(host, taint) });
}

const isBackup = ({ trusted, classBits }: ProcessState): boolean => trusted && (classBits & CLASS.backup) !== 0;
const isReader = ({ reads }: HarvestCase, pid: number): boolean => [...reads.values()].some(read => read.pid === pid);

const isScheduled = ({ kind }: RunContext): boolean => kind === 'cron' || kind === 'systemd';

const isScheduledRoot = (host: HostState, process: ProcessState): boolean =>
  actingUid(process) === 0 && isScheduled(contextOf(host, process));

/** A login session is one piece of work; a job is the same job each time it runs. */
function sessionKey(process: ProcessState, context: RunContext): string {
  if (context.kind === 'interactive' || context.kind === 'unattended' || context.kind === 'detached')
    return `session ${process.ses}`;
  return `job ${context.job}`;
}

const UPLOAD_WORDS = new Set([
  '-T',
  '--upload-file',
  '--data',
  '--data-ascii',
  '--data-binary',
  '--data-urlencode',
  '--json',
  '--url-query',
  '-d',
  '-F',
  '--form',
  '--post-file',
  '--body-file',
  '-a',
  '-A',
  '--attach',
  'copy',
  'cp',
  'put',
  'sync',
]);

function uploads(process: ProcessState): boolean {
  if (copiesHere(process)) return false;
  const name = baseName(programOf(process));
  if (['scp', 'sftp', 'rsync', 'rclone', 'nc', 'ncat', 'socat', 'lftp', 'ftp'].includes(name)) return true;
  if (process.classBits & CLASS.sender) return process.argv.some(word => word.includes('@'));
  return process.argv.some((word, i) => {
    const flag = flagOf(word);
    if (!UPLOAD_WORDS.has(flag)) return false;
    return !TEXT_WORDS.has(flag) || !isShortText(word === flag ? process.argv[i + 1] : word.slice(flag.length));
  });
}

/** A word without the value that may be written into it: `-Tfile`, `--data=text`. */
const flagOf = (word: string): string => /^-[^-]/.exec(word)?.[0] ?? word.split('=', 1).join();

/**
 * A person's own mail was packed by programs that were told into which file, and the upload names files that are none of these:
 * what stands in the same minutes is other work.
 */
function takesOther(found: HarvestCase, process: ProcessState, host: HostState): boolean {
  const reads = [...found.reads.values()];
  if (reads.some(read => read.own !== true) || !namesItsFile(process, host)) return false;
  const mayHold = (path: string): boolean =>
    host.files.byName(path)?.taints.some(({ origin }) => origin.kind === 'mailstore') === true;
  // A program that its user could have written may do anything with what it reads.
  const saysWhere = ({ pid }: BoxRead): boolean => {
    const reader = host.processes.get(pid);
    return reader?.trusted === true && archiveMade(reader) !== '';
  };
  return reads.every(saysWhere) && !argumentPaths(process).some(mayHold);
}

/** They send what they are given on their input, or as it says: their words are hosts, ports and recipients. */
const TAKE_INPUT = new Set(['nc', 'ncat', 'socat', 'ftp', 'lftp', 'sftp']);

/** The words name files, all of them where this telemetry tells of writes as soon as it tells of any. */
function namesItsFile(process: ProcessState, host: HostState): boolean {
  if ((process.classBits & CLASS.sender) !== 0 || TAKE_INPUT.has(baseName(programOf(process)))) return false;
  const paths = argumentPaths(process).filter(path => !path.includes(':/'));
  return paths.length > 0 && paths.every(path => (host.place(path).marks & MARK.user) !== 0);
}

const TEXT_WORDS = new Set(
  '-d --data --data-ascii --data-binary --data-urlencode --json --url-query -F --form'.split(' '),
);
const TEXT_MAX = 64;

/** curl(1): without `@` or `<` the data stands there in full, and this little is no mail. */
const isShortText = (text: string | undefined): boolean =>
  text !== undefined && text.length <= TEXT_MAX && !/[@<]/.test(text);
