import type { EpochMs } from '../../core/time.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf } from './actor.ts';
import { type JsonMeta, PHASE } from './record.ts';

/** A process as its sensor identifies it. `entity` is the sensor's own id of it, '' when it gives none. */
export interface Identity {
  readonly host: string;
  readonly pid: number;
  readonly entity: string;
  /** When the program or the process began, NaN when not said. */
  readonly start: number;
  /** Of the record. */
  readonly time: number;
}

interface Life {
  readonly entity: string;
  readonly start: number;
  readonly time: number;
}

/** `first`: a pid not seen before. `same`: the known process. `next`: the pid stands for another one now. `past`: for an earlier one. */
export type LifeSeen = 'first' | 'same' | 'next' | 'past';

/**
 * Pids are used again, and records of an end may be missing: the sensor's own id tells two processes of one pid apart. Kept in
 * the log's memory, bounded with it. Without an id nothing is known and nothing is kept.
 */
export function lifeSeen(meta: JsonMeta, process: Identity): LifeSeen {
  const { pid, entity, start, time } = process;
  if (pid < 0 || entity === '') return 'same';
  const key = `life ${process.host} ${pid}`;
  const known = meta.memory.peek(key) as Life | undefined;
  if (known?.entity === entity) return 'same';
  const began = Number.isNaN(start) ? time : start;
  if (known !== undefined && began <= known.start) return 'past';
  meta.memory.set(key, { entity, start: began, time });
  return known === undefined ? 'first' : 'next';
}

/**
 * The process that had this pid before has ended, though no record said so: told just before the record that shows it. Of the
 * ended one only its pid is known.
 */
export function tellEnded(meta: JsonMeta, process: Identity, time: EpochMs, emit: EmitEvent): void {
  emit({
    kind: 'process.exited',
    time,
    order: meta.order(PHASE.health),
    host: process.host,
    ref: meta.ref,
    actor: actorOf({ pid: process.pid }),
  });
}
