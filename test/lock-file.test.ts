import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completed, type LockFile, missingEntries } from '../scripts/lib/lock-file.ts';
import { ROOT } from '../scripts/lib/tree.ts';

const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');

test('the lock file lists all that npm ci asks for, so that a fresh machine can install', () => {
  const missing = missingEntries(JSON.parse(text) as LockFile).map(each => each.path);
  assert.deepEqual(missing, [], 'run node scripts/complete-lock.ts');
});

test('the lock file names no registry', () => {
  assert.doesNotMatch(text, /"resolved"/);
});

test('what is missing is added with the systems it is for', () => {
  const lock: LockFile = {
    packages: {
      '': {},
      'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies: { '@tool/darwin-arm64': '1.0.0' } },
    },
  };
  const { packages } = completed(lock);
  assert.deepEqual(packages['node_modules/@tool/darwin-arm64'], {
    version: '1.0.0',
    cpu: ['arm64'],
    os: ['darwin'],
    dev: true,
    optional: true,
  });
  assert.deepEqual(missingEntries({ packages }), []);
});
