import { countQuantile } from './tails.ts';

export const SLOTS = 168;
const PAGE_ROWS = 4096;
/** The part of a new week in what is usual, once five weeks are known: a week weighs half as much three weeks later. */
const WEEK_WEIGHT = 0.2;
const RATIO_WEIGHT = 0.02;
/** A peak that nine in ten hours with mail do not exceed is followed by steps of this part of itself. */
const PEAK_STEP = 0.2;
const QUANTILE = 0.9;

/**
 * A number from 0.02 to 100,000 in one byte, 3 % fine: 0 is 0, else 0.02 · 1.0626^(byte − 1). A hundred million of them
 * are a hundred megabytes.
 */
const SMALLEST = 0.02;
const STEP = Math.log(1e5 / SMALLEST) / 254;
export const encode = (value: number): number =>
  value < SMALLEST / 2 ? 0 : Math.max(1, Math.min(255, Math.round(Math.log(value / SMALLEST) / STEP) + 1));
const DECODED = Float64Array.from({ length: 256 }, (_, byte) =>
  byte === 0 ? 0 : SMALLEST * Math.exp((byte - 1) * STEP),
);
export const decode = (byte: number): number => DECODED[byte] as number;

/** Slot of an hour since the epoch: hour of the week in UTC, 0 is Monday 00:00. 1970-01-01 was a Thursday. */
export const slotOf = (hour: number): number => (((hour + 72) % SLOTS) + SLOTS) % SLOTS;

interface Page {
  /** Messages an hour, by hour of week. */
  readonly rates: Uint8Array;
  /** Ratio of variance to mean of the hourly counts, at least 1. */
  readonly ratio: Uint8Array;
  /** Most messages within a minute and within five, in hours with mail. */
  readonly peakMinute: Uint8Array;
  readonly peakFive: Uint8Array;
  /** Hours since the epoch: when the mailbox was first seen, and up to where it is trained. */
  readonly firstHour: Uint32Array;
  readonly trainedTo: Uint32Array;
  readonly hoursTrained: Uint32Array;
  readonly nameAt: Uint32Array;
}

const newPage = (): Page => ({
  rates: new Uint8Array(PAGE_ROWS * SLOTS),
  ratio: new Uint8Array(PAGE_ROWS),
  peakMinute: new Uint8Array(PAGE_ROWS),
  peakFive: new Uint8Array(PAGE_ROWS),
  firstHour: new Uint32Array(PAGE_ROWS),
  trainedTo: new Uint32Array(PAGE_ROWS),
  hoursTrained: new Uint32Array(PAGE_ROWS),
  nameAt: new Uint32Array(PAGE_ROWS),
});

/** What one mailbox usually gets. */
export interface MailboxRow {
  readonly mailbox: string;
  readonly rates: readonly number[];
  readonly varianceRatio: number;
  readonly peakMinute: number;
  readonly peakFive: number;
  readonly firstHour: number;
  readonly hoursTrained: number;
}

/** One hour of one mailbox, as it was seen. */
export interface SeenHour {
  readonly hour: number;
  readonly count: number;
  readonly peakMinute: number;
  readonly peakFive: number;
}

/**
 * Messages an hour of every mailbox, by hour of week, in columns: about 215 bytes a mailbox, its name included.
 *
 * For each hour that the evidence covers, with x messages and m the rate so far of that hour of week:
 * x' = min(x, most), where most is what is exceeded once in a thousand such hours, and at least 3·(m + 1);
 * m ← m + w·(x' − m), with w = max(0.2, 1/(n + 1)) after n weeks (an average first, then exponential forgetting);
 * the variance ratio follows (x' − m)²/m by 0.02 an hour; peaks follow the 0.9 quantile by stochastic approximation
 * (Robbins and Monro 1951): up by 0.2·0.9, down by 0.2·0.1 of themselves.
 * One odd hour therefore moves little, however odd it is.
 */
export class MailboxHours {
  readonly rowsMax: number;
  size = 0;
  refused = 0;
  #pages: Page[] = [];
  #index = new Int32Array(1024).fill(-1);
  #names = Buffer.alloc(65_536);
  #namesEnd = 0;

  constructor(rowsMax = 1_000_000) {
    this.rowsMax = rowsMax;
  }

  /** Bytes of memory that the columns, names and index take. */
  get bytes(): number {
    const page = PAGE_ROWS * (SLOTS + 3 + 16);
    return this.#pages.length * page + this.#names.length + this.#index.byteLength;
  }

  has(mailbox: string): boolean {
    return this.#find(mailbox) >= 0;
  }

  /** Row number of a mailbox, made when new; -1 when the table is full (counted in `refused`). */
  rowOf(mailbox: string): number {
    const found = this.#find(mailbox);
    if (found >= 0) return found;
    if (this.size >= this.rowsMax) {
      this.refused += 1;
      return -1;
    }
    return this.#add(mailbox);
  }

  /**
   * Trains one mailbox with all hours from `fromHour` (inclusive) to `toHour` (exclusive): those in `seen` (sorted by hour)
   * with their counts, all others with none. Hours before its first message, and hours trained before, are left alone.
   */
  train(row: number, seen: readonly SeenHour[], fromHour: number, toHour: number, skip: ReadonlySet<number>): void {
    const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
    const at = row % PAGE_ROWS;
    if (page.hoursTrained[at] === 0) {
      const first = seen[0];
      if (first === undefined) return;
      page.firstHour[at] = first.hour;
      page.ratio[at] = encode(1);
    }
    const begin = Math.max(fromHour, page.firstHour[at] as number, page.trainedTo[at] as number);
    let next = 0;
    for (let hour = begin; hour < toHour; hour++) {
      while (next < seen.length && (seen[next] as SeenHour).hour < hour) next += 1;
      const here = seen[next];
      if (!skip.has(hour)) this.#hour(page, at, hour, here?.hour === hour ? here : undefined);
    }
    page.trainedTo[at] = Math.max(page.trainedTo[at] as number, toHour);
  }

  #hour(page: Page, at: number, hour: number, seen: SeenHour | undefined): void {
    const slot = at * SLOTS + slotOf(hour);
    const mean = decode(page.rates[slot] as number);
    const ratio = Math.max(1, decode(page.ratio[at] as number));
    const weeks = Math.floor((page.hoursTrained[at] as number) / SLOTS);
    const isFirst = (page.hoursTrained[at] as number) < SLOTS;
    const most = isFirst ? Number.POSITIVE_INFINITY : Math.max(countQuantile(0.001, mean, ratio), 3 * (mean + 1));
    const x = Math.min(seen?.count ?? 0, most);
    const weight = Math.max(WEEK_WEIGHT, 1 / (weeks + 1));
    page.rates[slot] = encode(mean + weight * (x - mean));
    page.hoursTrained[at] = (page.hoursTrained[at] as number) + 1;
    if (!isFirst && mean >= SMALLEST) {
      const excess = (x - mean) ** 2 / mean;
      page.ratio[at] = encode(Math.max(1, ratio + RATIO_WEIGHT * (Math.min(excess, 50 * ratio) - ratio)));
    }
    if (seen === undefined) return;
    page.peakMinute[at] = encode(stepped(decode(page.peakMinute[at] as number), seen.peakMinute));
    page.peakFive[at] = encode(stepped(decode(page.peakFive[at] as number), seen.peakFive));
  }

  /** What a mailbox gets, undefined when it is not known. */
  get(mailbox: string): MailboxRow | undefined {
    const row = this.#find(mailbox);
    return row < 0 ? undefined : this.#row(row);
  }

  /** Every mailbox, in the order in which it was first seen. */
  *rows(): Generator<MailboxRow> {
    for (let row = 0; row < this.size; row++) yield this.#row(row);
  }

  #row(row: number): MailboxRow {
    const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
    const at = row % PAGE_ROWS;
    return {
      mailbox: this.#name(page.nameAt[at] as number),
      rates: Array.from(page.rates.subarray(at * SLOTS, (at + 1) * SLOTS), decode),
      varianceRatio: Math.max(1, decode(page.ratio[at] as number)),
      peakMinute: decode(page.peakMinute[at] as number),
      peakFive: decode(page.peakFive[at] as number),
      firstHour: page.firstHour[at] as number,
      hoursTrained: page.hoursTrained[at] as number,
    };
  }

  /** Forgets one mailbox's past; its row stays. */
  forget(mailbox: string): boolean {
    const row = this.#find(mailbox);
    if (row < 0) return false;
    const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
    const at = row % PAGE_ROWS;
    page.rates.fill(0, at * SLOTS, (at + 1) * SLOTS);
    for (const column of [
      page.ratio,
      page.peakMinute,
      page.peakFive,
      page.firstHour,
      page.trainedTo,
      page.hoursTrained,
    ])
      column[at] = 0;
    return true;
  }

  #add(mailbox: string): number {
    const row = this.size;
    if (row % PAGE_ROWS === 0) this.#pages.push(newPage());
    if ((row + 1) * 2 > this.#index.length) this.#grow();
    const bytes = Buffer.from(mailbox, 'utf8').subarray(0, 0xffff);
    while (this.#namesEnd + bytes.length + 2 > this.#names.length) {
      const more = Buffer.alloc(Math.ceil(this.#names.length * 1.5));
      this.#names.copy(more, 0, 0, this.#namesEnd);
      this.#names = more;
    }
    const page = this.#pages.at(-1) as Page;
    page.nameAt[row % PAGE_ROWS] = this.#namesEnd;
    this.#names.writeUInt16LE(bytes.length, this.#namesEnd);
    bytes.copy(this.#names, this.#namesEnd + 2);
    this.#namesEnd += 2 + bytes.length;
    this.size += 1;
    this.#place(row, mailbox);
    return row;
  }

  #name(at: number): string {
    return this.#names.toString('utf8', at + 2, at + 2 + this.#names.readUInt16LE(at));
  }

  #find(mailbox: string): number {
    const mask = this.#index.length - 1;
    for (let at = hashOf(mailbox) & mask; ; at = (at + 1) & mask) {
      const row = this.#index[at] as number;
      if (row < 0) return -1;
      const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
      if (this.#name(page.nameAt[row % PAGE_ROWS] as number) === mailbox) return row;
    }
  }

  #place(row: number, mailbox: string): void {
    const mask = this.#index.length - 1;
    let at = hashOf(mailbox) & mask;
    while ((this.#index[at] as number) >= 0) at = (at + 1) & mask;
    this.#index[at] = row;
  }

  #grow(): void {
    this.#index = new Int32Array(this.#index.length * 2).fill(-1);
    for (let row = 0; row < this.size; row++) {
      const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
      this.#place(row, this.#name(page.nameAt[row % PAGE_ROWS] as number));
    }
  }

  /** Structured-clonable; columns of full length. */
  snapshot(): unknown {
    return {
      pages: this.#pages,
      names: this.#names.subarray(0, this.#namesEnd),
      size: this.size,
      refused: this.refused,
    };
  }

  /** Throws RangeError on data that cannot be a snapshot. */
  restore(data: unknown): void {
    const from = data as { pages: Page[]; names: Uint8Array; size: number; refused: number };
    if (!Array.isArray(from.pages) || from.pages.length !== Math.ceil(from.size / PAGE_ROWS))
      throw new RangeError('pages of mailboxes are missing');
    this.#pages = from.pages;
    this.#names = Buffer.from(from.names);
    this.#namesEnd = this.#names.length;
    this.size = from.size;
    this.refused = from.refused;
    let length = 1024;
    while (length < (this.size + 1) * 2) length *= 2;
    this.#index = new Int32Array(length).fill(-1);
    for (let row = 0; row < this.size; row++) {
      const page = this.#pages[Math.floor(row / PAGE_ROWS)] as Page;
      this.#place(row, this.#name(page.nameAt[row % PAGE_ROWS] as number));
    }
  }
}

function stepped(quantile: number, seen: number): number {
  if (quantile === 0) return seen;
  return seen > quantile
    ? Math.min(seen, quantile * (1 + PEAK_STEP * QUANTILE))
    : Math.max(seen, quantile * (1 - PEAK_STEP * (1 - QUANTILE)));
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
