import { BoundedMap } from '../core/bounded-map.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import { ancestry } from '../state/ancestry.ts';
import { isDescentGuessed } from '../state/late-parent.ts';
import type { Contact, HostWatch } from '../state/network/contract.ts';
import type {
  ContentExecuted,
  ControlledConnected,
  ExecutionRoute,
  Notice,
  PersistenceWritten,
  SecretRead,
  TransferStarted,
} from '../state/notices.ts';
import { type ProcessState, programOf } from '../state/processes.ts';
import { isSystemPath } from '../state/programs.ts';
import { type Standing, standingOf } from '../state/standing.ts';
import { type Taint, taintSteps } from '../state/taint.ts';
import { hostTold } from '../state/told-hosts.ts';
import type { World } from '../state/world.ts';
import { commandOf } from './command-of.ts';

/** One run of the content, as told by the host's state. */
export interface ContentRun {
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  readonly path: string;
  how: ExecutionRoute;
  strength: 'observed' | 'inferred';
  taint: Taint;
  readonly pid: number;
  readonly program: string;
  /** The executable, which for a script is its interpreter; '' when no record tells it. */
  readonly exe: string;
  readonly parent: string;
  readonly command: string;
  readonly tty: string;
  readonly parentClass: number;
}

export interface ContentConnection {
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  readonly pid: number;
  readonly program: string;
  readonly destination: string;
  readonly failed: boolean;
  /** The words of the program name it, and connections are not recorded: it was told to, and may not have. */
  readonly told?: boolean;
  readonly standing: Standing;
  /** That it descends from the process that runs the content is told by no record. */
  readonly guessed: boolean;
  /** The pid of the run that it descends from, the nearest of several; absent where it descends from none. */
  readonly below?: number | undefined;
  readonly port: number;
  /** For what the wire says of it. */
  readonly contact: Contact | null;
}

export interface ContentPersistence {
  readonly time: EpochMs;
  readonly ref: Ref;
  readonly pid: number;
  readonly program: string;
  readonly path: string;
  readonly strength: 'observed' | 'inferred';
  /** Only the words of a program tell of it. */
  readonly byWords?: true;
  /** As of a connection. */
  readonly below?: number | undefined;
}

/** A key or password file that the content read. */
export interface ContentSecret extends Omit<ContentPersistence, 'strength' | 'byWords'> {
  readonly what: string;
}

/** Everything about one piece of foreign content that was run: what AN0656 and AN0321 tell stories about. */
export interface ContentCase {
  readonly key: string;
  readonly host: string;
  readonly uid: number;
  origins: Taint[];
  runs: ContentRun[];
  connections: ContentConnection[];
  persistence: ContentPersistence[];
  secrets: ContentSecret[];
  /** What left the host after the first run, where the host records no connections; null where it does. */
  watch: HostWatch | null;
}

const CASES_MAX = 10_000;
const RUNS_MAX = 12;
const CONNECTIONS_MAX = 12;
const SECRETS_MAX = 8;
const ORIGINS_MAX = 6;
/** What runs reaches out at once or after a nap; later than this the host's other traffic drowns it. */
const WATCH_MS = 10 * MINUTE_MS;

/** Collects notices into cases: one a host, user and first content run, joined by origin. Plain data. */
export class ContentCases {
  cases = new BoundedMap<string, ContentCase>(CASES_MAX);
  byOrigin = new BoundedMap<string, string>(CASES_MAX * 4);
  readonly #accepts: (taint: Taint) => boolean;

  constructor(accepts: (taint: Taint) => boolean) {
    this.#accepts = accepts;
  }

  take(notice: Notice, world: World): void {
    if (notice.kind === 'content.executed') this.#run(notice, world);
    else if (notice.kind === 'controlled.connected') this.#connection(notice, world);
    else if (notice.kind === 'persistence.written') this.#persistence(notice);
    else if (notice.kind === 'secret.read') this.#secret(notice);
    else if (notice.kind === 'transfer.started' && notice.process.controlled !== null) this.#told(notice, world);
  }

  snapshot(): unknown {
    return { cases: this.cases.snapshot(), byOrigin: this.byOrigin.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      cases: ReturnType<ContentCases['cases']['snapshot']>;
      byOrigin: ReturnType<ContentCases['byOrigin']['snapshot']>;
    };
    this.cases.restore(from.cases);
    this.byOrigin.restore(from.byOrigin);
  }

  #run(notice: ContentExecuted, world: World): void {
    const taint = this.#taintOf(notice);
    if (taint === null) return;
    const { process, path } = notice;
    const subject = path || taint.origin.id;
    const found = this.#find(taint, notice.host, process.uid, subject, notice.time);
    addOrigin(found, taint);
    this.byOrigin.set(taint.origin.id, found.key);
    const known = found.runs.find(run => run.pid === process.pid && run.path === path);
    if (known !== undefined) {
      if (known.how === 'sourced') known.how = notice.how;
      if (known.strength === 'inferred' && notice.strength === 'observed') {
        known.strength = 'observed';
        if (known.taint.origin.id === taint.origin.id) known.taint = taint;
      }
      return;
    }
    if (found.runs.length >= RUNS_MAX) return;
    if (found.watch === null && !world.seen(notice.host, 'network.connected'))
      found.watch = world.network.watch(notice.host, notice.time, WATCH_MS);
    const parent = process.parent;
    found.runs.push({
      time: notice.time,
      order: notice.event.order,
      ref: notice.ref,
      path,
      how: notice.how,
      strength: notice.strength,
      taint,
      pid: process.pid,
      program: programOf(process),
      exe: process.exe,
      parent: parent === null ? '' : programOf(parent),
      command: commandOf(process),
      tty: process.tty,
      parentClass: parent?.classBits ?? 0,
    });
  }

  /**
   * What data had their reader start may fetch a program and run that: it came by way of the data, and shows that they gave an
   * order. Null for what is no story of this analytic.
   */
  #taintOf({ taint, process: { controlled } }: ContentExecuted): Taint | null {
    const ordered = controlled !== null && taint.origin.basis === 'fetched' ? this.#caseOf(controlled) : undefined;
    if (ordered?.runs.every(({ how }) => how === 'new-order') === true) return controlled;
    return this.#accepts(taint) ? taint : null;
  }

  #connection(notice: ControlledConnected, world: World): void {
    const found = this.#caseOf(notice.taint);
    if (found === undefined || isItsFetch(notice)) return;
    const { event, process } = notice;
    const destination = event.family === 'ipv6' ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`;
    // It does what it was told: the record of it tells more than its words.
    found.connections = found.connections.filter(seen => !(seen.told === true && seen.pid === process.pid));
    if (
      found.connections.length >= CONNECTIONS_MAX ||
      found.connections.some(seen => seen.destination === destination && seen.pid === process.pid)
    )
      return;
    const host = world.hosts.get(notice.host);
    const since = found.runs[0]?.time ?? notice.time;
    const standing = host === undefined ? 'unknown' : standingOf(host, process, notice.taint.origin, since);
    found.connections.push({
      time: notice.time,
      order: event.order,
      ref: notice.ref,
      pid: process.pid,
      program: programOf(process),
      destination,
      failed: event.outcome === 'failed',
      port: event.port,
      below: runAbove(found, process),
      guessed: !found.runs.some(run => !isDescentGuessed(process, run.pid)),
      standing: broughtAlong(found, process.pid) ? 'brought' : standing,
      contact: world.network.contactOf(event),
    });
  }

  /** Where connections are not recorded, whom the content has a transfer program reach stands in that program's words. */
  #told({ process, host, time, ref, event }: TransferStarted, world: World): void {
    const found = process.controlled === null ? undefined : this.#caseOf(process.controlled);
    if (found === undefined || found.connections.length >= CONNECTIONS_MAX) return;
    if (world.seen(host, 'network.connected') || process.controlled?.origin.pid === process.pid) return;
    const below = runAbove(found, process);
    const to = below === undefined || below === process.pid ? null : hostTold(process);
    if (to === null) return;
    const state = world.hosts.get(host);
    const since = found.runs[0]?.time ?? time;
    found.connections.push({
      time,
      order: event.order,
      ref,
      pid: process.pid,
      program: programOf(process),
      destination: `${to.host.includes(':') && !to.host.startsWith('[') ? `[${to.host}]` : to.host}:${to.port}`,
      failed: false,
      told: true,
      port: to.port,
      below,
      guessed: true,
      standing:
        state === undefined ? 'unknown' : standingOf(state, process, (process.controlled as Taint).origin, since),
      contact: null,
    });
  }

  #persistence(notice: PersistenceWritten): void {
    const found = this.#caseOf(notice.taint);
    if (found === undefined) return;
    // What its words told of, a record now shows.
    found.persistence = found.persistence.filter(each => each.byWords !== true || each.pid !== notice.process.pid);
    if (found.persistence.length >= CONNECTIONS_MAX) return;
    found.persistence.push({
      time: notice.time,
      ref: notice.ref,
      pid: notice.process.pid,
      program: programOf(notice.process),
      path: notice.path,
      strength: notice.strength ?? 'observed',
      ...(notice.byWords === true ? { byWords: true } : {}),
      below: runAbove(found, notice.process),
    });
  }

  #secret(notice: SecretRead): void {
    const found = this.#caseOf(notice.taint);
    if (found === undefined || found.secrets.length >= SECRETS_MAX) return;
    const { time, ref, process, path, what } = notice;
    if (found.secrets.some(seen => seen.path === path && seen.program === programOf(process))) return;
    const below = runAbove(found, process);
    found.secrets.push({ time, ref, pid: process.pid, program: programOf(process), path, what, below });
  }

  #caseOf(taint: Taint): ContentCase | undefined {
    const key = this.byOrigin.peek(taint.origin.id);
    return key === undefined ? undefined : this.cases.peek(key);
  }

  #find(taint: Taint, host: string, uid: number, subject: string, time: EpochMs): ContentCase {
    const joined = this.#caseOf(taint);
    if (joined !== undefined) return joined;
    const key = `${host}\0${uid}\0${subject}`;
    const known = this.cases.peek(key);
    if (known !== undefined && time - (known.runs[0]?.time ?? time) < 30 * DAY_MS) return known;
    const made: ContentCase = {
      key,
      host,
      uid,
      origins: [],
      runs: [],
      connections: [],
      persistence: [],
      secrets: [],
      watch: null,
    };
    this.cases.set(key, made);
    return made;
  }
}

const runAbove = (found: ContentCase, process: ProcessState): number | undefined =>
  ancestry(process).find(({ pid }) => found.runs.some(run => run.pid === pid))?.pid;

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ftp:': 21 };

/**
 * What gets its program from outside by itself connects in order to get it: that is the fetch, and no reaching out. Once it
 * has started something, it has what it fetched.
 */
function isItsFetch({ taint, process, event }: ControlledConnected): boolean {
  const { origin } = taint;
  if (origin.basis !== 'fetched' || origin.pid !== process.pid || process.execTime !== origin.time) return false;
  if (process.recentChildren.some(child => child.start >= process.execTime)) return false;
  const url = taintSteps(taint)[0]?.object ?? '';
  if (!URL.canParse(url)) return false;
  const { port, protocol } = new URL(url);
  return event.port === (port === '' ? PORTS[protocol] : Number(port));
}

/** The process runs a file of the content that lies where installed programs lie: by its inode, whatever it is called. */
const broughtAlong = (found: ContentCase, pid: number): boolean =>
  found.runs.some(run => run.pid === pid && isSystemPath(run.path));

function addOrigin(found: ContentCase, taint: Taint): void {
  if (found.origins.some(known => known.origin.id === taint.origin.id)) return;
  if (found.origins.length < ORIGINS_MAX) found.origins.push(taint);
}
