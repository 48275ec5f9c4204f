import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailSettingsMade } from './mail-settings.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

const run = (argv: readonly string[], facts: Partial<ProcessState> = {}): ProcessState =>
  ({
    exe: '/usr/sbin/postconf',
    argv,
    trusted: true,
    execSeen: true,
    parent: null,
    classBits: 0,
    ...facts,
  }) as unknown as ProcessState;
const made = (...argv: string[]): string =>
  mailSettingsMade(run(['postconf', ...argv]))
    .map(({ path, name, value }) => `${path} ${name} ${value}`)
    .join();

test('a setting that sends mail on, however it is written', () => {
  const wanted = '/etc/postfix/main.cf recipient_bcc_maps hash:/etc/postfix/x';
  for (const words of [
    ['-e', 'recipient_bcc_maps = hash:/etc/postfix/x'],
    ['recipient_bcc_maps=hash:/etc/postfix/x'],
    ['-ve', 'recipient_bcc_maps=hash:/etc/postfix/x'],
    ['-e', 'mydestination=example.org', 'recipient_bcc_maps=hash:/etc/postfix/x'],
  ])
    assert.equal(made(...words), wanted, words.join(' '));
  assert.equal(
    made('-c', '/etc/postfix-out/', '-e', 'always_bcc=a@example.net'),
    '/etc/postfix-out/main.cf always_bcc a@example.net',
  );
  assert.equal(made('-P', 'smtp/inet/always_bcc=a@example.net'), '/etc/postfix/master.cf always_bcc a@example.net');
});

test('what is only shown or taken away, other settings, other programs, and a package that sets up its server', () => {
  for (const words of [
    ['always_bcc'],
    ['-n', 'always_bcc=x'],
    ['-h', 'recipient_bcc_maps'],
    ['-#', 'always_bcc=x'],
    ['-X', 'always_bcc'],
    ['-e', 'always_bcc='],
    ['-e', 'relayhost=[relay.example.org]'],
    ['-e', 'inet_interfaces=all'],
  ])
    assert.equal(made(...words), '', words.join(' '));
  const words = ['postconf', '-e', 'always_bcc=a@example.net'];
  assert.equal(mailSettingsMade(run(words, { exe: '/usr/bin/echo' })).length, 0);
  assert.equal(mailSettingsMade(run(words, { trusted: false })).length, 0);
  const dpkg = run(['dpkg', '--configure', 'postfix'], { exe: '/usr/bin/dpkg', classBits: CLASS.packageManager });
  assert.equal(mailSettingsMade(run(words, { parent: dpkg })).length, 0);
});
