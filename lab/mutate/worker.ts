import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { Analytic } from '../../src/analytics/contract.ts';
import type { Message, Place, Task } from './protocol.ts';
import { INSIDE, OUTSIDE, Switch } from './switch.ts';
import type { Report } from './trial.ts';
import { Units } from './units.ts';

/**
 * Tries mutants of one group in one process: the instrumented sources are loaded once. First the recordings, many mutants
 * beside each other; then, for those that are left, the test files beside the analytics, one mutant at a time. A mutant
 * that is evaluated as a module is loaded has a copy of the analytics' modules of its own (`?with=`), and a process of its own
 * for the test files.
 */
const task = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Task;
const alone = process.argv[3] === 'alone';
const mutant = new Switch(task.size, task.dependents, task.constants);
if (alone) mutant.active = task.ids[0] as number;
(globalThis as { mutant?: Switch }).mutant = mutant;

const harness = pathToFileURL(join(import.meta.dirname, 'harness.ts')).href;
const stripped = new Map<string, string>();
let round = 0;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:test') return { url: harness, shortCircuit: true };
    const found = next(specifier, context);
    if (/\/src\/.*\.(?:test|test-support)\.ts$/.test(found.url))
      return { ...found, url: `${found.url}?round=${round}` };
    const copy = /\?with=\d+$/.exec(context.parentURL ?? '');
    if (copy === null || !/\/src\/analytics\/[^?]*\.ts$/.test(found.url)) return found;
    return { ...found, url: `${found.url}${copy[0]}` };
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.includes('.ts')) return next(url, context);
    const path = fileURLToPath(url.split('?')[0] as string);
    const instrumented = task.code[relative(ROOT, path)];
    if (instrumented === undefined && !url.includes('?')) return next(url, context);
    const source = stripped.get(path) ?? stripTypeScriptTypes(instrumented ?? readFileSync(path, 'utf8'));
    stripped.set(path, source);
    return { format: 'module', source, shortCircuit: true };
  },
});

const send = (message: Message): void => void process.send?.(message);
process.on('unhandledRejection', () => {});

const registry = pathToFileURL(join(ROOT, 'src/analytics/registry.ts')).href;
const analyticsOf = async (suffix: string): Promise<readonly Analytic[]> =>
  ((await import(`${registry}${suffix}`)) as { readonly ANALYTICS_ALL: readonly Analytic[] }).ANALYTICS_ALL;

async function copies(): Promise<Map<number, readonly Analytic[]>> {
  const made = new Map<number, readonly Analytic[]>();
  for (const id of task.atLoad) {
    mutant.active = id;
    try {
      made.set(id, await analyticsOf(`?with=${id}`));
    } catch {
      send({ kind: 'answer', id, outcome: 'killed', by: 'loading the analytics' });
    }
    mutant.active = 0;
  }
  return made;
}

const nextRound = (): void => {
  round += 1;
};

const ALIVE_MS = 5000;
let lastSign = performance.now();
function onAlive(): void {
  if (performance.now() - lastSign < ALIVE_MS) return;
  lastSign = performance.now();
  send({ kind: 'alive' });
}

async function tryAll(): Promise<void> {
  const { beside } = await import('./beside.ts');
  const { learnCases } = await import('./cases.ts');
  const own = await copies();
  const { group, batch, untilMs, atLoad, inTests } = task;
  const ids = task.ids.filter(id => own.has(id) || !atLoad.includes(id));
  const only = (await analyticsOf('')).filter(each => group.id === 'shared' || each.meta.id === group.id);
  const runs = beside(only, own, mutant, onAlive);
  const units = new Units(group.tests, { mutant, beside: runs, nextRound, onAlive });
  const trials = [
    ...(await learnCases({ folders: group.folders, atLoad, beside: runs, mutant })),
    ...(await units.learn(atLoad, inTests)),
  ];
  await units.learnOrder();
  const alive = new Set(ids);
  const alone = new Map<number, Place[]>();
  const report: Report = {
    onTrying: some => send({ kind: 'trying', ids: some }),
    onNoticed: (id, by, hung) => {
      if (alive.delete(id)) send({ kind: 'answer', id, outcome: hung ? 'hung' : 'killed', by });
    },
    onMaybeAlone: (id, check) => void alone.set(id, [...(alone.get(id) ?? []), check]),
  };
  // The cheap ones first: what they notice need not be tried with the dear ones.
  for (const trial of trials.sort((a, b) => a.cost - b.cost)) {
    const on = [...alive].filter(id => ((trial.reached[id] as number) & (INSIDE | OUTSIDE)) !== 0);
    for (let at = 0; at < on.length; at += batch) {
      if (Date.now() > untilMs) return;
      await trial.tryWith(on.slice(at, at + batch), report);
    }
  }
  for (const id of alive) {
    const checks = alone.get(id);
    const outcome = trials.some(({ reached }) => reached[id] !== 0) ? 'survived' : 'unreached';
    send(checks === undefined ? { kind: 'answer', id, outcome, by: '' } : { kind: 'alone', id, checks });
  }
}

/** The test files, in a process where the mutant was on from the first line. The recordings have been tried before. */
async function tryAlone(): Promise<void> {
  const id = mutant.active;
  send({ kind: 'trying', ids: [id] });
  const units = new Units(task.group.tests, { mutant, beside: null, nextRound, onAlive });
  const { by, hung } = await units.noticing(id, task.checks);
  send({ kind: 'answer', id, outcome: hung ? 'hung' : by === '' ? 'survived' : 'killed', by });
}

try {
  await (alone ? tryAlone() : tryAll());
  send({ kind: 'done' });
} catch (error) {
  send({ kind: 'broken', why: (error as Error).stack ?? String(error) });
}
