import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyChecks } from './only-checks.ts';

const checks = (line: string, exe = `/usr/bin/${line.split(' ')[0]}`): boolean => onlyChecks(exe, line.split(' '));

test('an interpreter that is told to check a file runs nothing of it', () => {
  for (const line of [
    'bash -n x.sh',
    'sh -eun x.sh',
    'dash -e -n ./x',
    'bash --norc -o noexec x',
    'bash -O extglob -n x',
    'fish --no-execute x',
    'node --check x.js',
    'node --trace-warnings -c x.js',
    'php -l x.php',
    'php8.2 -l x.php',
    'ruby -w -c x.rb',
  ])
    assert.equal(checks(line), true, line);
  assert.equal(checks('sh -n x', '/bin/busybox'), true, 'an applet');
});

test('words of the script, other options and other interpreters check nothing', () => {
  for (const line of [
    'bash x.sh -n',
    'bash -- -n',
    'bash -e x.sh -n',
    'bash -i -n x.sh',
    'bash -n -i x.sh',
    'bash --noprofile x.sh',
    'bash -o nounset x.sh',
    'bash +n x.sh',
    'bash -c true -n',
    'node x.js --check',
    'node -r ./x.js y.js',
    'php x.php -l',
    'perl -c x.pl',
    'python3 -n x.py',
    'ruby x.rb -c',
    'bash',
  ])
    assert.equal(checks(line), false, line);
});
