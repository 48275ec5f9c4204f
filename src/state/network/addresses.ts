import { BoundedMap } from '../../core/bounded-map.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { AddressOwner } from './contract.ts';

interface Vote {
  readonly host: string;
  count: number;
  first: number;
  last: number;
}

const ADDRESSES_MAX = 32_768;
const HOSTS_MAX = 8;
/** Once may be chance: an address is learned when it fits again. */
const VOTES_MIN = 2;
/** An address may go to another machine: what was seen of it counts for a day around. */
const VALID_MS = 24 * HOUR_MS;

export interface AddressData {
  votes: ReturnType<BoundedMap<string, Vote[]>['snapshot']>;
}

/**
 * Which address is which host's: as configured, else as learned from connections that a host's own records and the wire
 * both show. Two hosts behind one address (address translation) are both named.
 */
export class AddressBook {
  readonly #configured: ReadonlyMap<string, string>;
  readonly #votes = new BoundedMap<string, Vote[]>(ADDRESSES_MAX);

  constructor(configured: ReadonlyMap<string, string>) {
    this.#configured = configured;
  }

  get evicted(): number {
    return this.#votes.evicted;
  }

  /** A connection of `host` and a flow with this address fit each other and nothing else. */
  vote(address: string, host: string, time: number): void {
    if (this.#configured.has(address)) return;
    const votes = this.#votes.touch(address) ?? [];
    if (votes.length === 0) this.#votes.set(address, votes);
    const known = votes.find(vote => vote.host === host);
    if (known === undefined) {
      if (votes.length < HOSTS_MAX) votes.push({ host, count: 1, first: time, last: time });
      return;
    }
    known.count += 1;
    known.first = Math.min(known.first, time);
    known.last = Math.max(known.last, time);
  }

  /** Another flow turned out to fit as well: the vote is taken back. */
  unvote(address: string, host: string): void {
    const known = this.#votes.peek(address)?.find(vote => vote.host === host);
    if (known !== undefined) known.count -= 1;
  }

  ownerOf(address: string, time: number): AddressOwner | null {
    const configured = this.#configured.get(address);
    if (configured !== undefined) return { host: configured, basis: 'configured', others: [] };
    const votes = this.#votes.peek(address);
    if (votes === undefined) return null;
    const fit = votes
      .filter(vote => vote.count >= VOTES_MIN && time >= vote.first - VALID_MS && time <= vote.last + VALID_MS)
      .sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1));
    const [best, ...rest] = fit;
    return best === undefined ? null : { host: best.host, basis: 'learned', others: rest.map(vote => vote.host) };
  }

  addressesOf(host: string): string[] {
    const found: string[] = [];
    for (const [address, owner] of this.#configured) if (owner === host) found.push(address);
    for (const [address, votes] of this.#votes.entries) {
      const counted = votes.filter(vote => vote.count >= VOTES_MIN);
      if (counted.length === 1 && counted[0]?.host === host) found.push(address);
    }
    return found;
  }

  snapshot(): AddressData {
    return { votes: this.#votes.snapshot() };
  }

  restore(from: AddressData): void {
    this.#votes.restore(from.votes);
  }
}
