import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ScaffoldError, scaffoldAnalytic, scaffoldDecoder } from '../scripts/lib/scaffold.ts';
import { ROOT } from '../scripts/lib/tree.ts';

let copy = '';
let files: readonly string[] = [];
before(() => {
  copy = mkdtempSync(join(tmpdir(), 'watchpost-scaffold-'));
  // Generated logs, a gigabyte of them, are no part of what is compiled.
  const filter = (path: string): boolean => path !== join(ROOT, 'bench/data');
  for (const name of [
    'src',
    'test',
    'scripts',
    'bench',
    'lab',
    'package.json',
    'tsconfig.json',
    'biome.json',
    '.oxlintrc.json',
  ]) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const decoder = scaffoldDecoder(copy, 'test-courier');
  const analytic = scaffoldAnalytic(copy, 'AN9998-test-burst');
  files = [...decoder.files, ...decoder.registries, ...analytic.files, ...analytic.registries];
});
after(() => rmSync(copy, { recursive: true, force: true }));

function runInCopy(command: string, args: readonly string[]): string {
  // Without this the test runner takes itself for a child of the one that runs this file, and stays silent.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawnSync(command, args, { cwd: copy, encoding: 'utf8', env });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  return run.stdout;
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const code = (): string[] => files.filter(file => file.endsWith('.ts'));

test('what the recipe makes passes its own tests', () => {
  const made = code().filter(file => file.endsWith('.test.ts'));
  assert.equal(made.length, 2);
  assert.match(runInCopy(process.execPath, ['--test', '--test-reporter=tap', ...made]), /# pass 5\n# fail 0/);
});

test('what the recipe makes keeps every contract', () => {
  const pattern = /test-courier|an9998|every program decoder is/.source;
  const args = ['--test', '--test-reporter=tap', `--test-name-pattern=${pattern}`];
  const contracts = ['test/contracts/analytics.test.ts', 'test/contracts/programs.test.ts', 'test/boundaries.test.ts'];
  const output = runInCopy(process.execPath, [...args, ...contracts]);
  assert.match(output, /ok \d+ - test-courier: no text makes it throw/);
  assert.match(output, /ok \d+ - an9998-test-burst: ATT&CK's tunables/);
});

test('what the recipe makes replays its cases five ways', () => {
  const args = ['--test', '--test-reporter=tap', '--test-name-pattern=an9998'];
  const output = runInCopy(process.execPath, [...args, 'test/cases.test.ts']);
  assert.match(output, /an9998-test-burst\/fires\.example cut, saved and restored/);
  assert.match(output, /an9998-test-burst\/quiet\.example with each record twice/);
});

test('what the recipe makes is formatted, typed and linted', () => {
  const made = code().filter(file => /test-courier|an9998/.test(file));
  runInCopy(bin('biome'), ['format', '--vcs-enabled=false', ...made]);
  runInCopy(bin('oxlint'), made);

  runInCopy(bin('tsc'), ['--project', '.', '--pretty', 'false']);
});

test('a name that cannot be used is refused before anything is written', () => {
  assert.throws(() => scaffoldDecoder(copy, '../evil'), ScaffoldError);
  assert.throws(() => scaffoldDecoder(copy, 'test-courier'), /exists already/);
  assert.throws(() => scaffoldAnalytic(copy, 'burst'), ScaffoldError);
});
