import { parseArgs } from 'node:util';
import { groups } from './groups.ts';
import type { Mutant } from './mutants.ts';
import { digestOf, type Results, readResults, reasonOf, resultOf, writeResults } from './results.ts';
import { tryGroup } from './run.ts';

/**
 * `npm run lab:mutate [-- --analytic AN0656]... [--budget SECONDS] [--parallel N] [--resume] [--write]`: breaks the analytics' conditions
 * one at a time and says which no test notices. `--analytic shared` is what several have in common. `--write` renews
 * docs/lab-mutate.md; `--resume` tries only what the last written run left. Exit code 1 when a condition is left that nobody has given a reason for, 3 for a wrong argument.
 */
const { values } = parseArgs({
  options: {
    analytic: { type: 'string', multiple: true, default: [] },
    budget: { type: 'string', default: '1800' },
    parallel: { type: 'string', default: '2' },
    resume: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const all = groups();
const unknown = values.analytic.filter(id => !all.some(group => group.id === id));
const parallel = Number(values.parallel);
const budget = Number(values.budget);
if (unknown.length > 0 || !(parallel >= 1) || !(budget > 0)) {
  console.error(
    `cannot do this; --analytic takes ${all.map(group => group.id).join(', ')}; --parallel and --budget a number above 0`,
  );
  process.exit(3);
}
const untilMs = Date.now() + budget * 1000;
const known: Results = readResults();
let open = 0;
for (const group of all.filter(each => values.analytic.length === 0 || values.analytic.includes(each.id))) {
  const begun = Date.now();
  const onProgress = (done: number, total: number, survived: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${group.id} ${done}/${total}, ${survived} survived `);
  };
  const last = known[group.id];
  const before = values.resume && last?.sources === digestOf(group) ? last.left : undefined;
  const isNoticed = ({ file, kind, text }: Mutant): boolean =>
    before !== undefined && !before.some(left => left.file === file && left.kind === kind && left.text === text);
  const tried = await tryGroup(group, { parallel, untilMs, isNoticed, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const result = resultOf(group, tried);
  // Read again: another group may have been tried meanwhile.
  if (values.write) writeResults({ ...readResults(), [group.id]: result });
  const unnoticed = result.left.filter(left => left.outcome !== 'untried');
  const unexplained = unnoticed.filter(left => reasonOf(left) === '');
  open += unexplained.length;
  for (const { file, line, kind, text, outcome } of unexplained) {
    console.log(`${outcome.padEnd(9)} ${file}:${line}  ${kind}: ${text}`);
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(
    `${group.id}: ${result.mutants} broken, ${result.killed + result.hung} noticed, ${unexplained.length} not noticed, ${unnoticed.length - unexplained.length} with a reason, ${result.untried} not tried (${seconds} s)\n`,
  );
}
process.exitCode = open > 0 ? 1 : 0;
