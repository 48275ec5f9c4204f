import { deserialize, serialize } from 'node:v8';
import type { Analytic, AnalyticRun, TunableValue } from '../analytics/contract.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import type { WatchEvent } from '../events/event.ts';
import type { Finding } from '../events/finding.ts';
import type { HostEvent } from '../events/host-events.ts';
import type { MailEvent } from '../events/mail-events.ts';
import type { NetworkEvent } from '../events/network-events.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { BaselineView } from '../state/baseline/view.ts';
import type { FileContent } from '../state/file-content.ts';
import { type IdentityFiles, loadIdentity } from '../state/identity/identity.ts';
import { LearnedDomains } from '../state/mail/domains.ts';
import { createMailState } from '../state/mail/state.ts';
import type { Notice, NoticeKind } from '../state/notices.ts';
import type { OwnRuns } from '../state/own-runs.ts';
import { adjustmentsOf, CLASS, type ProgramAdjustments } from '../state/programs.ts';
import { LiveWorld, roomOf } from './world.ts';

export interface MachineSetting {
  readonly analytics: readonly Analytic[];
  readonly tunables: ReadonlyMap<AnalyticId, ReadonlyMap<string, TunableValue>>;
  readonly identity: Omit<IdentityFiles, 'domains'>;
  readonly messagesMax: number;
  /** Address -> host, as configured. */
  readonly addresses?: ReadonlyMap<string, string> | undefined;
  /** Files of the evidence by host and path, and what they hold. */
  readonly contents?: ReadonlyMap<string, FileContent> | undefined;
  readonly ownRuns?: OwnRuns | undefined;
  /** Learned before this evidence. */
  readonly baseline?: BaselineView | undefined;
  /** Runs beside the analytics that only look on. */
  readonly observers?: readonly Observer[] | undefined;
}

/** What an observer asks for; it is handed the same as an analytic. */
export interface Observer {
  readonly notices: readonly NoticeKind[];
  readonly mailKinds: readonly MailEvent['kind'][];
  readonly run: Pick<AnalyticRun, 'onNotice' | 'onMail'>;
}

/** What an event of one kind needs, found by one look-up. */
interface KindCount {
  count: number;
  readonly room: 'host' | 'mail' | 'network';
  readonly runs: readonly Looker[];
}

/** State and analytics, fed one event at a time in order. The same machine serves a scan and a live run. */
export class Machine {
  readonly world: LiveWorld;
  readonly identityProblems: ReturnType<typeof loadIdentity>['problems'];
  events = 0;
  latest = Number.NEGATIVE_INFINITY;
  readonly #setting: MachineSetting;
  readonly #runs: { readonly analytic: Analytic; readonly run: AnalyticRun }[];
  readonly #onNotice = new Map<string, Looker[]>();
  readonly #onMail = new Map<string, Looker[]>();
  readonly #kinds = new Map<string, KindCount>();

  constructor(setting: MachineSetting) {
    this.#setting = setting;
    const domains = new LearnedDomains();
    const identity = loadIdentity({ ...setting.identity, domains });
    this.identityProblems = identity.problems;
    const mail = createMailState({ identity, domains, messagesMax: setting.messagesMax });
    const rules = {
      mailDirs: this.#paths('AN1310', 'WatchedMailDirs'),
      attachmentPaths: this.#paths('AN0656', 'AttachmentStoragePaths'),
    };
    const programs = this.#programs();
    const { addresses } = setting;
    this.world = new LiveWorld({
      rules,
      identity,
      programs,
      mail,
      addresses,
      contents: setting.contents,
      ownRuns: setting.ownRuns,
      notify: notice => this.#notify(notice),
      baseline: setting.baseline,
    });
    this.#runs = setting.analytics.map(analytic => ({
      analytic,
      run: analytic.start(setting.tunables.get(analytic.meta.id) ?? new Map()),
    }));
    for (const observer of setting.observers ?? []) {
      for (const kind of observer.notices) push(this.#onNotice, kind, observer.run);
      for (const kind of observer.mailKinds) push(this.#onMail, kind, observer.run);
    }
    for (const { analytic, run } of this.#runs) {
      for (const kind of analytic.notices) push(this.#onNotice, kind, run);
      for (const kind of analytic.mailKinds) push(this.#onMail, kind, run);
    }
  }

  apply(event: WatchEvent): void {
    this.events += 1;
    if (event.time > this.latest) this.latest = event.time;
    const kind = this.#kinds.get(event.kind) ?? this.#newKind(event.kind);
    kind.count += 1;
    if (kind.room === 'host') {
      this.world.applyHost(event as HostEvent);
      return;
    }
    if (kind.room === 'network') {
      this.#wireMail(this.world.applyNetwork(event as NetworkEvent));
      return;
    }
    const mail = event as MailEvent;
    this.world.applyMail(mail);
    for (const run of kind.runs) run.onMail?.(mail, this.world);
  }

  /** The evidence is at its end: what waited for more is judged with what there is. */
  finish(): void {
    this.#wireMail(this.world.network.finish());
  }

  #wireMail(events: readonly MailEvent[]): void {
    for (const event of events) {
      this.world.applyWireMail(event);
      for (const run of this.#onMail.get(event.kind) ?? []) run.onMail?.(event, this.world);
    }
  }

  #newKind(kind: string, count = 0): KindCount {
    const made = { count, room: roomOf(kind), runs: this.#onMail.get(kind) ?? [] };
    this.#kinds.set(kind, made);
    return made;
  }

  /** How many events of each kind were judged. */
  get byKind(): Map<string, number> {
    return new Map([...this.#kinds].map(([kind, { count }]) => [kind, count]));
  }

  findings(): Finding[] {
    const now: EpochMs = epochMs(Number.isFinite(this.latest) ? this.latest : 0);
    return this.#runs.flatMap(({ run }) => run.findings(this.world, now));
  }

  evictions(): Map<string, number> {
    const counts = new Map<string, number>();
    let host = 0;
    for (const state of this.world.hosts.values()) host += state.evicted;
    if (host > 0) counts.set('processes and files', host);
    if (this.world.mail.evictions() > 0) counts.set('messages and mailboxes', this.world.mail.evictions());
    for (const { analytic, run } of this.#runs)
      if (run.evictions() > 0) counts.set(`stories of ${analytic.meta.id}`, run.evictions());
    if (this.world.network.evicted > 0) counts.set('connections on the wire', this.world.network.evicted);
    if (this.world.hostsRefused > 0) counts.set('events of hosts over the cap', this.world.hostsRefused);
    return counts;
  }

  /** Everything as bytes: one call, so that what is shared stays shared. */
  snapshot(also: unknown): Buffer {
    return serialize({
      world: this.world.snapshot(),
      runs: this.#runs.map(({ run }) => run.snapshot()),
      events: this.events,
      byKind: this.byKind,
      latest: this.latest,
      also,
    });
  }

  /** A new machine with the saved state, and what was saved along with it. */
  static restore(setting: MachineSetting, bytes: Buffer): { machine: Machine; also: unknown } {
    const from = deserialize(bytes) as {
      world: unknown;
      runs: unknown[];
      events: number;
      byKind: Map<string, number>;
      latest: number;
      also: unknown;
    };
    const machine = new Machine(setting);
    machine.world.restore(from.world);
    from.runs.forEach((data, index) => machine.#runs[index]?.run.restore(data));
    machine.events = from.events;
    for (const [kind, count] of from.byKind) machine.#newKind(kind, count);
    machine.latest = from.latest;
    return { machine, also: from.also };
  }

  #notify(notice: Notice): void {
    const runs = this.#onNotice.get(notice.kind);
    if (runs !== undefined) for (const run of runs) run.onNotice?.(notice, this.world);
  }

  /** Lists of program names in the configuration, against their defaults. */
  #programs(): ProgramAdjustments {
    const clients = CLASS.browser | CLASS.messenger | CLASS.mailClient;
    const lists = [
      { id: 'AN0656', name: 'ScriptInterpreters', bit: CLASS.interpreter, alike: CLASS.interpreter | CLASS.shell },
      { id: 'AN0321', name: 'BrowserProcesses', bit: CLASS.browser, alike: clients },
      { id: 'AN1310', name: 'ProcessNameList', bit: CLASS.transfer, alike: CLASS.transfer | CLASS.sender },
    ] as const;
    const all = new Map<string, { readonly add: number; readonly remove: number }>();
    for (const { id, name, bit, alike } of lists) {
      const analytic = this.#setting.analytics.find(each => each.meta.id === id);
      const standard = analytic?.meta.tunables.find(tunable => tunable.name === name)?.default;
      if (!Array.isArray(standard)) continue;
      const configured = this.#setting.tunables.get(id)?.has(name)
        ? this.#paths(id, name)
        : (standard as readonly string[]);
      for (const [key, change] of adjustmentsOf(bit, alike, standard as readonly string[], configured))
        all.set(key, change);
    }
    return all;
  }

  #paths(id: AnalyticId, name: string): readonly string[] {
    const value = this.#setting.tunables.get(id)?.get(name);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }
}

type Looker = Pick<AnalyticRun, 'onNotice' | 'onMail'>;

function push(map: Map<string, Looker[]>, kind: string, run: Looker): void {
  const list = map.get(kind);
  if (list === undefined) map.set(kind, [run]);
  else list.push(run);
}
