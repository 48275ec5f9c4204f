import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { recipientsIn } from '../../state/recipients.ts';
import { attachmentsIn, encodersIn } from './payload.ts';

/** A process as far as it is asked here. */
const ran = (exe: string, line: string | readonly string[], script = ''): ProcessState =>
  ({ exe, script, argv: typeof line === 'string' ? line.split(' ') : line }) as unknown as ProcessState;

const attached = (exe: string, line: string | readonly string[], script = ''): string[] =>
  attachmentsIn(ran(exe, line, script));

test('files attached are read from the arguments of mail tools', () => {
  assert.deepEqual(attached('/usr/bin/mutt', 'mutt -a /tmp/a.zip -- x@example.net'), ['/tmp/a.zip']);
  assert.deepEqual(attached('/usr/bin/curl', 'curl --upload-file=/tmp/m smtp://mx.example.net'), ['/tmp/m']);
  assert.deepEqual(attached('/usr/bin/curl', 'curl -T - smtp://mx.example.net'), ['-'], 'standard input');
  assert.deepEqual(attached('/usr/bin/perl', 'swaks -a /tmp/b.tar', '/usr/bin/swaks'), ['/tmp/b.tar'], 'a script');
  assert.deepEqual(attached('/usr/bin/mutt', 'mutt -a /tmp/a.zip -a /tmp/a.zip'), ['/tmp/a.zip'], 'once');
});

test('git send-email carries the patches that are named', () => {
  const git = (line: string) =>
    attached('/usr/bin/perl', `perl /usr/lib/git-core/git-send-email ${line}`, '/usr/lib/git-core/git-send-email');
  assert.deepEqual(git('--to=a@example.net out/0001-x.patch 0002-y.patch outgoing/'), [
    'out/0001-x.patch',
    '0002-y.patch',
    'outgoing/',
  ]);
  assert.deepEqual(git('0001-x.patch --to=a@example.net'), ['0001-x.patch'], 'first of all');
  assert.deepEqual(git('--to=a@example.net --smtp-server=/usr/sbin/sendmail HEAD~1'), []);
  assert.deepEqual(attached('/usr/bin/perl', 'perl /usr/bin/other out/0001-x.patch', '/usr/bin/other'), []);
});

test('the content of a message is a file only where it is named as one', () => {
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --data hello'), []);
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --body hello'), []);
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --data @/tmp/x'), ['/tmp/x']);
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --body @notes'), ['notes']);
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --body /tmp/x'), ['/tmp/x']);
  assert.deepEqual(attached('/usr/bin/swaks', 'swaks --attach notes'), ['notes'], 'an attachment always is');
});

test('a header, an empty word and another option are no files', () => {
  assert.deepEqual(attached('/usr/bin/mail', ['mail', '-a', 'X-Loop: here', 'x@example.net']), []);
  assert.deepEqual(attached('/usr/bin/mail', ['mail', '-a', '', 'x@example.net']), []);
  assert.deepEqual(attached('/usr/bin/mail', 'mail -a'), []);
  assert.deepEqual(attached('/usr/bin/mail', 'mail -a -s'), []);
});

test('a short option means a file only to programs that are known to mail', () => {
  assert.deepEqual(attached('/usr/bin/python3', 'python3 send.py -a /tmp/a.zip', '/home/clerk/send.py'), []);
  assert.deepEqual(attached('/usr/bin/python3', 'python3 send.py --attach /tmp/a.zip', '/home/clerk/send.py'), [
    '/tmp/a.zip',
  ]);
});

test('mpack attaches what it is given without an option', () => {
  const line = 'mpack -o/tmp/out -s x ./a.zip x@example.net';
  assert.deepEqual(attached('/usr/bin/mpack', ['/usr/bin/mpack', ...line.split(' ').slice(1)]), ['./a.zip']);
  assert.deepEqual(attached('/usr/bin/mpack', 'mpack ./a.zip x@example.net'), ['./a.zip'], 'its first word');
  assert.deepEqual(attached('/usr/bin/mutt', 'mutt ./a.zip'), []);
});

test('of very many files the first eight are told', () => {
  const words = Array.from({ length: 9 }, (_, index) => ['-a', `/tmp/${index}`]).flat();
  assert.deepEqual(attached('/usr/bin/mutt', ['mutt', ...words]).length, 8);
});

test('programs that pack are known by their file or by the name they were called', () => {
  const stages = [ran('/usr/bin/tar', 'tar c x'), ran('/bin/busybox', 'xz -9'), ran('/usr/bin/cat', 'cat')];
  assert.deepEqual(encodersIn(stages), ['tar', 'xz']);
});

test('recipients are the addresses in the arguments', () => {
  assert.deepEqual(recipientsIn(['mail', 'a@example.net,<B@Example.net>', '--to=c@example.net']), [
    'a@example.net',
    'b@example.net',
    'c@example.net',
  ]);
  assert.deepEqual(recipientsIn(['x@example.net', 'a@example.net']), ['a@example.net'], 'not the name it was called');
  for (const word of ['@example.net', 'clerk@', 'smtp://clerk@example.net', '-oXa@example.net', 'clerk'])
    assert.deepEqual(recipientsIn(['mail', word]), [], word);
});

test('senders, subjects and headers are no recipients', () => {
  for (const option of ['-r', '-f', '--from', '--mail-from', '-F', '-s', '--header'])
    assert.deepEqual(recipientsIn(['mail', option, 'me@example.org', 'you@example.net']), ['you@example.net'], option);
});

test('of very many recipients the first sixteen are read', () => {
  const words = Array.from({ length: 20 }, (_, index) => `r${index}@example.net`);
  assert.equal(recipientsIn(['mail', ...words]).length, 16);
  assert.equal(recipientsIn(['mail', words.join(',')]).length, 16);
});
