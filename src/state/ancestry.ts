import type { ProcessState } from './processes.ts';

/** Processes from this one up, itself first, at most `max`. */
export function ancestry(process: ProcessState, max = 32): ProcessState[] {
  const chain: ProcessState[] = [];
  for (let p: ProcessState | null = process; p !== null && chain.length < max; p = p.parent) {
    if (chain.includes(p)) break;
    chain.push(p);
  }
  return chain;
}

/** The nearest process above this one, at most `max` steps up, that `is` so; undefined when there is none. Makes no list. */
export function findElder(
  process: ProcessState,
  max: number,
  is: (elder: ProcessState) => boolean,
): ProcessState | undefined {
  let elder = process.parent;
  for (let step = 1; step <= max && elder !== null && elder !== process; step++) {
    if (is(elder)) return elder;
    elder = elder.parent;
  }
  return undefined;
}
