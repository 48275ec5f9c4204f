import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from '../scripts/lib/tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchpost-launcher-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the program as it is installed: the bundle, without sources. */
function install(name: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  cpSync(join(ROOT, 'bin'), join(home, 'bin'), { recursive: true });
  cpSync(join(ROOT, 'dist'), join(home, 'dist'), { recursive: true, filter: file => !file.endsWith('/cache') });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  return home;
}

function version(home: string, env: Record<string, string> = {}): string {
  const { NODE_COMPILE_CACHE: _, ...rest } = process.env;
  const { stdout, stderr, status } = spawnSync(join(home, 'bin/watchpost'), ['--version'], {
    encoding: 'utf8',
    env: { ...rest, ...env },
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout;
}

test('what the engine compiled is kept beside the bundle, and used again', () => {
  const home = install('kept');
  const first = version(home);
  assert.match(first, /\d+\.\d+\.\d+/);
  const cache = join(home, 'dist/cache');
  const kept = readdirSync(cache, { recursive: true });
  assert.ok(kept.length > 1, 'nothing was kept');
  assert.equal(version(home), first);
  assert.deepEqual(readdirSync(cache, { recursive: true }), kept);
});

test('a folder of the user for it is left as it is', () => {
  const home = install('own');
  version(home, { NODE_COMPILE_CACHE: join(folder, 'elsewhere') });
  assert.ok(existsSync(join(folder, 'elsewhere')));
  assert.ok(!existsSync(join(home, 'dist/cache')));
});

test('where nothing can be kept the program runs all the same', () => {
  const home = install('full');
  // A file stands where the folder would be: not even root can write into it.
  cpSync(join(ROOT, 'LICENSE'), join(home, 'dist/cache'));
  chmodSync(join(home, 'dist'), 0o555);
  assert.match(version(home), /\d+\.\d+\.\d+/);
  chmodSync(join(home, 'dist'), 0o755);
});
