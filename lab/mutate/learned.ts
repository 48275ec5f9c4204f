import { INSIDE, OUTSIDE, type Switch } from './switch.ts';

/** Runs with nothing broken, and notes what each mutant would be to it, and how long it takes. */
export async function learned(
  mutant: Switch,
  atLoad: readonly number[],
  run: () => Promise<void>,
): Promise<{ readonly cost: number; readonly reached: Uint8Array }> {
  mutant.clear();
  mutant.isLearning = true;
  const begun = performance.now();
  try {
    await run();
  } finally {
    mutant.isLearning = false;
  }
  const cost = performance.now() - begun;
  const reached = mutant.reached.slice();
  const byItself = reached.some(each => (each & OUTSIDE) !== 0) ? OUTSIDE : 0;
  for (const id of atLoad) reached[id] = (reached[id] as number) | INSIDE | byItself;
  return { cost, reached };
}
