import type { EpochMs } from '../core/time.ts';
import type { Verdict } from '../core/verdict.ts';
import type { WatchEvent } from '../events/event.ts';
import type { Ref } from '../events/ref.ts';

/** The framing of one line, apart from the meaning of its text. */
export interface SyslogMeta {
  readonly time: EpochMs;
  readonly host: string;
  /** Such as `postfix/local`, `CRON`, `sshd`. */
  readonly program: string;
  readonly pid: number;
  readonly ref: Ref;
  /** FNV-1a of the line's bytes: the last tie-break of order. */
  readonly lineHash: number;
}

/** Meaning of one program's messages. `programs` are exact names; `accepts` is asked for those not listed. */
export interface ProgramDecoder {
  readonly id: string;
  readonly programs: readonly string[];
  accepts?(program: string): boolean;
  /** Its messages name the time of what they tell themselves, and its events bear that, not the line's. */
  readonly ownTime?: true;
  /** Pushes what the text says; the verdict says whether it was understood. */
  decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict;
}

/** Rank of a message's phases, so that lines of one second stand in the order in which they happened. */
export const MAIL_PHASE = {
  notice: 0,
  connected: 1,
  rejected: 2,
  submitted: 3,
  received: 4,
  identified: 5,
  attachment: 6,
  queued: 7,
  fate: 8,
  removed: 9,
  disconnected: 10,
} as const;

/** `order` of a syslog event: phase first, then the line's hash. */
export const syslogOrder = (phase: number, lineHash: number): number => phase * 4294967296 + lineHash;
