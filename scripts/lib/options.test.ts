import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Command, readOptions } from './options.ts';
import { ROOT } from './tree.ts';

const OPTIONS = {
  budget: { type: 'string', default: '60', takes: 'SECONDS', says: 'ends in time' },
  part: { type: 'string', multiple: true, default: [] as string[], says: 'only these' },
  write: { type: 'boolean', default: false, says: 'writes it down' },
} as const;
const command: Command<typeof OPTIONS> = { name: 'npm run x --', says: 'Does x.', options: OPTIONS };

test('options are handed on as they were typed, else as they are by default', () => {
  const read = readOptions({ ...command, takes: '[CASE...]' }, ['--part', 'a', 'one', '--part=b', '--write', 'two']);
  assert.ok(read.kind === 'run');
  assert.deepEqual({ ...read.values }, { budget: '60', part: ['a', 'b'], write: true });
  assert.deepEqual(read.positionals, ['one', 'two']);
});

test('help names every option with what it takes', () => {
  const help = (more: Partial<Command<typeof OPTIONS>> = {}): string => {
    const read = readOptions({ ...command, ...more }, ['--write', '--help']);
    assert.ok(read.kind === 'help');
    return read.text;
  };
  assert.equal(
    help(),
    [
      'usage: npm run x -- [options]',
      '',
      'Does x.',
      '',
      '  --budget SECONDS  ends in time (60 unless given)',
      '  --part VALUE ...  only these',
      '  --write           writes it down',
      '  --help            show this',
    ].join('\n'),
  );
  assert.match(help({ takes: '[CASE...]' }), /^usage: npm run x -- \[options\] \[CASE\.\.\.\]\n/);
});

test('what a command does not take is said in one line', () => {
  const said = (...words: string[]): string => {
    const read = readOptions(command, words);
    assert.ok(read.kind === 'wrong');
    return read.text;
  };
  const shows = '; npm run x -- --help shows what there is';
  assert.equal(said('--nope'), `Unknown option '--nope'${shows}`);
  assert.equal(said('--help', '--nope'), `Unknown option '--nope'${shows}`);
  assert.equal(said('--budget'), `Option '--budget <value>' argument missing${shows}`);
  assert.equal(said('--write=yes'), `Option '--write' does not take an argument${shows}`);
  assert.equal(said('one'), `Unexpected argument 'one'${shows}`);
  assert.ok(!said('--budget', '--write').includes('\n'), 'advice of several lines');
});

/** Scripts behind `npm run`, and a word that each takes in front of its options. */
const COMMANDS: readonly (readonly [script: string, ...words: string[]])[] = [
  ['bench/main.ts'],
  ['bench/main.ts', 'formats'],
  ['lab/mutate/mutate.ts'],
  ['lab/score/score.ts'],
  ['lab/told.ts'],
  ['scripts/build.ts'],
  ['scripts/check.ts'],
  ['scripts/fidelity.ts'],
  ['scripts/scaffold.ts'],
  ['scripts/schema.ts'],
  ['scripts/test.ts'],
];
const run = (...words: readonly string[]) => spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });

for (const [script, ...words] of COMMANDS)
  test(`${[script, ...words].join(' ')} explains itself, and does nothing else`, () => {
    const { status, stdout, stderr } = run(join(ROOT, script), ...words, '--help');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^usage: npm /);
  });

test('a command does nothing for an option that it does not take', () => {
  const { status, stdout, stderr } = run(join(ROOT, 'scripts/schema.ts'), '--chek');
  assert.deepEqual([status, stdout], [3, '']);
  assert.equal(stderr, "Unknown option '--chek'; npm run schema -- --help shows what there is\n");
});

test('a check that there is not is no check passed', () => {
  const { status, stdout, stderr } = run(join(ROOT, 'scripts/check.ts'), 'linnt');
  assert.deepEqual([status, stdout], [3, '']);
  assert.equal(stderr, 'no check is called linnt; npm run check -- --help names them\n');
});
