import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../scripts/lib/run.ts';

test('the compiled scanner of audit logs is what its source says', async () => {
  const { code, output } = await run(process.execPath, ['scripts/wasm.ts', '--check']);
  assert.equal(code, 0, output);
});
