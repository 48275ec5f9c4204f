import { BoundedMap } from '../../core/bounded-map.ts';
import type { AddressBook } from './addresses.ts';
import { type ClockData, Clocks } from './clocks.ts';
import type { Attributed, Contact, Flow } from './contract.ts';

const TARGETS_MAX = 8192;
const PER_TARGET_MAX = 32;
/** A connect call and the first packet of its flow lie this close, the clocks' difference taken off. */
const NEAR_MS = 5000;
const NEAR_KNOWN_MS = 2500;
/** Before the clocks' difference is known, one connection and one flow alone within this time tell it. */
const LONELY_MS = 600_000;
/** The number of a process may be another's after so long. */
const SAME_PROCESS_MS = 6 * 3_600_000;
/** Two that fit this equally are not told apart. */
const TIE_MS = 400;

interface Target {
  contacts: Contact[];
  flows: Flow[];
}

export interface ContactData {
  targets: ReturnType<BoundedMap<string, Target>['snapshot']>;
  clocks: ClockData;
}

/**
 * Which flow on the wire is which connection of a process: the same destination and port, begun at the same time, from an
 * address that is not another host's. Each flow belongs to one connection at most, the nearest; a nearer one takes it over.
 */
export class Contacts {
  readonly #targets = new BoundedMap<string, Target>(TARGETS_MAX);
  readonly #clocks = new Clocks();
  readonly #addresses: AddressBook;
  /** The one asked for last, whose key need not be made again; only saves work. */
  #latest: { readonly address: string; readonly port: number; readonly target: Target } | null = null;

  constructor(addresses: AddressBook) {
    this.#addresses = addresses;
  }

  get evicted(): number {
    return this.#targets.evicted;
  }

  /** The difference of the sensor's clock to the host's, and 0 while it is unknown. */
  offset(sensor: string, host: string): number {
    return this.#clocks.offset(sensor, host);
  }

  addContact(contact: Contact): void {
    const target = this.#target(contact.address, contact.port);
    keep(target.contacts, contact);
    if (target.flows.length === 0) return;
    for (const flow of target.flows) this.#learnClock(target, flow);
    for (const flow of target.flows) {
      this.#vote(target, flow);
      if (flow.contact === null) this.#place(target, flow);
    }
  }

  addFlow(flow: Flow): void {
    const target = this.#target(flow.destinationAddress, flow.destinationPort);
    keep(target.flows, flow);
    if (target.contacts.length === 0) return;
    this.#learnClock(target, flow);
    this.#vote(target, flow);
    this.#place(target, flow);
  }

  attributed(contact: Contact): Attributed | null {
    const { flow } = contact;
    if (flow === null) return null;
    const near = Math.abs(this.#apart(contact, flow));
    const target = this.#targets.peek(`${contact.address} ${contact.port}`);
    const alike = (target?.flows ?? []).filter(
      each => each !== flow && this.#mayBe(contact, each) && Math.abs(this.#apart(contact, each)) <= near + TIE_MS,
    ).length;
    const owner = this.#addresses.ownerOf(flow.sourceAddress, flow.startTime);
    const at = `same destination and port, begun ${Math.round(near)} ms apart`;
    if (alike > 0) return { flow, strength: 'inferred', why: `${at}; ${alike} other flow(s) fit as well`, alike };
    if (owner === null)
      return { flow, strength: 'inferred', why: `${at}; whose address ${flow.sourceAddress} is, is not known`, alike };
    if (owner.others.length > 0)
      return { flow, strength: 'inferred', why: `${at}; several hosts share ${flow.sourceAddress}`, alike };
    return { flow, strength: 'observed', why: `${at}, from an address of this host`, alike };
  }

  /** What `attributed` says of this connection and of later ones of the same process to the same place. */
  since(contact: Contact): Attributed[] {
    const target = this.#targets.peek(`${contact.address} ${contact.port}`);
    const found: Attributed[] = [];
    for (const each of target?.contacts ?? [contact]) {
      if (each.host !== contact.host || each.pid !== contact.pid || each.time < contact.time) continue;
      if (each.time > contact.time + SAME_PROCESS_MS) continue;
      const one = this.attributed(each);
      if (one !== null) found.push(one);
    }
    return found.sort((a, b) => a.flow.startTime - b.flow.startTime);
  }

  snapshot(): ContactData {
    return { targets: this.#targets.snapshot(), clocks: this.#clocks.data };
  }

  restore(from: ContactData): void {
    this.#targets.restore(from.targets);
    this.#latest = null;
    this.#clocks.data = from.clocks;
  }

  #target(address: string, port: number): Target {
    const latest = this.#latest;
    // Touched last, it is the youngest already.
    if (latest !== null && latest.port === port && latest.address === address) return latest.target;
    const key = `${address} ${port}`;
    let target = this.#targets.touch(key);
    if (target === undefined) {
      target = { contacts: [], flows: [] };
      this.#targets.set(key, target);
    }
    this.#latest = { address, port, target };
    return target;
  }

  /** Milliseconds from the connect call to the flow's beginning, clocks put right. */
  #apart(contact: Contact, flow: Flow): number {
    return flow.startTime - contact.time - this.#clocks.offset(flow.sensor, contact.host);
  }

  #isNear(contact: Contact, flow: Flow): boolean {
    const near = this.#clocks.known(flow.sensor, contact.host) ? NEAR_KNOWN_MS : NEAR_MS;
    return Math.abs(this.#apart(contact, flow)) <= near;
  }

  #mayBe(contact: Contact, flow: Flow): boolean {
    if (!this.#isNear(contact, flow)) return false;
    const owner = this.#addresses.ownerOf(flow.sourceAddress, flow.startTime);
    return owner === null || owner.host === contact.host || owner.others.includes(contact.host);
  }

  /** Gives the flow to the nearest connection; one that is pushed out looks for the next. */
  #place(target: Target, first: Flow): void {
    let flow: Flow | null = first;
    while (flow !== null) {
      let best: Contact | null = null;
      let least = Number.POSITIVE_INFINITY;
      for (const contact of target.contacts) {
        if (!this.#mayBe(contact, flow)) continue;
        const apart = Math.abs(this.#apart(contact, flow));
        if (apart >= least) continue;
        if (contact.flow !== null && Math.abs(this.#apart(contact, contact.flow)) <= apart) continue;
        best = contact;
        least = apart;
      }
      if (best === null) return;
      const displaced: Flow | null = best.flow;
      best.flow = flow;
      flow.contact = best;
      if (displaced !== null) displaced.contact = null;
      flow = displaced;
    }
  }

  /** One connection and one flow, alone for minutes around: their difference is the clocks'. */
  #learnClock(target: Target, flow: Flow): void {
    const alone = target.contacts.filter(contact => Math.abs(contact.time - flow.startTime) <= LONELY_MS);
    const [contact] = alone;
    if (contact === undefined || alone.length > 1) return;
    if (target.flows.some(each => each !== flow && Math.abs(each.startTime - contact.time) <= LONELY_MS)) return;
    const owner = this.#addresses.ownerOf(flow.sourceAddress, flow.startTime);
    if (owner !== null && owner.host !== contact.host && !owner.others.includes(contact.host)) return;
    if (!this.#clocks.learn(flow.sensor, contact.host, flow.startTime - contact.time)) return;
    for (const each of this.#targets.values())
      for (const left of each.flows) if (left.contact === null) this.#place(each, left);
  }

  /**
   * A connection speaks once, for the address of the only flow that fits it in time. When a flow of another address fits
   * as well, it has spoken for neither.
   */
  #vote(target: Target, flow: Flow): void {
    const fits = target.contacts.filter(contact => this.#isNear(contact, flow));
    const [contact] = fits;
    if (contact === undefined || contact.voted === '?' || contact.voted === flow.sourceAddress) return;
    if (fits.some(each => each.host !== contact.host)) return;
    if (contact.voted === '') {
      contact.voted = flow.sourceAddress;
      this.#addresses.vote(flow.sourceAddress, contact.host, flow.startTime);
      return;
    }
    this.#addresses.unvote(contact.voted, contact.host);
    contact.voted = '?';
  }
}

function keep<T>(list: T[], item: T): void {
  if (list.length >= PER_TARGET_MAX) list.shift();
  list.push(item);
}
