import { counted } from '../../core/counted.ts';
import { TROUBLE, type Trouble } from '../../decoders/mail-store/contract.ts';
import type { StoreOwnerBasis } from '../../events/mail-events.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { StoredRecord } from './record.ts';

/** One mail store as a whole. */
export interface StoreReport {
  readonly box: string;
  readonly form: string;
  /** Whose layout it is, '' for one that many programs share. */
  readonly client: string;
  readonly host: string;
  readonly owner: string;
  readonly ownerFrom: StoreOwnerBasis;
  readonly messages: number;
  readonly attachments: number;
  readonly encrypted: number;
  readonly damaged: number;
  /** Attachments that came more than once by content. */
  readonly repeated: number;
  readonly bytes: number;
  /** Epoch ms, NaN when there is no message. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Messages by what went wrong with them. */
  readonly trouble: ReadonlyMap<Trouble, number>;
}

type Tally = { -readonly [K in keyof StoreReport]: StoreReport[K] } & {
  trouble: Map<Trouble, number>;
  hashes: Set<string>;
};

const HASHES_MAX = 200_000;

/** Sums messages up by store. */
export class StoreTallies {
  readonly #byBox = new Map<string, Tally>();

  add(record: StoredRecord): void {
    const tally = this.#tallyOf(record);
    tally.messages += 1;
    tally.bytes += record.sizeBytes;
    if (!(tally.firstTime <= record.time)) tally.firstTime = record.time;
    if (!(tally.lastTime >= record.time)) tally.lastTime = record.time;
    if (tally.owner === '' && record.owner !== '') {
      tally.owner = record.owner;
      tally.ownerFrom = record.ownerFrom;
    }
    for (const each of record.trouble) tally.trouble.set(each, (tally.trouble.get(each) ?? 0) + 1);
    for (const { state, sha256 } of record.attachments) {
      tally.attachments += 1;
      if (state === 'encrypted') tally.encrypted += 1;
      if (state === 'damaged') tally.damaged += 1;
      if (sha256 === '') continue;
      if (tally.hashes.has(sha256)) tally.repeated += 1;
      else if (tally.hashes.size < HASHES_MAX) tally.hashes.add(sha256);
    }
  }

  reports(): StoreReport[] {
    return [...this.#byBox.values()].map(({ hashes: _, ...report }) => report).sort((a, b) => (a.box < b.box ? -1 : 1));
  }

  /** What could not be read in full, a line a store and reason. */
  problems(): InputProblem[] {
    return this.reports().flatMap(report =>
      [...report.trouble].sort().map(([trouble, count]) => ({
        code: 'N_MAIL_DAMAGED',
        source: report.box,
        level: 'notice' as const,
        message: `${counted(count, 'message')}: ${TROUBLE[trouble]}`,
      })),
    );
  }

  #tallyOf(record: StoredRecord): Tally {
    const known = this.#byBox.get(record.box);
    if (known !== undefined) return known;
    const made: Tally = {
      box: record.box,
      form: record.form,
      client: record.client,
      host: record.host,
      owner: '',
      ownerFrom: '',
      messages: 0,
      attachments: 0,
      encrypted: 0,
      damaged: 0,
      repeated: 0,
      bytes: 0,
      firstTime: Number.NaN,
      lastTime: Number.NaN,
      trouble: new Map(),
      hashes: new Set(),
    };
    this.#byBox.set(record.box, made);
    return made;
  }
}
