import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedNames } from './names.ts';

test('the folder that all names share is said once', () => {
  const of = (...names: string[]) => {
    const { folder, short } = sharedNames(names);
    return [folder, ...names.map(short)];
  };
  assert.deepEqual(of('/var/log/mail.log', '/var/log/audit/audit.log'), ['/var/log/', 'mail.log', 'audit/audit.log']);
  assert.deepEqual(of('/var/log/mail.log', '/etc/passwd'), ['', '/var/log/mail.log', '/etc/passwd']);
  assert.deepEqual(of('evidence/mail.log', 'evidence.old/mail.log'), [
    '',
    'evidence/mail.log',
    'evidence.old/mail.log',
  ]);
  assert.deepEqual(of(), ['']);
});

test('names from the root and from the working folder, and standard input, share nothing', () => {
  for (const names of [
    ['/etc/passwd', 'mail.log'],
    ['/mail.log', '-'],
    ['mail.log', '/etc/passwd'],
    ['-', '/var/log/mail.log'],
    ['/', 'x'],
  ])
    assert.equal(sharedNames(names).folder, '');
});
