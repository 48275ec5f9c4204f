import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect, styleText } from 'node:util';
import { ROOT } from './tree.ts';

/** What one run of the test runner adds to the total. Written to the file named by WATCHPOST_TEST_TALLY, a line a test. */
export interface TestOutcome {
  readonly file: string;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'skip' | 'todo';
  /** Why it was skipped, '' when the test did not say. */
  readonly why: string;
}

/** The last line of a tally: every test has ended, and the process has nothing more to do than to end too. */
export const TALLY_END = '{"end":true}\n';

interface TestData {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: {
    readonly type?: string;
    readonly duration_ms: number;
    readonly error?: Error & { cause?: unknown };
  };
}

interface RunnerEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Prints a line a file and every failure in full. Node's runner loads a reporter by its default export. */
async function* report(source: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  const tally = process.env['WATCHPOST_TEST_TALLY'];
  let file = '';
  let count = 0;
  let failed = 0;
  let skipped = 0;
  let spentMs = 0;
  const close = (): string => {
    if (file === '' || count === 0) return '';
    const mark = failed > 0 ? styleText('red', '✖') : styleText('green', '✔');
    const notes = `${failed > 0 ? `, ${failed} failed` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    return `${mark} ${file} ${styleText('gray', `${count} tests${notes}, ${spentMs.toFixed(0)} ms`)}\n`;
  };
  for await (const event of source) {
    if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      yield (event.data as { message: string }).message;
      continue;
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const data = event.data as TestData;
    const at = data.file ? placeOf(relative(ROOT, data.file)) : file;
    if (at !== file) {
      yield close();
      [file, count, failed, skipped, spentMs] = [at, 0, 0, 0, 0];
    }
    const suite = data.details.type === 'suite';
    if (data.nesting === 0) spentMs += data.details.duration_ms;
    const outcome = outcomeOf(event.type, data);
    if (suite && outcome === 'pass') continue;
    // A suite or a parent fails when a part of it does; that part is counted and shown already.
    if (outcome === 'fail' && isEcho(data)) continue;
    count += 1;
    if (outcome === 'fail') failed += 1;
    if (outcome === 'skip') skipped += 1;
    const why = typeof data.skip === 'string' ? data.skip : '';
    const line: TestOutcome = { file: at, name: data.name, outcome, why };
    if (tally) appendFileSync(tally, `${JSON.stringify(line)}\n`);
    if (outcome === 'fail') yield failure(at, data);
  }
  yield close();
  if (tally) appendFileSync(tally, TALLY_END);
}

/** Tests that the linter's rule tester declares stand in the linter's file. */
function placeOf(file: string): string {
  return file.startsWith('node_modules/oxlint/') ? 'scripts/lint/rules/*.test.ts' : file;
}

function outcomeOf(type: string, data: TestData): TestOutcome['outcome'] {
  if (data.skip !== undefined && data.skip !== false) return 'skip';
  if (data.todo !== undefined && data.todo !== false) return 'todo';
  return type === 'test:pass' ? 'pass' : 'fail';
}

function isEcho(data: TestData): boolean {
  return (data.details.error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed';
}

function failure(file: string, data: TestData): string {
  const error = data.details.error?.cause ?? data.details.error;
  const text = inspect(error, { depth: 6, colors: false, maxStringLength: 20_000 });
  return `${styleText('red', `✖ ${file}: ${data.name}`)}\n${text.replace(/^/gm, '    ')}\n`;
}

export default report;
