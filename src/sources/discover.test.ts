import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Discovery } from './contract.ts';
import { discover } from './discover.ts';
import { numberedLines, readAll, run, temporaryFolder } from './fixtures.test-support.ts';
import { SOURCE_LIMITS } from './limits.ts';
import { openBlocks } from './open-blocks.ts';

const NOTHING = Readable.from([]);
const LOG = numberedLines(5000);
const find = (args: string[], cwd: string): Promise<Discovery> => discover(args, { stdin: NOTHING, cwd });
const codes = (d: Discovery): string[] => d.problems.map(p => `${p.code} ${p.source}`);
const names = (d: Discovery): string[] => d.files.map(f => f.name);

test('finds files, folders and patterns, whatever the order of the arguments', async t => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'host/var/log'), { recursive: true });
  for (const name of ['b.log', 'a.log', 'host/var/log/mail.log', 'host/audit.log', 'host/.hidden']) {
    writeFileSync(join(cwd, name), name);
  }
  const args = ['*.log', 'host', 'host/audit.log', './a.log', 'a.log'];
  const found = await find(args, cwd);
  assert.deepEqual(names(found), ['a.log', 'b.log', 'host/.hidden', 'host/audit.log', 'host/var/log/mail.log']);
  assert.deepEqual(found.problems, []);
  assert.deepEqual(await find(args.toReversed(), cwd), found);
});

test('reads a file once, whatever its names, and says so', async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'mail.log'), 'x');
  linkSync(join(cwd, 'mail.log'), join(cwd, 'mail.hard'));
  symlinkSync('mail.log', join(cwd, 'mail.soft'));
  const found = await find(['.'], cwd);
  assert.deepEqual(names(found), ['mail.hard']);
  assert.deepEqual(codes(found), ['E_SAME_FILE mail.log', 'E_SAME_FILE mail.soft']);
});

test('a folder that holds a link to itself is read once', async t => {
  const cwd = temporaryFolder(t);
  mkdirSync(join(cwd, 'a/b'), { recursive: true });
  writeFileSync(join(cwd, 'a/b/mail.log'), 'x');
  symlinkSync('..', join(cwd, 'a/b/up'));
  symlinkSync('self', join(cwd, 'a/self'));
  const found = await find(['a'], cwd);
  assert.deepEqual(names(found), ['a/b/mail.log']);
  assert.deepEqual(codes(found), ['E_DIRECTORY_LOOP a/b/up', 'E_DIRECTORY_LOOP a/self']);
  assert.ok(found.problems.every(p => p.level === 'notice'));
});

test('what is missing, matches nothing or is empty is told by name', async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'empty.log'), '');
  writeFileSync(join(cwd, 'odd[1].log'), 'x');
  const found = await find(['gone.log', 'none-*.log', 'empty.log', 'odd[1].log'], cwd);
  assert.deepEqual(names(found), ['empty.log', 'odd[1].log']);
  assert.deepEqual(codes(found), ['E_EMPTY empty.log', 'E_MISSING gone.log', 'E_GLOB_EMPTY none-*.log']);
  for (const problem of found.problems) assert.match(problem.message, /^[^;]+; [^;]+; [^;]+$/);
});

test('a file that may not be read is told', {
  skip: process.getuid?.() === 0 && 'runs as root, who may read everything',
}, async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'secret.log'), 'x');
  mkdirSync(join(cwd, 'closed'));
  chmodSync(join(cwd, 'secret.log'), 0);
  chmodSync(join(cwd, 'closed'), 0);
  const found = await find(['.'], cwd);
  assert.deepEqual(codes(found), ['E_PERMISSION closed', 'E_PERMISSION secret.log']);
});

test('pipes, sockets and devices are never opened', async t => {
  const cwd = temporaryFolder(t);
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  const server = createServer().listen(join(cwd, 'socket'));
  t.after(() => server.close());
  await new Promise(resolve => server.once('listening', resolve));
  symlinkSync('/dev/zero', join(cwd, 'zero'));
  const inside = await find(['.'], cwd);
  assert.deepEqual(codes(inside), ['E_SPECIAL_SKIPPED pipe', 'E_SPECIAL_SKIPPED socket', 'E_SPECIAL_SKIPPED zero']);
  assert.deepEqual(codes(await find(['pipe'], cwd)), ['E_NOT_REGULAR pipe']);
});

test('bzip2 is named as not supported, even under another name', async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'mail.log'), run('bzip2', ['-c'], LOG));
  const found = await find(['.'], cwd);
  assert.deepEqual(codes(found), ['E_BZIP2_UNSUPPORTED mail.log']);
  assert.deepEqual(found.files, []);
});

test('compression is known by content, and the sample is what lies inside', async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a'), gzipSync(LOG));
  writeFileSync(join(cwd, 'b'), run('zstd', ['-q'], LOG));
  writeFileSync(join(cwd, 'c'), run('xz', ['-c'], LOG));
  writeFileSync(join(cwd, 'd.gz'), LOG);
  const { files } = await find(['.'], cwd);
  assert.deepEqual(
    files.map(f => f.compression),
    ['gzip', 'zstd', 'xz', 'none'],
  );
  for (const file of files) assert.ok(file.sample.equals(LOG.subarray(0, 64 * 1024)), file.name);
});

test('rotations of a log are one family', async t => {
  const cwd = temporaryFolder(t);
  const rotations = [
    'mail.log',
    'mail.log.1',
    'mail.log.2.gz',
    'mail.log-20260301',
    'mail.log.20260301.zst',
    'mail-20260301.log',
  ];
  for (const name of [...rotations, 'mail.err', 'audit.log.10']) writeFileSync(join(cwd, name), name);
  const { files } = await find(['.'], cwd);
  const family = new Map(files.map(f => [f.name, f.family]));
  for (const name of rotations) assert.equal(family.get(name), './mail.log');
  assert.equal(family.get('mail.err'), './mail.err');
  assert.equal(family.get('audit.log.10'), './audit.log');
});

test('standard input is kept privately, can be read twice and leaves nothing behind', async t => {
  const cwd = temporaryFolder(t);
  const found = await discover(['-'], { stdin: Readable.from([LOG.subarray(0, 100), LOG.subarray(100)]), cwd });
  const [file] = found.files;
  assert.ok(file);
  assert.equal(file.name, '-');
  assert.ok((await readAll(openBlocks(file))).equals(LOG));
  assert.ok((await readAll(openBlocks(file))).equals(LOG));
  assert.match(readFileSync(`/proc/self/fdinfo/${file.path.split('/').at(-1)}`, 'utf8'), /flags/);
  assert.equal(existsSync(join(cwd, 'input')), false);
});

test('standard input that never ends is cut at its limit', async t => {
  const limits = { ...SOURCE_LIMITS, stdinBytesMax: 1000 };
  const found = await discover(['-'], { stdin: Readable.from([LOG]), cwd: temporaryFolder(t), limits });
  assert.deepEqual(codes(found), ['E_STDIN_TOO_LONG -']);
  assert.equal(found.files[0]?.sizeBytes, 1000);
});

test('more files than the limit is told', async t => {
  const cwd = temporaryFolder(t);
  for (const name of ['a', 'b', 'c']) writeFileSync(join(cwd, name), name);
  const found = await discover(['.'], { stdin: NOTHING, cwd, limits: { ...SOURCE_LIMITS, filesMax: 2 } });
  assert.deepEqual(codes(found), ['E_TOO_MANY_FILES c']);
});

test('an empty name is not the current folder', async t => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'a.log'), 'a');
  const found = await find([''], cwd);
  assert.deepEqual([found.files, codes(found)], [[], ['E_MISSING ""']]);
});
