import type { EpochMs } from '../core/time.ts';
import type { Unread, Verdict } from '../core/verdict.ts';
import type { WatchEvent } from '../events/event.ts';

/** What a decoder may know beyond the bytes. Nothing here comes from a clock. */
export interface DecodeContext {
  /** Index of the file in the run's source table; changes when a session goes on to the next rotation. */
  source: number;
  /** Host for records that do not name one. */
  readonly defaultHost: string;
  /** A moment at or shortly after the end of the evidence: stamps without a year are put at or before it. */
  readonly notAfter: EpochMs;
  /** Minutes east of UTC for stamps without a zone. */
  readonly zoneOffsetMinutes: number;
  /** Records may arrive this much out of order, in event time. */
  readonly latenessMs: number;
  /** Told of messages whose stamps name no zone, and by which process they were written. `time` in epoch ms, as read. */
  readonly onUnzoned?: ((host: string, program: string, pid: number, time: number) => void) | undefined;
}

/** What came of many lines. */
export interface LineTally {
  lines: number;
  /** Lines that became, or became part of, events. */
  emitted: number;
  /** So many lines were not. */
  tell(verdict: Unread, lines: number): void;
}

/** Where finished events go, in the order in which the session judges them. */
export type EmitEvent = (event: WatchEvent) => void;

/**
 * One logical log (a file with its rotations) being read. Lines come without their end-of-line. `buffer` is only valid
 * during the call: what is kept is copied.
 */
export interface DecoderSession {
  /** One line: bytes `start` (inclusive) to `end` (exclusive) of `buffer`, which lie at `offset` of the source. */
  pushLine(buffer: Buffer, start: number, end: number, offset: number): Verdict;
  /**
   * Whole lines (those that end in LF, with or without CR before it) of `buffer` from `start` on, which lies at `offset` of
   * the source: for formats that read many lines at once. Takes as many as it likes. Returns where the rest begins: `start`
   * when no whole line is left.
   */
  pushLines?(buffer: Buffer, start: number, offset: number, tally: LineTally): number;
  /** No record at or before `watermark` is still to come: what waits for it is finished. `Infinity` at the end. */
  tick(watermark: number): void;
  /** Latest time read so far; NaN before the first. */
  readonly latest: number;
  /** Structured-clonable state. */
  snapshot(): unknown;
  restore(data: unknown): void;
  /** Records that were dropped after they had been accepted, by reason (incomplete events, evictions). */
  drops(): ReadonlyMap<string, number>;
}

/** A format of a whole file. Recognition looks at content only. */
export interface FileFormat {
  readonly id: string;
  readonly title: string;
  /** 0 (not mine) to 1 (certain), from up to 64 KiB of the beginning. */
  recognise(sample: Buffer): number;
  /** Host named inside the sample, or ''. */
  hostOf(sample: Buffer): string;
  /** Every host that the sample names, where one file can hold the records of several. */
  hostsOf?(sample: Buffer): ReadonlySet<string>;
  /** First time in the sample, NaN when none; year-less stamps use `context.notAfter`. */
  firstTime(sample: Buffer, context: DecodeContext): number;
  /** True when stamps carry no year, so that the order of files needs other evidence. */
  readonly yearless: (sample: Buffer) => boolean;
  /** Bytes to read at once where they hold few events; else the source's own measure. */
  readonly blockBytes?: number;
  open(context: DecodeContext, emit: EmitEvent): DecoderSession;
}
