import { join } from 'node:path';
import { styleText } from 'node:util';
import { optionsOf } from './lib/options.ts';
import type { RunResult } from './lib/run.ts';
import { run } from './lib/run.ts';
import { ROOT } from './lib/tree.ts';

/** Everything a change must pass, at once, with one line each and the full text of what failed. */
interface Task {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Show what it printed even when it passed. */
  readonly notes?: boolean;
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const node = process.execPath;

const TASKS: readonly Task[] = [
  { name: 'types', command: bin('tsc'), args: ['--project', '.', '--pretty', 'false'] },
  { name: 'lint', command: bin('oxlint'), args: ['--format=unix'], notes: true },
  { name: 'format', command: bin('biome'), args: ['format', '--max-diagnostics=200', '--colors=off', '.'] },
  { name: 'pages current', command: node, args: ['scripts/pages.ts', '--check'] },
  { name: 'schema current', command: node, args: ['scripts/schema.ts', '--check'] },
  { name: 'bundle', command: node, args: ['scripts/build.ts'] },
  { name: 'tests', command: node, args: ['scripts/test.ts', '--no-live'] },
];

const { positionals } = optionsOf({
  name: 'npm run check --',
  says: `Runs what a change must pass: ${TASKS.map(task => task.name).join(', ')}; or only those that are named.`,
  takes: '[NAME...]',
  options: {},
});
const named = new Set(positionals);
const unknown = positionals.filter(name => !TASKS.some(task => task.name === name));
if (unknown.length > 0) {
  console.error(`no check is called ${unknown.join(', ')}; npm run check -- --help names them`);
  process.exit(3);
}
const tasks = TASKS.filter(task => named.size === 0 || named.has(task.name));
const results = await Promise.all(
  tasks.map(async (task): Promise<RunResult & { task: Task }> => {
    const result = await run(task.command, task.args);
    const mark = result.code === 0 ? styleText('green', '✔') : styleText('red', '✖');
    console.log(`${mark} ${task.name.padEnd(15)} ${(result.elapsedMs / 1000).toFixed(1).padStart(6)} s`);
    return { ...result, task };
  }),
);

for (const { task, code, output } of results) {
  if (code === 0 && !(task.notes && /warning/i.test(output))) continue;
  console.log(`\n${styleText('bold', `— ${task.name}`)}\n${output.trimEnd()}`);
}
const failed = results.filter(result => result.code !== 0).map(result => result.task.name);
console.log(
  failed.length === 0
    ? `\n${results.length} checks passed`
    : `\n${failed.length} of ${results.length} checks failed: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
