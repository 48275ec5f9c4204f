import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../lib/tree.ts';

/** Which own rules speak up for `text` at `file`, by the project's real linter configuration. */
function rulesAgainst(files: Record<string, string>): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-lint-'));
  try {
    cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    cpSync(join(ROOT, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const linter = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const run = spawnSync(process.execPath, [linter, '--format=json', ...Object.keys(files)], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.ok(run.stdout.startsWith('{'), run.stdout + run.stderr);
    const report = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
    const found: Record<string, string[]> = Object.fromEntries(Object.keys(files).map(file => [file, []]));
    for (const each of report.diagnostics) {
      const own = /^watchpost\((.+)\)$/.exec(each.code);
      if (own) found[each.filename]?.push(own[1] as string);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('clocks and printing are forbidden where things are judged, and allowed around it', () => {
  const text = 'export const a = Date.now();\nconsole.log(a);\n';
  const both = ['no-ambient-time', 'no-console'];
  const found = rulesAgainst({
    'src/core/a.ts': text,
    'src/state/a.ts': text,
    'src/analytics/an1/a.ts': text,
    'src/decoders/a.ts': text,
    'src/sources/a.ts': text,
    'src/config/a.ts': text,
    'src/engine/a.ts': text,
    'src/sinks/a.ts': text,
    'src/cli/a.ts': text,
    'src/state/a.test.ts': text,
    'scripts/a.ts': text,
    'bench/a.ts': text,
  });
  assert.deepEqual(found, {
    'src/core/a.ts': both,
    'src/state/a.ts': both,
    'src/analytics/an1/a.ts': both,
    'src/decoders/a.ts': both,
    'src/sources/a.ts': both,
    'src/config/a.ts': both,
    'src/engine/a.ts': ['no-console'],
    'src/sinks/a.ts': ['no-ambient-time'],
    'src/cli/a.ts': [],
    'src/state/a.test.ts': [],
    'scripts/a.ts': [],
    'bench/a.ts': [],
  });
});

test('the shape rules hold everywhere', () => {
  const text = "export * from './b';\nexport default class A extends B {}\n";
  const found = rulesAgainst({ 'src/core/a.ts': text, 'scripts/a.ts': text, 'test/a.test.ts': text });
  for (const rules of Object.values(found)) {
    assert.deepEqual(rules.sort(), ['no-barrel', 'no-default-export', 'plain-types', 'ts-suffix']);
  }
});
