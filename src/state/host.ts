import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';
import { type Actor, PEOPLE_UID } from '../events/host-events.ts';
import { DeliveredFiles } from './delivered-files.ts';
import type { FileContent } from './file-content.ts';
import { FileTable } from './files.ts';
import { HandMounts } from './hand-mounts.ts';
import { HostHomes } from './host-homes.ts';
import { HostPlaces } from './host-places.ts';
import { InstalledPrograms } from './installed-programs.ts';
import { JobTables } from './job-tables.ts';
import { ShellLines } from './line-memory.ts';
import { LoginFiles } from './login-files.ts';
import type { MailIdentity } from './mail/contract.ts';
import type { Notice } from './notices.ts';
import { OpenedBoxes } from './opened-boxes.ts';
import type { OwnRuns } from './own-runs.ts';
import { OwnWork } from './own-work.ts';
import { PapersRead } from './papers-read.ts';
import type { Place, PlaceRules } from './places.ts';
import { type ProcessState, ProcessTable } from './processes.ts';
import { ProgramCopies } from './program-copies.ts';
import { ProgramHabits } from './program-habits.ts';
import { classOfPath, type ProgramAdjustments, type ProgramClass, programKey } from './programs.ts';
import { QueueFiles } from './queue-files.ts';
import { RecentWrites } from './recent-writes.ts';
import type { Session } from './session.ts';
import { SourcedShells } from './sourced-shells.ts';
import { SudoOrders } from './sudo-orders.ts';
import type { Taint, TaintStep } from './taint.ts';
import { TakenJobs } from './taken-jobs.ts';
import { WrittenAreas } from './written-areas.ts';

/** A directory into which tainted content was probably unpacked, on hosts that do not record file creation. */
export interface DirectoryTaint {
  readonly taint: Taint;
  readonly time: EpochMs;
  readonly uid: number;
}

/** What a host's state needs from outside. */
export interface HostSetting {
  readonly rules: PlaceRules;
  readonly identity: MailIdentity;
  readonly programs: ProgramAdjustments;
  /** Watchpost's own runs. */
  readonly ownRuns?: OwnRuns | undefined;
  readonly notify: (notice: Notice) => void;
}

/** When a user's clients were last seen at work: tells where a file of unknown origin most likely came from. */
export interface ClientActivity {
  mailClient: number;
  browser: number;
  messenger: number;
  /** Last connection of a browser or messenger. */
  browsed: number;
  /** The last record that shows a mail client, a browser or a messenger at work. */
  mailSeen?: TaintStep;
  webSeen?: TaintStep;
}

const NAMES_MAX = 65_536;
const DIRECTORIES_MAX = 2048;
const SESSIONS_MAX = 8192;
const RECENT_MAX = 256;

const CONTENTS_MAX = 16_384;
const WRITES_TELLING = 16;

/**
 * One host: its processes, the files worth remembering, and what flows between them. Event time only; everything is
 * bounded, plain data that can be snapshotted at any event.
 */
export class HostState {
  readonly host: string;
  readonly setting: HostSetting;
  readonly processes: ProcessTable;
  readonly files = new FileTable();
  readonly delivered = new DeliveredFiles();
  readonly installed = new InstalledPrograms();
  readonly copies = new ProgramCopies();
  readonly habits = new ProgramHabits();
  readonly sourced = new SourcedShells();
  readonly jobs = new TakenJobs();
  readonly tables = new JobTables();
  readonly orders = new SudoOrders();
  readonly mounts = new HandMounts();
  readonly opened = new OpenedBoxes();
  readonly queued = new QueueFiles();
  readonly lines = new ShellLines();
  readonly papers = new PapersRead();
  readonly own = new OwnWork();
  readonly logins = new LoginFiles();
  /** Only saves memory: not part of a snapshot. */
  readonly writes = new RecentWrites();
  readonly directories = new BoundedMap<string, DirectoryTaint>(DIRECTORIES_MAX);
  /** ses -> program that opened it (cron, sshd, login). */
  readonly sessions = new BoundedMap<number, Session>(SESSIONS_MAX);
  /** ses -> its first terminal, and the topmost process above who had it. */
  readonly terminals = new BoundedMap<number, { tty: string; top: number }>(SESSIONS_MAX);
  /** Last delivery program started as a uid: what it leaves running is reparented at once, and its line of descent is lost. */
  readonly agents = new BoundedMap<number, ProcessState>(1024);
  /** The last sudo, or desktop launcher, of each login session. */
  readonly starters = new BoundedMap<number, ProcessState>(1024);
  /** uid -> name as the host's own records show it, where no passwd file does. */
  names = new Map<number, string>();
  readonly homes: HostHomes;
  /** The programs started last, in the order of their records: who may have made a file of which only the name is recorded. */
  recent: ProcessState[] = [];
  readonly activity = new BoundedMap<number, ClientActivity>(4096);
  /** Event kinds seen; finer keys such as `file:written` and `store:read` besides. */
  seen = new Set<string>();
  readonly areas = new WrittenAreas();
  #writes = 0;
  /** What files held when a record hashed them, by path. */
  readonly contents = new BoundedMap<string, FileContent>(CONTENTS_MAX);
  readonly places: HostPlaces;

  constructor(host: string, setting: HostSetting) {
    this.host = host;
    this.setting = setting;
    this.homes = new HostHomes(setting.identity);
    this.places = new HostPlaces(setting.rules, this.homes);
    this.processes = new ProcessTable(host, this.classOf);
  }

  /** Classes of a program, as the configuration adjusts them. */
  readonly classOf = (path: string): ProgramClass => {
    const bits = classOfPath(path);
    if (this.setting.programs.size === 0) return bits;
    const change = this.setting.programs.get(programKey(path));
    return change === undefined ? bits : (bits | change.add) & ~change.remove;
  };

  process(actor: Actor, time: EpochMs, starts = false): ProcessState {
    if (this.sourced.size > 0) this.sourced.pass(actor, time);
    return this.processes.ensure(actor, time, starts);
  }

  place(path: string): Place {
    return this.places.of(path);
  }

  /** Name of a uid: from passwd, else as this host's records showed it, else ''. */
  userName(uid: number): string {
    return this.setting.identity.userName(uid) || (this.names.get(uid) ?? '');
  }

  /** Learns a name from an enriched record, else from the home a login begins in; and such a home. */
  learnName(uid: number, name: string, cwd: string, argv0 = ''): void {
    if (uid < 0 || this.names.size >= NAMES_MAX) return;
    if (name !== '') this.names.set(uid, name);
    if (uid >= PEOPLE_UID && this.homes.learn(this.userName(uid), argv0, cwd)) this.places.forget();
    if (name !== '') return;
    if (uid >= PEOPLE_UID && !this.names.has(uid) && cwd.startsWith('/home/') && cwd.indexOf('/', 6) < 0)
      this.names.set(uid, cwd.slice(6));
  }

  /** Notes that this kind of evidence is there, such as `store:read`. */
  mark(key: string): void {
    if (!this.seen.has(key)) this.seen.add(key);
  }

  /** Files in homes and temporary places are written, and none is read: after some, rules that record no reads are the reason. */
  noteWritten(path: string): void {
    this.areas.note(path);
    this.mark('file:written');
    if (this.#writes === WRITES_TELLING || this.seen.has('file:read')) return;
    this.#writes += 1;
    if (this.#writes === WRITES_TELLING) this.mark('file:written-often');
  }

  has(key: string): boolean {
    return this.seen.has(key);
  }

  /** Some record of a process, a file or a connection is there; a log of logins alone is none. */
  audited(): boolean {
    return [...this.seen].some(kind => /^(?:process|file|network)\./.test(kind));
  }

  noteStarted(process: ProcessState): void {
    this.recent.push(process);
    if (this.recent.length > RECENT_MAX) this.recent.splice(0, RECENT_MAX >> 1);
  }

  /** Of an unknown user nothing is remembered. */
  clientActivity(uid: number): ClientActivity {
    let activity = uid < 0 ? undefined : this.activity.peek(uid);
    if (activity === undefined) {
      activity = {
        mailClient: Number.NEGATIVE_INFINITY,
        browser: Number.NEGATIVE_INFINITY,
        messenger: Number.NEGATIVE_INFINITY,
        browsed: Number.NEGATIVE_INFINITY,
      };
      if (uid >= 0) this.activity.set(uid, activity);
    }
    return activity;
  }

  snapshot(): unknown {
    return {
      byPid: this.processes.byPid,
      processesEvicted: this.processes.evicted,
      byNode: this.files.byNode.snapshot(),
      byPath: this.files.byPath.snapshot(),
      pathOnly: this.files.pathOnly,
      delivered: this.delivered.snapshot(),
      installed: this.installed.snapshot(),
      copies: this.copies.snapshot(),
      habits: this.habits.snapshot(),
      sourced: this.sourced.snapshot(),
      jobs: this.jobs.snapshot(),
      tables: this.tables.snapshot(),
      orders: this.orders.snapshot(),
      mounts: this.mounts.snapshot(),
      opened: this.opened.snapshot(),
      queued: this.queued.snapshot(),
      lines: this.lines.snapshot(),
      papers: this.papers.snapshot(),
      own: this.own.snapshot(),
      logins: this.logins.snapshot(),
      terminals: this.terminals.snapshot(),
      learned: this.places.snapshot(),
      directories: this.directories.snapshot(),
      sessions: this.sessions.snapshot(),
      activity: this.activity.snapshot(),
      recent: this.recent,
      agents: this.agents.snapshot(),
      contents: this.contents.snapshot(),
      starters: this.starters.snapshot(),
      seen: this.seen,
      names: this.names,
      writes: this.#writes,
      areas: this.areas.snapshot(),
      homes: this.homes.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as {
      byPid: Map<number, ProcessState>;
      processesEvicted: number;
      byNode: ReturnType<FileTable['byNode']['snapshot']>;
      byPath: ReturnType<FileTable['byPath']['snapshot']>;
      pathOnly: number;
      delivered: unknown;
      installed: unknown;
      copies: ReturnType<ProgramCopies['snapshot']>;
      habits: ReturnType<ProgramHabits['snapshot']>;
      sourced: ReturnType<SourcedShells['snapshot']>;
      jobs: ReturnType<TakenJobs['snapshot']>;
      tables: ReturnType<JobTables['snapshot']>;
      orders: ReturnType<SudoOrders['snapshot']>;
      mounts: ReturnType<HandMounts['snapshot']>;
      opened: ReturnType<OpenedBoxes['snapshot']>;
      queued: ReturnType<QueueFiles['snapshot']>;
      lines: ReturnType<ShellLines['snapshot']>;
      papers: ReturnType<PapersRead['snapshot']>;
      own: ReturnType<OwnWork['snapshot']>;
      logins: ReturnType<LoginFiles['snapshot']>;
      terminals: ReturnType<HostState['terminals']['snapshot']>;
      learned: Set<string>;
      directories: ReturnType<HostState['directories']['snapshot']>;
      sessions: ReturnType<HostState['sessions']['snapshot']>;
      activity: ReturnType<HostState['activity']['snapshot']>;
      recent: ProcessState[];
      agents: ReturnType<HostState['agents']['snapshot']>;
      contents: ReturnType<HostState['contents']['snapshot']>;
      starters: ReturnType<HostState['starters']['snapshot']>;
      seen: Set<string>;
      names: Map<number, string>;
      writes: number;
      areas: ReturnType<WrittenAreas['snapshot']>;
      homes: [string, string][];
    };
    this.#writes = from.writes;
    this.areas.restore(from.areas);
    this.processes.byPid = from.byPid;
    this.processes.evicted = from.processesEvicted;
    this.files.byNode.restore(from.byNode);
    this.files.byPath.restore(from.byPath);
    this.files.pathOnly = from.pathOnly;
    this.files.rebuildNames();
    this.delivered.restore(from.delivered);
    this.installed.restore(from.installed);
    this.copies.restore(from.copies);
    this.habits.restore(from.habits);
    this.sourced.restore(from.sourced);
    this.jobs.restore(from.jobs);
    this.tables.restore(from.tables);
    this.orders.restore(from.orders);
    this.mounts.restore(from.mounts);
    this.opened.restore(from.opened);
    this.queued.restore(from.queued);
    this.lines.restore(from.lines);
    this.papers.restore(from.papers);
    this.own.restore(from.own);
    this.logins.restore(from.logins);
    this.terminals.restore(from.terminals);
    this.places.restore(from.learned);
    this.directories.restore(from.directories);
    this.sessions.restore(from.sessions);
    this.activity.restore(from.activity);
    this.recent = from.recent;
    this.agents.restore(from.agents);
    this.contents.restore(from.contents);
    this.starters.restore(from.starters);
    this.seen = from.seen;
    this.names = from.names;
    this.homes.restore(from.homes);
  }

  get evicted(): number {
    return (
      this.processes.evicted +
      this.files.evicted +
      this.directories.evicted +
      this.installed.evicted +
      this.copies.evicted +
      this.habits.evicted +
      this.sourced.evicted +
      this.own.evicted +
      this.logins.evicted
    );
  }
}
