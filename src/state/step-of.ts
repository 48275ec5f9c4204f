import type { EpochMs } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import { type ProcessState, programOf } from './processes.ts';
import type { TaintStep } from './taint.ts';

/** A step of a taint: `process` does (`verb`) something to `object`. */
export function stepOf(
  event: { readonly time: EpochMs; readonly order: number; readonly ref: Ref | null },
  kind: string,
  process: ProcessState,
  verb: string,
  object: string,
  strength: TaintStep['strength'],
  why: string,
): TaintStep {
  return {
    time: event.time,
    order: event.order,
    kind,
    program: programOf(process),
    pid: process.pid,
    verb,
    object,
    ref: event.ref,
    strength,
    why,
  };
}
