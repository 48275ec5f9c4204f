/**
 * Stands in for `node:test` while mutants are tried: tests are collected as their files are loaded and run one after
 * another, the first failure ends the run. Only what the analytics' tests use is here; anything else fails loudly.
 */
interface Collected {
  readonly name: string;
  readonly run: () => unknown;
}

let collected: Collected[] = [];

interface Context {
  readonly name: string;
  readonly filePath: string;
  readonly test: typeof test;
  readonly after: (body: () => unknown) => void;
}
let running: Context | undefined;
let loading = '';

/** The test that runs. */
export const getTestContext = (): Context | undefined => running;

/** Tests that are collected from now on lie in this file. */
export function nowLoading(file: string): void {
  loading = file;
}

type Body = (context: Context) => unknown;

export async function test(
  name: string,
  optionsOrBody: Body | { readonly skip?: unknown },
  body?: Body,
): Promise<void> {
  const run = typeof optionsOrBody === 'function' ? optionsOrBody : body;
  if (run === undefined) throw new Error(`${name}: no body`);
  if (typeof optionsOrBody === 'object' && optionsOrBody.skip) return;
  const filePath = loading;
  collected.push({
    name,
    run: async () => {
      const last: (() => unknown)[] = [];
      const context: Context = {
        name,
        filePath,
        test: async (_inner, inner) => void (await (inner as Body)(context)),
        after: body => void last.push(body),
      };
      running = context;
      try {
        await run(context);
      } finally {
        running = undefined;
        for (const body of last) await body();
      }
    },
  });
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
