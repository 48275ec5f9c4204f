/**
 * Stands in for `node:test` while mutants are tried: tests are collected as their files are loaded and run one after
 * another, the first failure ends the run. Only what the analytics' tests use is here; anything else fails loudly.
 */
interface Collected {
  readonly name: string;
  readonly run: () => unknown;
}

let collected: Collected[] = [];

type Body = (context: { readonly test: typeof test }) => unknown;

export async function test(
  name: string,
  optionsOrBody: Body | { readonly skip?: unknown },
  body?: Body,
): Promise<void> {
  const run = typeof optionsOrBody === 'function' ? optionsOrBody : body;
  if (run === undefined) throw new Error(`${name}: no body`);
  if (typeof optionsOrBody === 'object' && optionsOrBody.skip) return;
  const context = {
    test: async (_inner: string, inner: Body | { readonly skip?: unknown }) => void (await (inner as Body)(context)),
  };
  collected.push({ name, run: () => run(context) });
}
export const it = test;
export const describe = (_name: string, body: () => void): void => body();

export function takeCollected(): readonly Collected[] {
  const taken = collected;
  collected = [];
  return taken;
}

/** Runs in its place among the tests; what it prepares is there for those behind it. */
export const before = (body: () => unknown): void => void collected.push({ name: 'before', run: body });
export const after = (_body: () => unknown): void => {};
