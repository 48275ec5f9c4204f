import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packedInPlace, packedInto, packerName, packsIntoFile } from './packers.ts';
import type { ProcessState } from './processes.ts';

/** As much of a process as its words need. */
const ran = (line: string, exe = `/usr/bin/${line.split(' ')[0]}`): ProcessState =>
  ({ exe, argv: line.split(' '), cwd: '/home/a' }) as unknown as ProcessState;

test('what packs is known by its file, by the name it was called, and inside busybox', () => {
  assert.equal(packerName(ran('tar c x')), 'tar');
  assert.equal(packerName(ran('tar c x', '/opt/x/bsdtool')), 'tar');
  assert.equal(packerName(ran('busybox gzip', '/bin/busybox')), 'gzip');
  assert.equal(packerName(ran('xz -9', '/bin/busybox')), 'xz');
  assert.equal(packerName(ran('cat x')), '');
  assert.equal(packerName(ran('busybox cat', '/bin/busybox')), '');
  assert.equal(packerName({ exe: '', argv: [] as readonly string[] } as ProcessState), '');
});

test('every program of the class that packs is one in a pipeline too', () => {
  for (const line of [
    'pax -w x',
    'pigz',
    'age -r k',
    'zpaq a x y',
    'lz4',
    'brotli',
    'bsdtar c x',
    'dar -c - -R x',
    'ccrypt',
    'mksquashfs x y',
  ])
    assert.equal(packerName(ran(line)), line.split(' ')[0], line);
  for (const line of ['unzip x', 'gunzip x', 'zcat x', 'munpack x', 'ripmime -i x'])
    assert.equal(packerName(ran(line)), '', line);
});

test('what opens again what was packed packs nothing', () => {
  for (const line of [
    'tar xf x',
    'tar -tzf x',
    'gzip -d',
    'xz -dc x',
    'zstd --decompress x',
    'base64 -d',
    'base64 --decode x',
    'base32 -di',
    'gpg -d x',
    'age --decrypt x',
    'openssl enc -aes-256-cbc -d -in x',
    'xxd -r',
    'xxd -p -r x',
    'busybox gzip -d x',
    'gpg --version',
    'gpg --batch --list-secret-keys',
    'xz --help',
  ])
    assert.equal(packerName(ran(line)), '', line);
  for (const line of [
    'gpg --batch -c x',
    'gzip',
    'tar -C /x -cf y z',
    'tar czf dx.tgz x',
    'gzip -9 d',
    'xxd x',
    'split -d x',
    'base64 -w0 x',
  ])
    assert.equal(packerName(ran(line)), line.split(' ')[0], line);
});

test('what is told which file to fill prints nothing', () => {
  for (const line of [
    'tar czf x.tgz y',
    'tar -cJf x.txz y',
    'zip -r x.zip y',
    '7z a x.7z y',
    'busybox tar cf x.tar y',
    'gzip -9 x',
    'xz -k x',
    'bzip2 x',
    'zstd -19 x',
    'openssl enc -aes-256-cbc -in x -out y',
    'gpg -c -o y x',
    'gpg --output y -e x',
    'dd if=x of=y',
    'pax -wf x.pax y',
    'pigz x',
    'lz4 x',
    'age -r k -o y x',
    'dar -c base -R x',
    'mksquashfs x y',
    'zpaq a x y',
    'rar a x y',
    'ar rc x y',
    'bsdcpio -oF x',
  ])
    assert.equal(packsIntoFile(ran(line)), true, line);
});

test('what is told none, or standard output, prints', () => {
  for (const line of [
    'tar cz y',
    'tar czf - y',
    'tar -C /srv -c .',
    'zip -r - y',
    'gzip',
    'gzip -9',
    'gzip -c x',
    'xz -T 0',
    'xz -9c x',
    'xz --stdout x',
    'zstd --to-stdout x',
    'openssl enc -aes-256-cbc -in x',
    'openssl base64',
    'gpg -c -o - x',
    'gpg -e',
    'dd if=x',
    'base64 x',
    'uuencode x y',
    'pax -w y',
    'pigz -c x',
    'age -r k',
    'dar -c - -R x',
    'lz4',
    'bsdcpio -o',
    'rar x y',
    'unzip x',
    'cat x',
  ])
    assert.equal(packsIntoFile(ran(line)), false, line);
});

test('an option names the file that is filled', () => {
  assert.equal(packedInto(ran('gpg -c -o /mnt/x y')), '/mnt/x');
  assert.equal(packedInto(ran('age -r key --output out.age y')), '/home/a/out.age');
  assert.equal(packedInto(ran('openssl enc -aes256 -in y -out /mnt/x')), '/mnt/x');
  for (const line of ['gpg -c -o - y', 'gpg -c y', 'gpg -c y -o', 'openssl enc -aes256 -in -out', 'cat -o /mnt/x'])
    assert.equal(packedInto(ran(line)), '', line);
});

test('what is packed in its place stands beside it under its name and an ending', () => {
  const made = (line: string) => packedInPlace(ran(line));
  assert.deepEqual(made('gzip -9 a /tmp/b'), ['/home/a/a.gz', '/tmp/b.gz']);
  assert.deepEqual(made('xz -T 0 box'), ['/home/a/box.xz']);
  assert.deepEqual(made('gpg --batch -c /tmp/box'), ['/tmp/box.gpg']);
  for (const line of ['gzip', 'gzip -c x', 'gzip -d x.gz', 'gpg -c -o y x', 'gpg -d x.gpg', 'tar cf y x', 'cat x'])
    assert.deepEqual(made(line), [], line);
});
