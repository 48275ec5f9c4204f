import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TestOutcome } from './lib/test-reporter.ts';
import { filesUnder, ROOT } from './lib/tree.ts';
import { ROOMS } from './rooms.ts';

/**
 * All tests, behind `npm test`: the rooms that judge (in one process, for they share nothing), everything else a process a
 * file, and last the live run of the laboratory. Arguments narrow it to paths that contain them; `--no-live` leaves the
 * laboratory out. Exit code 1 when a test failed or nothing ran.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'no-live': { type: 'boolean' } } });

const PURE_BUILTINS = new Set(['crypto', 'buffer']);
const pureRooms = new Set(
  ROOMS.filter(room => room.builtins.every(name => PURE_BUILTINS.has(name))).map(room => `src/${room.name}/`),
);
const isPure = (file: string): boolean => [...pureRooms].some(prefix => file.startsWith(prefix));
const isLive = (file: string): boolean => file.startsWith('test/live/');

const wanted = (file: string): boolean => positionals.length === 0 || positionals.some(each => file.includes(each));
const files = ['src', 'scripts', 'bench', 'lab', 'test']
  .flatMap(folder => filesUnder(folder))
  .filter(file => file.endsWith('.test.ts') && !file.includes('/templates/') && wanted(file));

const started = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
const tally = join(folder, 'tally.ndjson');

async function run(title: string, group: readonly string[], options: readonly string[]): Promise<boolean> {
  if (group.length === 0) return true;
  console.log(`\n${title}: ${group.length} files`);
  const reporter = join(ROOT, 'scripts/lib/test-reporter.ts');
  const child = spawn(process.execPath, ['--test', `--test-reporter=${reporter}`, ...options, ...group], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, WATCHPOST_TEST_TALLY: tally, WATCHPOST_TEST_PROGRAM: join(ROOT, 'dist/watchpost.mjs') },
  });
  return await new Promise(resolve => child.on('close', code => resolve(code === 0)));
}

const outcomes: TestOutcome[] = [];
const built = await new Promise(resolve =>
  spawn(process.execPath, [join(ROOT, 'scripts/build.ts')], { stdio: 'inherit' }).on('close', resolve),
);
if (built !== 0) process.exit(1);
let fine = true;
try {
  const pure = files.filter(isPure);
  const whole = files.filter(file => !isPure(file) && !isLive(file));
  const live = values['no-live'] ? [] : files.filter(isLive);
  fine = (await run('Rooms that judge', pure, ['--test-isolation=none'])) && fine;
  const width = Math.max(2, availableParallelism());
  fine = (await run('Everything around them', whole, [`--test-concurrency=${width}`])) && fine;
  fine = (await run('Live, with the real programs', live, ['--test-concurrency=1'])) && fine;
  for (const line of readTally().split('\n')) if (line) outcomes.push(JSON.parse(line) as TestOutcome);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readTally(): string {
  try {
    return readFileSync(tally, 'utf8');
  } catch {
    return '';
  }
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
console.log(`
# tests ${outcomes.length}
# pass ${count('pass')}
# fail ${failed}
# cancelled 0
# skipped ${count('skip')}
# todo ${count('todo')}
# duration_ms ${(performance.now() - started).toFixed(0)}`);
process.exitCode = failed > 0 || outcomes.length === 0 ? 1 : 0;
