import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { Group } from './groups.ts';
import { takeCollected } from './harness.ts';
import type { Answer, Question } from './protocol.ts';
import { Switch } from './switch.ts';

/**
 * Tries mutants of one group in one process: loads the instrumented sources once, turns one mutant on at a time and runs the
 * tests that reach its place until one fails. Test files are loaded anew for each mutant, because they may hold state.
 */
const { group, code, active } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as {
  readonly group: Group;
  readonly code: Readonly<Record<string, string>>;
  readonly active: number;
};
const mutant = new Switch();
mutant.active = active;
(globalThis as { mutant?: Switch }).mutant = mutant;

const harness = pathToFileURL(join(import.meta.dirname, 'harness.ts')).href;
const stripped = new Map<string, string>();
let round = 0;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:test') return { url: harness, shortCircuit: true };
    const found = next(specifier, context);
    if (!/\/src\/.*\.(?:test|test-support)\.ts$/.test(found.url)) return found;
    return { ...found, url: `${found.url}?round=${round}` };
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.includes('.ts')) return next(url, context);
    const path = fileURLToPath(url.split('?')[0] as string);
    const instrumented = code[relative(ROOT, path)];
    if (instrumented === undefined && !url.includes('?round=')) return next(url, context);
    const source = stripped.get(path) ?? stripTypeScriptTypes(instrumented ?? readFileSync(path, 'utf8'));
    stripped.set(path, source);
    return { format: 'module', source, shortCircuit: true };
  },
});

interface Check {
  readonly name: string;
  readonly run: () => unknown;
}

/** The recordings of the group's folders: each as it is, and cut somewhere, saved and restored. */
async function recordings(): Promise<Check[]> {
  const { caseChecks } = (await import('./case-checks.ts')) as {
    readonly caseChecks: (folders: readonly string[]) => Check[];
  };
  return caseChecks(group.folders);
}

async function allChecks(): Promise<Check[]> {
  round += 1;
  takeCollected();
  const found: Check[] = [...(await recordings())];
  for (const file of group.tests) {
    await import(pathToFileURL(join(ROOT, file)).href);
    found.push(...takeCollected().map(({ name, run }) => ({ name: `${file}: ${name}`, run })));
  }
  return found;
}

/** How many mutants each check has noticed: the best are tried first. */
const noticed = new Map<number, number>();

async function failing(checks: readonly Check[], wanted: readonly number[]): Promise<string> {
  const order = [...wanted].sort((a, b) => (noticed.get(b) ?? 0) - (noticed.get(a) ?? 0) || a - b);
  for (const index of order) {
    const check = checks[index] as Check;
    try {
      await check.run();
    } catch {
      noticed.set(index, (noticed.get(index) ?? 0) + 1);
      return check.name;
    }
  }
  return '';
}

/** Runs every check with nothing broken, and notes which places each reaches. Throws when one fails. */
async function baseline(): Promise<Map<number, number[]>> {
  const reachedBy = new Map<number, number[]>();
  mutant.reached.clear();
  const checks = await allChecks();
  const atLoad = new Set(mutant.reached);
  for (const [index, check] of checks.entries()) {
    mutant.reached.clear();
    try {
      await check.run();
    } catch (error) {
      throw new Error(`fails with nothing broken: ${check.name}`, { cause: error });
    }
    for (const id of [...mutant.reached, ...atLoad]) {
      const known = reachedBy.get(id);
      if (known === undefined) reachedBy.set(id, [index]);
      else known.push(index);
    }
  }
  return reachedBy;
}

const send = (answer: Answer): void => void process.send?.(answer);
process.on('unhandledRejection', () => {});

if (active === 0) {
  const reachedBy = await baseline();
  process.on('message', ({ id }: Question) => {
    const wanted = reachedBy.get(id) ?? [];
    if (wanted.length === 0) {
      send({ id, outcome: 'unreached', by: '' });
      return;
    }
    mutant.active = id;
    void allChecks()
      .then(checks => failing(checks, wanted))
      .catch(() => 'loading the tests')
      .then(by => {
        mutant.active = 0;
        send({ id, outcome: by === '' ? 'survived' : 'killed', by });
      });
  });
  send({ id: 0, outcome: 'ready', by: '' });
} else {
  const checks = await allChecks().catch(() => null);
  const by = checks === null ? 'loading the tests' : await failing(checks, [...checks.keys()]);
  send({ id: active, outcome: by === '' ? 'survived' : 'killed', by });
}
