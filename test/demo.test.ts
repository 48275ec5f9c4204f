import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoOutput, plainText } from '../scripts/lib/demo.ts';
import { ROOT } from '../scripts/lib/tree.ts';

test('README shows what the demo really prints, and it is an alert', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shown = /<!-- demo:begin -->\n```text\n\$ npm run demo\n([\s\S]*?)\n```\n<!-- demo:end -->/.exec(readme)?.[1];
  const real = plainText(await demoOutput());
  assert.match(real, /AN0656 Phishing attachment executed/);
  assert.equal(shown, real.trimEnd(), 'README.md is out of date: npm run pages');
});
