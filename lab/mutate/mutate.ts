import { optionsOf } from '../../scripts/lib/options.ts';
import { groups } from './groups.ts';
import type { Mutant } from './mutants.ts';
import { digestOf, type Results, readResults, reasonOf, resultOf, writeResults } from './results.ts';
import { tryGroup } from './run.ts';

/**
 * `npm run lab:mutate [-- --analytic AN0656]... [--budget SECONDS] [--parallel N] [--resume | --left] [--file PART]... [--write]`: breaks the analytics' conditions
 * one at a time and says which no test notices. `--analytic shared` is what several have in common. `--write` renews
 * docs/lab-mutate.md; `--resume` tries only what the last written run left. `--left` does so although sources changed since, and `--file`
 * keeps to files whose path contains PART: quick, for one who writes tests, and never written. Exit code 1 when a condition is left that nobody has given a reason for, 3 for a wrong argument.
 */
const { values } = optionsOf({
  name: 'npm run lab:mutate --',
  says: "Breaks the analytics' conditions one at a time and says which no test notices.",
  options: {
    analytic: {
      type: 'string',
      multiple: true,
      default: [],
      takes: 'ID',
      says: 'one analytic, or shared: what several have',
    },
    budget: { type: 'string', default: '1800', takes: 'SECONDS', says: 'nothing is begun after this' },
    parallel: { type: 'string', default: '2', takes: 'N', says: 'workers beside each other' },
    resume: { type: 'boolean', default: false, says: 'try only what the last written run left' },
    left: { type: 'boolean', default: false, says: 'so too, although sources changed since' },
    file: { type: 'string', multiple: true, default: [], takes: 'PART', says: 'only files whose path contains PART' },
    write: { type: 'boolean', default: false, says: 'write docs/lab-mutate.md and lab/mutate/results.json anew' },
  },
});
const all = groups();
const unknown = values.analytic.filter(id => !all.some(group => group.id === id));
const parallel = Number(values.parallel);
const budget = Number(values.budget);
const isPart = values.left || values.file.length > 0;
if (unknown.length > 0 || !(parallel >= 1) || !(budget > 0) || (values.write && isPart)) {
  console.error(
    `cannot do this; --analytic takes ${all.map(group => group.id).join(', ')}; --parallel and --budget a number above 0; a part (--left, --file) is not written`,
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
  const before = values.left || (values.resume && last?.sources === digestOf(group)) ? last?.left : undefined;
  const isNoticed = ({ file, kind, text }: Mutant): boolean =>
    (values.file.length > 0 && !values.file.some(part => file.includes(part))) ||
    (before !== undefined && !before.some(left => left.file === file && left.kind === kind && left.text === text));
  const onLeft = (mutant: Mutant, outcome: 'survived' | 'unreached'): void => {
    const { file, line, kind, text, number } = mutant;
    if (reasonOf({ file, line, kind, text, number, outcome }) !== '') return;
    console.log(`${outcome.padEnd(9)} ${file}:${line}  ${kind}: ${text}`);
  };
  const tried = await tryGroup(group, { parallel, untilMs, isNoticed, onProgress, onLeft });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const result = resultOf(group, tried);
  // Read again: another group may have been tried meanwhile.
  if (values.write) writeResults({ ...readResults(), [group.id]: result });
  const unnoticed = result.left.filter(left => left.outcome !== 'untried');
  const unexplained = unnoticed.filter(left => reasonOf(left) === '');
  open += unexplained.length;
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(
    `${group.id}: ${result.mutants} broken, ${result.killed + result.hung} noticed, ${unexplained.length} not noticed, ${unnoticed.length - unexplained.length} with a reason, ${result.untried} not tried (${seconds} s)\n`,
  );
}
process.exitCode = open > 0 ? 1 : 0;
