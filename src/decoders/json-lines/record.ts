import type { BoundedMap } from '../../core/bounded-map.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { Ref } from '../../events/ref.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What the framing knows of one record. */
export interface JsonMeta {
  readonly context: DecodeContext;
  readonly ref: Ref;
  /** How many-th record of its log this is, over rotations. */
  readonly number: number;
  /** `order` of an event of this record: the phase first (see PHASE), then a hash of the record. */
  order(phase: number): number;
  /** The same for sources with coarse clocks: the phase first, then the place among the records that came. */
  arrival(phase: number): number;
  /** What the decoder keeps of this log's earlier records, under keys of its own: plain data, bounded, saved with the session. */
  readonly memory: BoundedMap<string, unknown>;
  /** Counts, among what the log could not tell, something that this record leaves out. Reasons are constants. */
  lacks(reason: string): void;
}

/**
 * Rank of events that bear one stamp, so that a coarse clock does not show an effect before its cause. One record that
 * becomes several events gives each its own phase.
 */
export const PHASE = {
  health: 0,
  session: 1,
  forked: 2,
  started: 3,
  read: 4,
  written: 5,
  moved: 6,
  modeChanged: 7,
  named: 8,
  connected: 9,
  seen: 10,
  ended: 11,
  exited: 12,
} as const;

/**
 * Meaning of the JSON records of one program; framing is apart. Records that it does not claim are offered to the other
 * decoders, so a file may hold several kinds. Nothing here throws, whatever the types of the values.
 */
export interface JsonRecordDecoder {
  readonly id: string;
  readonly title: string;
  /** Its records stand this much later in a file than their times say, where that is more than the run allows for. */
  readonly latenessMs?: number;
  /** Looks at the keys that only this program's records have. Cheap. */
  claims(record: JsonObject): boolean;
  /** Host that the record names, or ''. */
  hostOf(record: JsonObject): string;
  /** NaN when the record has no readable time. The context's zone is of those that have none. */
  timeOf(record: JsonObject, context?: DecodeContext): EpochMs;
  /** Pushes what the record says. Every event has the host of `hostOf`, or the context's default where that is ''. */
  decode(record: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict;
  /** For meanings that take more than one record: the framing then asks the session, never `decode`. */
  open?(context: DecodeContext, emit: EmitEvent): JsonRecordSession;
}

/** What a decoder keeps between the records of one log. It emits in any order; the framing puts events in order. */
export interface JsonRecordSession {
  decode(record: JsonObject, meta: JsonMeta): Verdict;
  /**
   * Nothing at or before `until` (event time) is thought to come any more, as of record `number`. Returns before when
   * everything has been emitted: `until`, or earlier while something may still be in the middle of arriving.
   */
  advance(until: number, number: number): number;
  /** What waits for `watermark` is finished. */
  tick(watermark: number): void;
  snapshot(): unknown;
  restore(data: unknown): void;
  /** Records dropped after they had been accepted, by reason. */
  drops(): ReadonlyMap<string, number>;
}
