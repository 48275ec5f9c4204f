import { BoundedMap } from '../../core/bounded-map.ts';
import { DAY_MS } from '../../core/time.ts';
import type { NameUse } from './contract.ts';

const PAIRS_MAX = 32_768;
const PER_PAIR_MAX = 4;
const CLIENTS_MAX = 2048;
const PER_CLIENT_MAX = 128;
/** Longer than most answers live; a cache may keep one past its time. */
const VALID_MS = DAY_MS;
const SLACK_MS = 2000;
const AGAIN_MS = 60_000;

export interface NameData {
  pairs: ReturnType<BoundedMap<string, NameUse[]>['snapshot']>;
  clients: ReturnType<BoundedMap<string, NameUse[]>['snapshot']>;
}

/** What each client called each destination, and what it asked for lately. */
export class NameBook {
  readonly #pairs = new BoundedMap<string, NameUse[]>(PAIRS_MAX);
  readonly #clients = new BoundedMap<string, NameUse[]>(CLIENTS_MAX);

  get evicted(): number {
    return this.#pairs.evicted;
  }

  /** `client` asked for or used a name; with an address where it led. */
  note(client: string, use: NameUse): void {
    const uses = this.#clients.touch(client) ?? [];
    if (uses.length === 0) this.#clients.set(client, uses);
    if (!isAgain(uses.at(-1), use, AGAIN_MS)) add(uses, use, PER_CLIENT_MAX);
    if (use.address === '') return;
    this.#notePair(`${client} ${use.address}`, use);
    // Where a resolver asks for everybody, the sensor sees only the resolver's questions.
    if (use.basis === 'dns') this.#notePair(` ${use.address}`, { ...use, basis: 'dns-of-others' });
  }

  #notePair(key: string, use: NameUse): void {
    const uses = this.#pairs.touch(key) ?? [];
    if (uses.length === 0) this.#pairs.set(key, uses);
    if (!isAgain(uses.at(-1), use, VALID_MS / 2)) add(uses, use, PER_PAIR_MAX);
  }

  /** The latest name of `address` that one of these clients knew at `time`; else what others looked up. */
  nameOf(clients: readonly string[], address: string, time: number): NameUse | null {
    for (const client of [...clients, '']) {
      const uses = this.#pairs.peek(`${client} ${address}`) ?? [];
      for (let i = uses.length - 1; i >= 0; i--) {
        const use = uses[i] as NameUse;
        if (use.time <= time + SLACK_MS && use.time >= time - VALID_MS) return use;
      }
    }
    return null;
  }

  used(clients: readonly string[], from: number, to: number): NameUse[] {
    const found = new Map<string, NameUse>();
    for (const client of clients)
      for (const use of this.#clients.peek(client) ?? [])
        if (use.time >= from && use.time <= to && isSurer(use, found.get(use.name))) found.set(use.name, use);
    return [...found.values()].sort((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1));
  }

  snapshot(): NameData {
    return { pairs: this.#pairs.snapshot(), clients: this.#clients.snapshot() };
  }

  restore(from: NameData): void {
    this.#pairs.restore(from.pairs);
    this.#clients.restore(from.clients);
  }
}

/** A name that was asked for in the connection itself says more than one that was looked up before. */
const isSurer = (use: NameUse, held: NameUse | undefined): boolean =>
  held === undefined || (held.basis.startsWith('dns') && !use.basis.startsWith('dns'));

/** The same name again within `ms`: what was seen first says it already. */
function isAgain(last: NameUse | undefined, use: NameUse, ms: number): boolean {
  return last !== undefined && last.name === use.name && last.basis === use.basis && use.time - last.time < ms;
}

function add<T>(list: T[], item: T, max: number): void {
  if (list.length >= max) list.shift();
  list.push(item);
}
