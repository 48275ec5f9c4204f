import { append, type Carry, type ProcessState } from './processes.ts';
import { assumptionRank } from './taint.ts';

const CARRIES_MAX = 8;

/** Adds a carry unless the same origin is already held as surely. Returns false when nothing changed. */
export function addCarry(process: ProcessState, carry: Carry): boolean {
  const carries = process.carries as Carry[];
  for (let i = 0; i < carries.length; i++) {
    const held = carries[i] as Carry;
    if (held.taint.origin.id !== carry.taint.origin.id) continue;
    const surer =
      assumptionRank(carry.taint) < assumptionRank(held.taint) ||
      (held.strength === 'inferred' && carry.strength === 'observed');
    if (!surer) return false;
    carries[i] = carry;
    return true;
  }
  if (carries.length >= CARRIES_MAX) {
    // Mail-store origins are few and weigh more than one message among many.
    const at = carries.findIndex(held => held.taint.origin.kind !== 'mailstore');
    carries.splice(at < 0 ? 0 : at, 1);
  }
  process.carries = append(carries, carry, CARRIES_MAX);
  return true;
}
