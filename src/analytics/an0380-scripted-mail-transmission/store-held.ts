import { isFewLetters } from '../../state/few-letters.ts';
import type { HostState } from '../../state/host.ts';
import { startersOf } from '../../state/host-network.ts';
import { writesToChild } from '../../state/host-starts.ts';
import type { Carry, ProcessState } from '../../state/processes.ts';

/** Mail of a store that a program sends: held by itself, in its pipeline, or by what writes into it. */
export function storeHeld(process: ProcessState, stages: readonly ProcessState[]): Carry | undefined {
  const own = process.carries.find(isOfStore);
  if (own !== undefined) return own;
  for (const stage of stages) {
    const held = stage.carries.find(isOfStore);
    if (held !== undefined) return held;
  }
  for (const elder of startersOf(process)) {
    const held = writesToChild(elder) ? elder.carries.find(isOfStore) : undefined;
    if (held !== undefined) return held;
  }
  return undefined;
}

const isOfStore = ({ taint }: Carry): boolean => taint.origin.kind === 'mailstore';

/** It holds letters of the own mailbox, picked one by one, and no other mail. */
export function holdsOwnLetters(host: HostState, process: ProcessState): boolean {
  const held = process.carries.filter(isOfStore);
  const user = host.userName(process.uid);
  return held.length > 0 && held.every(({ taint }) => taint.origin.person === user && isFewLetters(host, taint));
}
