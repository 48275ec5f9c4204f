import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type JobResult, runJobs } from './test-pool.ts';

/** Runs one made-up test file as `npm test` runs each of its own. */
async function resultOf(text: string, limitMs: number): Promise<JobResult> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-pool-'));
  try {
    const file = join(folder, 'made-up.test.mjs');
    writeFileSync(file, `import { test } from 'node:test';\n${text}`);
    const results: JobResult[] = [];
    await runJobs([{ files: [file], options: [], limitMs }], {
      width: 1,
      folder,
      onResult: each => results.push(each),
    });
    assert.equal(results.length, 1);
    return results[0] as JobResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('what passes is fine, what fails is not, and neither hangs', async () => {
  const passed = await resultOf("test('a', () => {});", 60_000);
  assert.deepEqual([passed.fine, passed.hung, passed.outcomes.map(each => each.outcome)], [true, '', ['pass']]);
  const failed = await resultOf("test('a', () => { throw new Error('x'); });", 60_000);
  assert.deepEqual([failed.fine, failed.hung, failed.outcomes.map(each => each.outcome)], [false, '', ['fail']]);
});

test('what stands still is ended, named, run once more, and fails when it stands still again', async () => {
  const stuck = await resultOf("test('before', () => {});\ntest('loops', () => { for (;;); });", 1500);
  assert.equal(stuck.fine, false);
  assert.match(stuck.hung, /made-up\.test\.mjs: not done within 1\.5 s of processor time/);
  assert.match(stuck.output, /It hung again when run again\./);
});
