import type { HostEvent } from '../events/host-events.ts';
import type { MailEvent } from '../events/mail-events.ts';
import type { NetworkEvent } from '../events/network-events.ts';
import { applyHostEvent } from '../state/apply.ts';
import type { BaselineView } from '../state/baseline/view.ts';
import type { FileContent } from '../state/file-content.ts';
import { HostState } from '../state/host.ts';
import type { MailIdentity, MailState } from '../state/mail/contract.ts';
import { isStoreId } from '../state/mail/store-id.ts';
import { NetworkState } from '../state/network/state.ts';
import type { Notice } from '../state/notices.ts';
import type { OwnRuns } from '../state/own-runs.ts';
import type { PlaceRules } from '../state/places.ts';
import type { ProgramAdjustments } from '../state/programs.ts';
import { programsWithoutStart } from '../state/unrecorded-starts.ts';
import type { World } from '../state/world.ts';

const HOSTS_MAX = 4096;

export const contentKey = (host: string, path: string): string => `${host}\u0000${path}`;

export interface WorldSetting {
  readonly rules: PlaceRules;
  readonly identity: MailIdentity;
  readonly programs: ProgramAdjustments;
  readonly mail: MailState;
  /** Address -> host, as configured. */
  readonly addresses?: ReadonlyMap<string, string> | undefined;
  /** Files of the evidence by host and path: see contentKey. */
  readonly contents?: ReadonlyMap<string, FileContent> | undefined;
  readonly ownRuns?: OwnRuns | undefined;
  readonly notify: (notice: Notice) => void;
  readonly baseline?: BaselineView | undefined;
}

/** All state of a run: a HostState a host, one mail state. */
export class LiveWorld implements World {
  readonly hosts = new Map<string, HostState>();
  readonly mail: MailState;
  readonly identity: MailIdentity;
  readonly network: NetworkState;
  readonly baseline: BaselineView | undefined;
  anyMail = false;
  hostsRefused = 0;
  readonly #setting: WorldSetting;
  /** The host of the last event, mostly that of the next one too. */
  #latest: HostState | undefined;
  #mailKinds = new Map<string, Set<string>>();
  /** Hosts whose MTA logged an arrival. */
  #mailHosts: string[] = [];

  constructor(setting: WorldSetting) {
    this.#setting = setting;
    this.mail = setting.mail;
    this.identity = setting.identity;
    this.network = new NetworkState({
      mail: setting.mail,
      hosts: setting.addresses ?? new Map(),
      mailHosts: () => this.#mailHosts,
    });
    this.baseline = setting.baseline;
  }

  applyHost(event: HostEvent): void {
    let host = this.#latest;
    if (host === undefined || host.host !== event.host) host = this.hosts.get(event.host);
    if (host === undefined) {
      if (this.hosts.size >= HOSTS_MAX) {
        this.hostsRefused += 1;
        return;
      }
      host = this.#newHost(event.host);
      this.hosts.set(event.host, host);
    }
    this.#latest = host;
    if (event.kind === 'network.connected') this.network.connected(event);
    applyHostEvent(host, event);
  }

  applyMail(event: MailEvent): void {
    // A store says what lies there, not what an MTA did.
    if (event.kind !== 'mail.stored' && !isStoreId(event.queueId)) this.anyMail = true;
    let kinds = this.#mailKinds.get(event.host);
    if (kinds === undefined) {
      kinds = new Set();
      this.#mailKinds.set(event.host, kinds);
    }
    if (event.kind === 'mail.received' && !kinds.has(event.kind)) this.#mailHosts.push(event.host);
    kinds.add(event.kind);
    this.mail.push(event);
    this.network.mailLine(event);
  }

  /** Mail that only the wire tells of: no MTA's log is there because of it. */
  applyWireMail(event: MailEvent): void {
    this.mail.push(event);
  }

  /** What the wire tells of mail that no MTA logged is handed back. */
  applyNetwork(event: NetworkEvent): MailEvent[] {
    return this.network.push(event);
  }

  contentOf(host: string, path: string): FileContent | undefined {
    const { contents } = this.#setting;
    return (
      this.hosts.get(host)?.contents.peek(path) ??
      contents?.get(contentKey(host, path)) ??
      contents?.get(contentKey('', path))
    );
  }

  userName(host: string, uid: number): string {
    return this.hosts.get(host)?.userName(uid) ?? this.identity.onHost(host).userName(uid);
  }

  #newHost(name: string): HostState {
    return new HostState(name, { ...this.#setting, identity: this.identity.onHost(name) });
  }

  seen(host: string, kind: string): boolean {
    return (this.hosts.get(host)?.has(kind) ?? false) || (this.#mailKinds.get(host)?.has(kind) ?? false);
  }

  seenAnywhere(kind: string): boolean {
    for (const host of this.hosts.values()) if (host.has(kind)) return true;
    for (const kinds of this.#mailKinds.values()) if (kinds.has(kind)) return true;
    return this.network.seen(kind);
  }

  /** Hosts of which processes, files or connections are recorded, but nothing of this kind; where `within` is given, only those that have that one. Sorted. */
  auditedWithout(kind: string, within?: string): string[] {
    const found = [...this.hosts.values()].filter(
      host => host.audited() && !host.has(kind) && (within === undefined || host.has(within)),
    );
    return found.map(({ host }) => host).sort();
  }

  /** Hosts of which this is noted, sorted. */
  hostsWith(kind: string): string[] {
    return [...this.hosts.values()].flatMap(each => (each.has(kind) ? [each.host] : [])).sort();
  }

  /** Executables that did something although no record tells that they were started, of all hosts, sorted. */
  programsWithoutStart(): string[] {
    const found = new Set<string>();
    // Of a host without any, auditedWithout tells.
    for (const host of this.hosts.values())
      if (host.has('process:ordinary')) for (const exe of programsWithoutStart(host)) found.add(exe);
    return [...found].sort();
  }

  snapshot(): unknown {
    return {
      hosts: [...this.hosts].map(([name, host]) => [name, host.snapshot()]),
      mail: this.mail.snapshot(),
      network: this.network.snapshot(),
      mailKinds: this.#mailKinds,
      mailHosts: this.#mailHosts,
      anyMail: this.anyMail,
      hostsRefused: this.hostsRefused,
    };
  }

  restore(data: unknown): void {
    const from = data as {
      hosts: [string, unknown][];
      mail: unknown;
      network: unknown;
      mailKinds: Map<string, Set<string>>;
      mailHosts: string[];
      anyMail: boolean;
      hostsRefused: number;
    };
    this.hosts.clear();
    this.#latest = undefined;
    for (const [name, state] of from.hosts) {
      const host = this.#newHost(name);
      host.restore(state);
      this.hosts.set(name, host);
    }
    this.mail.restore(from.mail);
    this.network.restore(from.network);
    this.#mailKinds = from.mailKinds;
    this.#mailHosts = [...from.mailHosts];
    this.anyMail = from.anyMail;
    this.hostsRefused = from.hostsRefused;
  }
}

const MAIL_KINDS = new Set<string>([
  'mail.connected',
  'mail.disconnected',
  'mail.received',
  'mail.submitted',
  'mail.identified',
  'mail.queued',
  'mail.delivered',
  'mail.deferred',
  'mail.bounced',
  'mail.expired',
  'mail.rejected',
  'mail.removed',
  'attachment.seen',
  'mail.stored',
  'mail.judged',
  'mailbox.login',
  'mailbox.logout',
  'mail.notice',
]);

const NETWORK_KINDS = new Set<string>([
  'flow.ended',
  'name.resolved',
  'tls.name-seen',
  'http.seen',
  'smtp.seen',
  'file.transferred',
  'sensor.alert',
]);

/** Which part of the state an event of this kind belongs to. */
export function roomOf(kind: string): 'host' | 'mail' | 'network' {
  if (MAIL_KINDS.has(kind)) return 'mail';
  return NETWORK_KINDS.has(kind) ? 'network' : 'host';
}
