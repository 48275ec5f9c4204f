import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Standstill } from './standstill.ts';
import { TALLY_END, type TestOutcome } from './test-reporter.ts';
import { ROOT } from './tree.ts';

/** Test files that run in one process, how long that may compute, and how long it may stay without computing. */
export interface TestJob {
  readonly files: readonly string[];
  readonly options: readonly string[];
  readonly limitMs: number;
}

export interface JobResult {
  readonly outcomes: readonly TestOutcome[];
  /** What the process printed, whole. */
  readonly output: string;
  /** Exit code 0, and it ended by itself. */
  readonly fine: boolean;
  /** '' unless the process had to be ended: then why, and where it stood. */
  readonly hung: string;
}

/**
 * How long a process may stay once all its tests have ended. Node can deadlock while it exits: its main thread joins the
 * workers, and one of those waits in the compiler for a collection by the main thread (github.com/nodejs/node/issues/54918).
 */
const EXIT_LIMIT_MS = 20_000;
const REPORT_MS = 3000;
const POLL_MS = 1000;

/** Runs jobs at most `width` at a time, in their order, and hands over each result when it is there. */
export async function runJobs(
  jobs: readonly TestJob[],
  { width, folder, onResult }: { width: number; folder: string; onResult: (result: JobResult) => void },
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < jobs.length; i = next++) {
      const job = jobs[i] as TestJob;
      const first = await runJob(job, join(folder, `${i}`));
      if (first.hung === '') onResult(first);
      else {
        // A process that stands still says nothing about its tests: it is told, and they run once more.
        const second = await runJob(job, join(folder, `${i}-again`));
        const output = `${first.output}${hungText(first, second)}${second.output}`;
        onResult({ ...second, output, hung: first.hung });
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function hungText(first: JobResult, second: JobResult): string {
  const what = second.hung === '' ? 'It ended by itself when run again.' : 'It hung again when run again.';
  return `HUNG ${first.hung}\n  ${what}\n`;
}

async function runJob(job: TestJob, folder: string): Promise<JobResult> {
  mkdirSync(folder);
  const tally = join(folder, 'tally.ndjson');
  const child = spawn(
    process.execPath,
    [
      '--report-on-signal',
      `--report-directory=${folder}`,
      '--report-exclude-env',
      `--test-reporter=${join(ROOT, 'scripts/lib/test-reporter.ts')}`,
      ...job.options,
      ...job.files,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Without the mark of a test runner above: its children report to it and to nobody else.
      env: {
        ...process.env,
        NODE_TEST_CONTEXT: undefined,
        WATCHPOST_TEST_TALLY: tally,
        WATCHPOST_TEST_PROGRAM: join(ROOT, 'dist/watchpost.mjs'),
      },
    },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));

  let hung = '';
  const giveUp = (why: string): void => {
    if (hung !== '') return;
    hung = why;
    child.kill('SIGUSR2');
    setTimeout(() => {
      hung += whereItStood(folder);
      child.kill('SIGKILL');
    }, REPORT_MS);
  };
  const standstill = new Standstill(child.pid ?? 0, job.limitMs);
  const poll = setInterval(() => {
    const why = standstill.look();
    if (why !== '') giveUp(why);
    const ended = endedAt(tally);
    if (ended !== null && Date.now() - ended > EXIT_LIMIT_MS)
      giveUp(`all its tests had ended, and ${EXIT_LIMIT_MS / 1000} s later the process had not`);
  }, POLL_MS);
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  clearInterval(poll);
  const outcomes = readTally(tally)
    .split('\n')
    .filter(line => line !== '' && `${line}\n` !== TALLY_END)
    .map(line => JSON.parse(line) as TestOutcome);
  if (hung !== '')
    hung = `${job.files.length === 1 ? job.files[0] : `${job.files.length} files`}: ${hung}${lastOf(outcomes)}`;
  return { outcomes, output: Buffer.concat(chunks).toString('utf8'), fine: code === 0 && hung === '', hung };
}

function lastOf(outcomes: readonly TestOutcome[]): string {
  const last = outcomes.at(-1);
  return last === undefined ? '; no test had ended' : `; the last test to end was "${last.name}" in ${last.file}`;
}

function endedAt(tally: string): number | null {
  return readTally(tally).endsWith(TALLY_END) ? statSync(tally).mtimeMs : null;
}

/** The JavaScript stack of the diagnostic report that the process wrote when asked, or that it wrote none. */
function whereItStood(folder: string): string {
  const name = readdirSync(folder).find(each => each.startsWith('report.'));
  if (name === undefined) return '; it did not answer, as code does that runs without a pause';
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { javascriptStack?: { stack?: string[] } };
  const stack = report.javascriptStack?.stack ?? [];
  return stack.length === 0 ? '; no JavaScript was running' : `; it stood\n    ${stack.join('\n    ')}`;
}

function readTally(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
