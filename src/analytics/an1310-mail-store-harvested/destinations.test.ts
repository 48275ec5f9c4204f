import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { destinationsIn } from './destinations.ts';

const named = (...argv: readonly string[]): string[] =>
  destinationsIn({ exe: `/usr/bin/${argv[0]}`, argv } as unknown as ProcessState);

test('a destination is an operand, and no value of an option', () => {
  const to = 'http://files.example.net/in';
  assert.deepEqual(named('curl', '-s', '-e', 'http://own.example.org/', '-A', 'own.example.org', '-T', '/tmp/x', to), [
    to,
  ]);
  assert.deepEqual(named('curl', '-sST', 'm.tgz', 'files.example.net/in'), ['files.example.net/in']);
  assert.deepEqual(named('curl', '-sTm.tgz', to, '--referer', 'http://own.example.org/'), [to]);
  assert.deepEqual(named('curl', '--referer=http://own.example.org/', '--url', to), [to]);
  assert.deepEqual(named('curl', `--url=${to}`), [to]);
  assert.deepEqual(named('curl', '--unlisted', '3', to), [to], 'a number is no host');
  assert.deepEqual(named('wget', '--post-file=/tmp/x', '-O', '-', '--header', 'Host: own.example.org', to), [to]);
  assert.deepEqual(named('scp', '-P', '2222', '-i', 'k', '/tmp/x', 'root@files.example.net:/tmp/'), [
    'root@files.example.net:/tmp/',
  ]);
  assert.deepEqual(named('rsync', '-a', '--exclude', 'a:b', 'Maildir/', 'rsync://files.example.net/in/'), [
    'rsync://files.example.net/in/',
  ]);
  assert.deepEqual(named('ssh', '-p', '22', 'files.example.net', 'cat > own.example.org:'), ['files.example.net']);
  assert.deepEqual(named('sftp', '-b', 'own.example.org:x', 'root@files.example.net'), ['root@files.example.net']);
  assert.deepEqual(named('scp', '--', '-x', 'files.example.net:in'), ['files.example.net:in']);
  assert.deepEqual(named('scp', '--', '-i', 'files.example.net:in'), ['files.example.net:in']);
  assert.deepEqual(named('curl', '-', to), [to]);
  assert.deepEqual(named('curl', '--referer=http://own.example.org/?a=b', to), [to]);
  assert.deepEqual(named('curl', `--url=${to}?a=b`), [`${to}?a=b`]);
  assert.deepEqual(named('curl'), []);
  assert.deepEqual(named('curl', '-T', '-', ''), []);
});

test('a host and a port in plain words', () => {
  assert.deepEqual(named('ncat', '--send-only', 'drop.example.net', '9001'), ['drop.example.net:9001']);
  assert.deepEqual(named('nc', '-w', '3', '203.0.113.9', '80'), ['203.0.113.9:80']);
  assert.deepEqual(named('nc', '-l', '-p', '9001'), [], 'it waits');
  assert.deepEqual(named('ncat', '--proxy', 'p.example.net:8080', 'own.example.org', '9001'), ['p.example.net:8080']);
  assert.deepEqual(named('nc', '-lk', '0.0.0.0', '9001'), [], 'on every address');
});

test('each operand is told, once', () => {
  assert.deepEqual(named('curl', '-T', 'x', 'own.example.org/a', 'files.example.net/a', 'own.example.org/a'), [
    'own.example.org/a',
    'files.example.net/a',
  ]);
});

test('a way to another host is told behind the operands', () => {
  const own = 'backup.example.org:/tmp/';
  const scp = (...options: readonly string[]): string[] => named('scp', ...options, 'x', own);
  assert.deepEqual(scp('-o', 'HostName=203.0.113.80'), [own, '203.0.113.80']);
  assert.deepEqual(scp('-oHostName=203.0.113.80'), [own, '203.0.113.80']);
  assert.deepEqual(scp('-o', 'hostname 203.0.113.80'), [own, '203.0.113.80']);
  assert.deepEqual(scp('-o', 'ProxyCommand=nc 203.0.113.80 22'), [own, 'nc 203.0.113.80 22']);
  assert.deepEqual(scp('-i', 'hostname files.example.net'), [own], 'a key of such a name');
  assert.deepEqual(scp('-J', 'files.example.net'), [own, 'files.example.net']);
  assert.deepEqual(scp('-F', 'settings'), [own, 'settings']);
  assert.deepEqual(scp('-o', 'StrictHostKeyChecking=no', '-i', 'key'), [own]);
  assert.deepEqual(named('rsync', '-e', 'ssh -p 22 -o HostName=203.0.113.80', 'x', own), [own, '203.0.113.80']);
  assert.deepEqual(named('rsync', '--rsh=ssh -J files.example.net', 'x', own), [own, 'files.example.net']);
  assert.deepEqual(named('rsync', '-e', 'ssh -p 22', 'x', own), [own]);
  const curl = (...options: readonly string[]): string[] => named('curl', ...options, 'own.example.org/in');
  assert.deepEqual(curl('-x', '203.0.113.80:3128'), ['own.example.org/in', '203.0.113.80:3128']);
  assert.deepEqual(curl('--proxy', 'files.example.net'), ['own.example.org/in', 'files.example.net']);
  assert.deepEqual(curl('--resolve', 'own.example.org:443:203.0.113.80'), ['own.example.org/in', '203.0.113.80']);
  assert.deepEqual(curl('--connect-to', 'own.example.org:443:files.example.net:443'), [
    'own.example.org/in',
    'files.example.net:443',
  ]);
  assert.deepEqual(curl('-K', 'settings'), ['own.example.org/in', 'settings']);
  assert.deepEqual(named('wget', '-e', 'http_proxy=203.0.113.80', 'own.example.org'), [
    'own.example.org',
    'http_proxy=203.0.113.80',
  ]);
});

test('of a tool whose words are not known, whatever names a host', () => {
  assert.deepEqual(named('restic', '-r', 'sftp:own.example.org:/x', 'copy', 'sftp://files.example.net/y'), [
    'sftp://files.example.net/y',
    'sftp:own.example.org:/x',
  ]);
  assert.deepEqual(named('mail', '-s', 'x', 'a@files.example.net', '@x', '-r@y'), ['a@files.example.net']);
  assert.deepEqual(named('busybox', 'wget', '--post-file=x', 'http://files.example.net/'), [
    'http://files.example.net/',
  ]);
});
