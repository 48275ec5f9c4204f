import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessStarted } from '../events/host-events.ts';
import { decodes, filesRead } from './decoders-of-text.ts';
import type { ProcessState } from './processes.ts';
import { ProgramCopies } from './program-copies.ts';

/** As much of a process as its words need. */
const ran = (line: string, exe = `/usr/bin/${line.split(' ')[0]}`): ProcessState =>
  ({ exe, argv: line.split(' '), execSeen: true }) as unknown as ProcessState;

/** The copies that these command lines make. */
function copied(...lines: readonly string[]): ProgramCopies {
  const copies = new ProgramCopies();
  for (const line of lines) {
    const argv = line.split(' ');
    const actor = { exe: `/usr/bin/${argv[0]}` };
    copies.started({ argv, cwd: '/home/a', actor } as unknown as ProcessStarted);
  }
  return copies;
}

const decodesWhere = (process: ProcessState, copies = copied()): boolean => decodes({ copies }, process);

test('what makes plain is known by its words', () => {
  for (const line of [
    'base64 -d',
    'base64 -di x',
    'base64 -D',
    'base64 --d x',
    'base32 --decode',
    'basenc --base16 -d',
    'xxd -r -p x',
    'xxd -revert x',
    'gzip -cd x',
    'pigz -d',
    'bzip2 -dc',
    'xz --decompress',
    'lzma -d',
    'zstd -dc x',
    'lz4 -d x -',
    'xz --uncompress x',
  ])
    assert.ok(decodesWhere(ran(line)), line);
  for (const line of [
    'base64 -w0 x',
    'base64 decode',
    'basenc --base16 x',
    'xxd -p x',
    'gzip -9 x',
    'bzip2 -k d',
    'zstd -D dictionary x',
    'lz4 x',
    'cat -d',
    'sort -d x',
  ])
    assert.ok(!decodesWhere(ran(line)), line);
});

test('what only ever makes plain does so without a word', () => {
  for (const name of 'uudecode gunzip unpigz zcat bunzip2 bzcat unxz xzcat unlzma lzcat unzstd zstdcat unlz4 lz4cat rev'.split(
    ' ',
  ))
    assert.ok(decodesWhere(ran(`${name} x`)), name);
  for (const name of ['bzgrep', 'xzless', 'zdiff', 'cat', 'tac', 'uuencode'])
    assert.ok(!decodesWhere(ran(`${name} x`)), name);
});

test('one program under several names opens where it is called so, gzip does not', () => {
  for (const [line, exe] of [
    ['xzcat x', 'xz'],
    ['/bin/bzcat x', 'bzip2'],
    ['zstdcat x', 'zstd'],
    ['unlz4 x', 'lz4'],
    ['unpigz x', 'pigz'],
  ] as const)
    assert.ok(decodesWhere(ran(line, `/usr/bin/${exe}`)), line);
  assert.ok(!decodesWhere(ran('zcat x', '/usr/bin/gzip')));
  assert.ok(!decodesWhere(ran('xzcat x', '/usr/bin/sort')), 'anybody may choose the name it is called');
});

test('an applet of busybox is what it is called', () => {
  assert.ok(decodesWhere(ran('busybox base64 -d', '/bin/busybox')));
  assert.ok(decodesWhere(ran('bzcat x', '/bin/busybox')));
  assert.ok(decodesWhere(ran('toybox uudecode x', '/bin/toybox')));
  assert.ok(!decodesWhere(ran('busybox base64 x', '/bin/busybox')));
  assert.ok(!decodesWhere(ran('busybox cat -d', '/bin/busybox')));
});

test('a copy does what it is a copy of, a program of one name with it does not', () => {
  const copies = copied('cp /usr/bin/base64 x', 'ln /usr/bin/xz y', 'cp /usr/bin/sort z');
  const at = (name: string, words: string): ProcessState => ran(`./${name} ${words}`, `/home/a/${name}`);
  assert.ok(decodesWhere(at('x', '-d'), copies));
  assert.ok(decodesWhere(at('y', '-dc f'), copies));
  assert.ok(!decodesWhere(at('x', 'f'), copies));
  assert.ok(!decodesWhere(at('z', '-d'), copies));
  assert.ok(!decodesWhere(at('x', '-d')), 'nothing was copied');
});

test('openssl makes plain what it decodes or decrypts, whatever the cipher is called', () => {
  for (const words of [
    'enc -d -base64 -in x',
    'enc -aes-256-cbc -d -pass pass:x',
    'base64 -d',
    'base64 --d',
    'zlib -d',
    'aes-256-cbc -d -in x',
    'aes128 -d',
    'des3 -d',
    'rc4 -d',
    'chacha20 -d',
    'cms -decrypt -in x -inkey k',
    'cms -EncryptedData_decrypt -in x',
    'cms -uncompress -in x',
    'smime -decrypt -in x -inkey k',
  ])
    assert.ok(decodesWhere(ran(`openssl ${words}`)), words);
});

test('openssl with any other order, or none, makes nothing plain', () => {
  for (const words of [
    'enc -base64 -in x',
    'enc -aes-256-cbc -e -in d',
    'aes-256-cbc -in -d.txt',
    'dgst -d x',
    'x509 -d -in x',
    's_client -d -connect x:443',
    'rand -d 8',
    'cms -encrypt -in x',
    'cms -verify -in x',
    'smime -sign -in x',
    'smime -d',
    'encode -d',
    '-d',
  ])
    assert.ok(!decodesWhere(ran(`openssl ${words}`)), words);
  assert.ok(!decodesWhere(ran('openssl')));
});

test('of the words of openssl only its input is a file that is read', () => {
  const read = (line: string): readonly string[] =>
    filesRead({ copies: copied() }, { ...ran(line), cwd: '/home/a' } as ProcessState);
  assert.deepEqual(read('openssl enc -d -base64 -pass file:/home/a/k -in x'), ['/home/a/x']);
  assert.deepEqual(read('openssl aes-256-cbc -d'), []);
  assert.deepEqual(read('base64 -d x'), ['/home/a/x']);
});

test('what was never seen starting is not judged by its words', () => {
  assert.ok(!decodesWhere({ ...ran('base64 -d'), execSeen: false }));
});
