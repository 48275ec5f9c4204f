import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from './lib/options.ts';
import { runJobs, type TestJob } from './lib/test-pool.ts';
import type { TestOutcome } from './lib/test-reporter.ts';
import { filesUnder, ROOT } from './lib/tree.ts';
import { ROOMS } from './rooms.ts';

/**
 * All tests, behind `npm test`: the rooms that judge (in one process, for they share nothing), everything else a process a
 * file, and last the live run of the laboratory. Arguments narrow it to paths that contain them; `--no-live` leaves the
 * laboratory out. Exit code 1 when a test failed or nothing ran.
 */
const { values, positionals } = optionsOf({
  name: 'npm test --',
  says: 'Runs all tests, or those of files whose path contains one of the words.',
  takes: '[PART...]',
  options: { 'no-live': { type: 'boolean', says: 'without the live run of the laboratory' } },
});

const PURE_BUILTINS = new Set(['crypto', 'buffer']);
const pureRooms = new Set(
  ROOMS.filter(room => room.builtins.every(name => PURE_BUILTINS.has(name))).map(room => `src/${room.name}/`),
);
const isPure = (file: string): boolean => [...pureRooms].some(prefix => file.startsWith(prefix));
const isLive = (file: string): boolean => file.startsWith('test/live/');
/** Begun first, so that none of them is what the others have waited for. */
const isLong = (file: string): boolean => ['test/cases.test.ts', 'lab/score/score.test.ts'].includes(file);

/** Far beyond what any file computes or waits; what stands still is ended, named and run once more. */
const FILE_LIMIT_MS = 600_000;

const wanted = (file: string): boolean => positionals.length === 0 || positionals.some(each => file.includes(each));
const files = ['src', 'scripts', 'bench', 'lab', 'test']
  .flatMap(folder => filesUnder(folder))
  .filter(file => file.endsWith('.test.ts') && !file.includes('/templates/') && wanted(file));

const started = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
const outcomes: TestOutcome[] = [];
const hung: string[] = [];
let fine = true;

async function run(title: string, jobs: readonly TestJob[], width: number): Promise<void> {
  const files = jobs.flatMap(job => job.files);
  if (files.length === 0) return;
  console.log(`\n${title}: ${files.length} files`);
  await runJobs(jobs, {
    width,
    folder: mkdtempSync(join(folder, 'group-')),
    onResult: result => {
      process.stdout.write(result.output);
      outcomes.push(...result.outcomes);
      if (result.hung !== '') hung.push(result.hung);
      fine &&= result.fine;
    },
  });
}

const built = await new Promise(resolve =>
  spawn(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' }).on('close', resolve),
);
if (built !== 0) process.exit(1);
try {
  const pure = files.filter(isPure);
  const whole = files
    .filter(file => !isPure(file) && !isLive(file))
    .sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
  const live = values['no-live'] ? [] : files.filter(isLive);
  const alone = (file: string): TestJob => ({ files: [file], options: [], limitMs: FILE_LIMIT_MS });
  const together = { files: pure, options: ['--test', '--test-isolation=none'], limitMs: FILE_LIMIT_MS };
  await run('Rooms that judge', pure.length === 0 ? [] : [together], 1);
  await run('Everything around them', whole.map(alone), Math.max(2, availableParallelism()));
  await run('Live, with the real programs', live.map(alone), 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const count = (outcome: TestOutcome['outcome']): number => outcomes.filter(each => each.outcome === outcome).length;
for (const [outcome, title] of [
  ['fail', 'FAILED'],
  ['skip', 'SKIPPED'],
  ['todo', 'TO DO'],
] as const) {
  const those = outcomes.filter(each => each.outcome === outcome);
  if (those.length === 0) continue;
  console.log(`\n${title} (${those.length}):`);
  for (const each of those) console.log(`  ${each.file}: ${each.name}${each.why ? `\n      ${each.why}` : ''}`);
}
const failed = count('fail') + (!fine && count('fail') === 0 ? 1 : 0);
if (hung.length > 0) console.log(`\nHUNG and run once more (${hung.length}):\n  ${hung.join('\n  ')}`);
console.log(`
# tests ${outcomes.length}
# pass ${count('pass')}
# fail ${failed}
# cancelled 0
# skipped ${count('skip')}
# todo ${count('todo')}
# duration_ms ${(performance.now() - started).toFixed(0)}`);
process.exitCode = failed > 0 || outcomes.length === 0 ? 1 : 0;
