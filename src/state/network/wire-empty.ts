import { BoundedMap } from '../../core/bounded-map.ts';
import type { MailEvent } from '../../events/mail-events.ts';
import type { FlowEnded, SmtpSeen } from '../../events/network-events.ts';
import { nextIdIn } from '../mail/next-hop.ts';

const FLOWS_MAX = 16_384;
const PENDING_MAX = 4096;
const ASKED_MAX = 16;
const SMTP = 25;
/** The MTA's own line about a connection comes within this time; only then it is judged whether there is one. */
const WAIT_MS = 60_000;

/** What the transactions of one connection have shown so far. Plain data. */
interface Talk {
  helo: string;
  asked: string[];
  /** A message was seen, or may have been: after STARTTLS nothing is. */
  filled: boolean;
}

export interface WireEmptyData {
  talks: ReturnType<BoundedMap<string, Talk>['snapshot']>;
  looks: Set<string>;
  pending: { flow: FlowEnded; talk: Talk }[];
}

export interface WireEmptySetting {
  /** True when an MTA's log tells of this connection itself. */
  readonly covered: (way: { sourceAddress: string; destinationAddress: string; time: number }) => boolean;
  readonly hostOf: (address: string, time: number) => string;
}

/**
 * Connections to mail servers that end without a message, where no MTA's log tells of them: what a server's line at the
 * end of a connection would have said. Only of sensors that look into messages, as the others never see one.
 */
export class WireEmpty {
  readonly #setting: WireEmptySetting;
  readonly #talks = new BoundedMap<string, Talk>(FLOWS_MAX);
  #looks = new Set<string>();
  #pending: WireEmptyData['pending'] = [];

  constructor(setting: WireEmptySetting) {
    this.#setting = setting;
  }

  get evicted(): number {
    return this.#talks.evicted;
  }

  /** Whether this sensor was ever seen to look into a message. */
  looks(sensor: string): boolean {
    return this.#looks.has(sensor);
  }

  onSmtp(event: SmtpSeen): void {
    if (event.dataSeen) this.#looks.add(event.host);
    if (event.flowId === '') return;
    const key = `${event.host} ${event.flowId}`;
    const talk = this.#talks.touch(key) ?? { helo: '', asked: [], filled: false };
    talk.helo ||= event.helo;
    talk.filled ||= event.dataSeen || event.tls || nextIdIn(event.lastReply) !== '';
    for (const each of event.recipients)
      if (talk.asked.length < ASKED_MAX && !talk.asked.includes(each)) talk.asked.push(each);
    this.#talks.set(key, talk);
  }

  onFlow(event: FlowEnded): void {
    if (event.destinationPort !== SMTP || !event.established || !this.#looks.has(event.host)) return;
    const services = event.service.split(',');
    if (!services.includes('smtp') || services.includes('tls') || services.includes('ssl')) return;
    const talk = this.#talks.peek(`${event.host} ${event.flowId}`) ?? { helo: '', asked: [], filled: false };
    if (!talk.filled) this.#pending.push({ flow: event, talk });
  }

  /** Connections that nothing else tells of, once that is known at `time`; `Infinity` for all. */
  advance(time: number): MailEvent[] {
    const first = this.#pending[0];
    if (first === undefined || (first.flow.time + WAIT_MS > time && this.#pending.length <= PENDING_MAX)) return [];
    const due = this.#pending.filter(({ flow }) => flow.time + WAIT_MS <= time);
    this.#pending = this.#pending.filter(({ flow }) => flow.time + WAIT_MS > time);
    while (this.#pending.length > PENDING_MAX) due.push(this.#pending.shift() as (typeof due)[number]);
    return due.filter(({ flow, talk }) => !talk.filled && !this.#setting.covered(flow)).map(each => this.#told(each));
  }

  #told({ flow, talk }: WireEmptyData['pending'][number]): MailEvent {
    return {
      kind: 'mail.disconnected',
      time: flow.time,
      order: flow.order,
      host: this.#setting.hostOf(flow.destinationAddress, flow.time) || flow.destinationAddress,
      ref: flow.ref,
      program: 'wire/smtp',
      pid: -1,
      queueId: '',
      clientName: talk.helo,
      clientAddress: flow.sourceAddress,
      recipients: talk.asked.length,
      recipientsRejected: 0,
      dataCommands: 0,
      lost: false,
      asked: talk.asked,
    };
  }

  snapshot(): WireEmptyData {
    return { talks: this.#talks.snapshot(), looks: this.#looks, pending: this.#pending };
  }

  restore(from: WireEmptyData): void {
    this.#talks.restore(from.talks);
    this.#looks = from.looks;
    this.#pending = [...from.pending];
  }
}
