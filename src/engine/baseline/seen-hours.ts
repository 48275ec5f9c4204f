import type { SeenHour } from '../../state/baseline/mailbox-hours.ts';

/** Minutes before the newest one that are still counted in. */
const MINUTES_BACK = 10;
const FIVE = 5;
const NONE = -1;

/**
 * Messages by mailbox and hour as they come, in columns: a million mailboxes with an hour each take about 150 bytes each,
 * their names included. An hour is an entry; those of one mailbox are chained, the latest first.
 */
export class SeenHours {
  readonly #entriesMax: number;
  readonly #rows = new Map<string, number>();
  /** By row: its latest entry, and the set of hosts that delivered. */
  #latest = new Int32Array(1024);
  #hostsOf = new Uint16Array(1024);
  /** By entry. */
  #hour = new Uint32Array(1024);
  #count = new Uint32Array(1024);
  #peakMinute = new Uint32Array(1024);
  #peakFive = new Uint32Array(1024);
  #earlier = new Int32Array(1024);
  #entries = 0;
  /** Sets of hosts, each once: nearly all mailboxes are served by the same ones. */
  readonly #hostSets: ReadonlySet<string>[] = [new Set()];
  readonly #joined = new Map<string, number>();
  /** Minute -> row -> messages, of the last minutes. */
  readonly #minutes = new Map<number, Map<number, number>>();

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** Hours held. */
  get size(): number {
    return this.#entries;
  }

  has(mailbox: string): boolean {
    return this.#rows.has(mailbox);
  }

  /** One message; `hour` and `minute` since the epoch. False when it is one of an hour that would be one too many. */
  add(mailbox: string, host: string, hour: number, minute: number): boolean {
    const row = this.#rowOf(mailbox);
    this.#hostsOf[row] = this.#joinedBy(this.#hostsOf[row] as number, host);
    const at = this.#entryOf(row, hour);
    if (at === NONE) return false;
    const here = this.#countMinute(row, minute);
    let five = 0;
    for (let back = 0; back < FIVE; back++) five += this.#minutes.get(minute - back)?.get(row) ?? 0;
    this.#count[at] = (this.#count[at] as number) + 1;
    this.#peakMinute[at] = Math.max(this.#peakMinute[at] as number, here);
    this.#peakFive[at] = Math.max(this.#peakFive[at] as number, five);
    return true;
  }

  /** Per mailbox its hours, earliest first, and the hosts that delivered them. */
  *mailboxes(): Generator<{ mailbox: string; hosts: ReadonlySet<string>; seen: readonly SeenHour[] }> {
    for (const [mailbox, row] of this.#rows) {
      const seen: SeenHour[] = [];
      for (let at = this.#latest[row] as number; at !== NONE; at = this.#earlier[at] as number)
        seen.push({
          hour: this.#hour[at] as number,
          count: this.#count[at] as number,
          peakMinute: this.#peakMinute[at] as number,
          peakFive: this.#peakFive[at] as number,
        });
      yield {
        mailbox,
        hosts: this.#hostSets[this.#hostsOf[row] as number] as ReadonlySet<string>,
        seen: seen.reverse(),
      };
    }
  }

  #rowOf(mailbox: string): number {
    const known = this.#rows.get(mailbox);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    if (row === this.#latest.length) {
      this.#latest = longer(this.#latest);
      this.#hostsOf = longer(this.#hostsOf);
    }
    this.#latest[row] = NONE;
    this.#rows.set(mailbox, row);
    return row;
  }

  /** The entry of this hour, made when it is new. */
  #entryOf(row: number, hour: number): number {
    let later = NONE;
    let at = this.#latest[row] as number;
    while (at !== NONE && (this.#hour[at] as number) > hour) {
      later = at;
      at = this.#earlier[at] as number;
    }
    if (at !== NONE && this.#hour[at] === hour) return at;
    if (this.#entries >= this.#entriesMax) return NONE;
    const made = this.#newEntry(hour, at);
    if (later === NONE) this.#latest[row] = made;
    else this.#earlier[later] = made;
    return made;
  }

  #newEntry(hour: number, earlier: number): number {
    const at = this.#entries;
    if (at === this.#hour.length) {
      this.#hour = longer(this.#hour);
      this.#count = longer(this.#count);
      this.#peakMinute = longer(this.#peakMinute);
      this.#peakFive = longer(this.#peakFive);
      this.#earlier = longer(this.#earlier);
    }
    this.#hour[at] = hour;
    this.#earlier[at] = earlier;
    this.#entries += 1;
    return at;
  }

  #countMinute(row: number, minute: number): number {
    let rows = this.#minutes.get(minute);
    if (rows === undefined) {
      rows = new Map();
      this.#minutes.set(minute, rows);
      for (const each of this.#minutes.keys()) if (each <= minute - MINUTES_BACK) this.#minutes.delete(each);
    }
    const count = (rows.get(row) ?? 0) + 1;
    rows.set(row, count);
    return count;
  }

  #joinedBy(set: number, host: string): number {
    const before = this.#hostSets[set] as ReadonlySet<string>;
    if (before.has(host)) return set;
    const hosts = [...before, host].sort();
    const key = hosts.join('\u0000');
    const known = this.#joined.get(key);
    if (known !== undefined) return known;
    // More sets than there are numbers for: what is trained then goes by the hosts known so far.
    if (this.#hostSets.length > 0xffff) return set;
    this.#hostSets.push(new Set(hosts));
    this.#joined.set(key, this.#hostSets.length - 1);
    return this.#hostSets.length - 1;
  }
}

type Column = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The same numbers, with room for as many again. */
function longer<T extends Column>(column: T): T {
  const made = new (column.constructor as new (length: number) => T)(column.length * 2);
  made.set(column);
  return made;
}
