import { type EpochMs, epochMs } from '../../core/time.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { Actor } from '../../events/host-events.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf } from './actor.ts';
import { type JsonMeta, PHASE } from './record.ts';

/** A process as its sensor identifies it. `entity` is the sensor's own id of it, '' when it gives none. */
export interface Identity {
  /** Whose id `entity` is: two sensors of one host name the same process differently. */
  readonly sensor: string;
  readonly host: string;
  readonly pid: number;
  readonly entity: string;
  /** When the program or the process began, NaN when not said. */
  readonly start: number;
  /** Of the record. */
  readonly time: number;
}

/** Said of records whose process has only the number that a container gave it: the host's is another. */
export const CONTAINER_PID = 'process known by its pid in a container only';

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
  const key = `life ${process.sensor} ${process.host} ${pid}`;
  const known = meta.memory.peek(key) as Life | undefined;
  if (known?.entity === entity) return 'same';
  const began = Number.isNaN(start) ? time : start;
  if (known !== undefined && began <= known.start) return 'past';
  meta.memory.set(key, { entity, start: began, time });
  return known === undefined ? 'first' : 'next';
}

/**
 * The process that had this pid before has ended, though no record said so: told just before the record that shows it. Of the
 * ended one only its pid is known. `slot` as for `introduce`.
 */
export function tellEnded(meta: JsonMeta, process: Identity, time: EpochMs, slot: number, emit: EmitEvent): void {
  const order = meta.arrival(PHASE.health) + (2 * slot) / 32;
  const actor = actorOf({ pid: process.pid });
  emit({ kind: 'process.exited', time, order, host: process.host, ref: meta.ref, actor });
}

/** A process that a record describes beside what happened: what a list of the running ones would say of it. */
export interface Described {
  readonly identity: Identity;
  readonly actor: Actor;
  readonly cwd: Untrusted;
  readonly argv: readonly Untrusted[];
  readonly argvJoined?: true;
}

/**
 * Tells of a process that no record began: it ran before the sensor, or its start is missing. Once for each of the sensor's ids.
 * `slot`, a whole number below 16, sets apart the processes that one record describes.
 */
export function introduce(meta: JsonMeta, who: Described, time: EpochMs, slot: number, emit: EmitEvent): void {
  const { identity, actor, ...words } = who;
  const seen = lifeSeen(meta, identity);
  if (seen !== 'first' && seen !== 'next') return;
  const { host } = identity;
  if (seen === 'next') tellEnded(meta, identity, time, slot, emit);
  const order = meta.arrival(PHASE.health) + (2 * slot + 1) / 32;
  const startTime = epochMs(identity.start);
  emit({ kind: 'process.listed', time, order, host, ref: meta.ref, actor, startTime, ...words });
}
