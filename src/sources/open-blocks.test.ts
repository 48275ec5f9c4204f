import assert from 'node:assert/strict';
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { compressionOf } from './compression.ts';
import type { EvidenceFile } from './contract.ts';
import { evidenceFile, numberedLines, readAll, run, temporaryFolder } from './fixtures.test-support.ts';
import { SOURCE_LIMITS } from './limits.ts';
import { openBlocks } from './open-blocks.ts';

const LOG = numberedLines(60_000);

function stored(t: TestContext, content: Buffer): EvidenceFile {
  const path = join(temporaryFolder(t), 'evidence');
  writeFileSync(path, content);
  return evidenceFile(path, content.length, compressionOf(content));
}

async function assertReads(file: EvidenceFile, expected: Buffer, code: string | null = null): Promise<void> {
  const reader = openBlocks(file);
  const content = await readAll(reader);
  assert.equal(content.length, expected.length);
  assert.ok(content.equals(expected));
  assert.equal(reader.problem?.code ?? null, code);
  assert.equal(await reader.read(), null);
}

test('reads a plain file in blocks of at most 256 KiB', async t => {
  const file = stored(t, LOG);
  await assertReads(file, LOG);
  const reader = openBlocks(file);
  assert.equal((await reader.read())?.length, 256 * 1024);
  assert.equal(reader.consumedBytes, 256 * 1024);
  reader.close();
  assert.equal(await reader.read(), null);
});

test('reads every member of a gzip file', async t => {
  const members = [LOG.subarray(0, 1_000_000), LOG.subarray(1_000_000, 1_000_010), LOG.subarray(1_000_010)];
  await assertReads(stored(t, Buffer.concat(members.map(m => gzipSync(m)))), LOG);
});

test('reads a gzip file that is padded with zeros', async t => {
  await assertReads(stored(t, Buffer.concat([gzipSync(LOG), Buffer.alloc(1000)])), LOG);
});

test('reads every frame of a zstd file, past skippable ones', async t => {
  const skippable = Buffer.from([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const frames = [
    skippable,
    zstdCompressSync(LOG.subarray(0, 1_200_000)),
    skippable,
    run('zstd', ['-q', '--no-check', '-19'], LOG.subarray(1_200_000, 1_200_100)),
    zstdCompressSync(Buffer.alloc(0)),
    run('zstd', ['-q', '--check', '-1'], LOG.subarray(1_200_100)),
  ];
  await assertReads(stored(t, Buffer.concat(frames)), LOG);
});

test('reads a zstd file of repeated bytes and of noise', async t => {
  const odd = Buffer.concat([
    Buffer.alloc(500_000, 97),
    Buffer.from(LOG.map((b, i) => (b * 31 + i * 7 + (i >> 8)) & 255)),
  ]);
  await assertReads(stored(t, zstdCompressSync(odd)), odd);
});

test('reads every stream of an xz file, padding and blocks included', async t => {
  const streams = [
    run('xz', ['-c', '-6'], LOG.subarray(0, 700_000)),
    Buffer.alloc(8),
    run('xz', ['-c', '-0', '--block-size=100000', '--check=crc32'], LOG.subarray(700_000, 1_500_000)),
    run('xz', ['-c', '--check=none'], Buffer.alloc(0)),
    run('xz', ['-c', '-9e'], LOG.subarray(1_500_000)),
  ];
  await assertReads(stored(t, Buffer.concat(streams)), LOG);
});

test('an xz file with a kind of checksum that is not supported is told by name', async t => {
  const good = run('xz', ['-c'], LOG.subarray(0, 100));
  const file = stored(t, Buffer.concat([good, run('xz', ['-c', '--check=sha256'], LOG)]));
  await assertReads(file, LOG.subarray(0, 100), 'E_XZ_UNSUPPORTED');
});

test('reads several xz files at the same time', async t => {
  const packed = run('xz', ['-c', '-0'], LOG);
  const readers = [stored(t, packed), stored(t, packed), stored(t, packed)].map(file => openBlocks(file));
  const sizes = [0, 0, 0];
  for (let open = 3; open > 0; ) {
    open = 3;
    for (const [i, reader] of readers.entries()) {
      const block = await reader.read();
      if (block === null) open -= 1;
      else sizes[i] = (sizes[i] as number) + block.length;
    }
  }
  assert.deepEqual(sizes, [LOG.length, LOG.length, LOG.length]);
});

for (const [name, pack, code] of [
  ['gzip', (b: Buffer) => gzipSync(b), 'E_GZIP_TRUNCATED'],
  ['zstd', (b: Buffer) => zstdCompressSync(b), 'E_ZSTD_TRUNCATED'],
  ['xz', (b: Buffer) => run('xz', ['-c', '-0'], b), 'E_XZ_TRUNCATED'],
] as const) {
  test(`what came before a cut in a ${name} file stands`, async t => {
    const packed = pack(LOG);
    for (const part of [0.999, 0.5, 0.0001]) {
      const file = stored(t, packed.subarray(0, Math.max(7, Math.floor(packed.length * part))));
      const reader = openBlocks(file);
      const content = await readAll(reader);
      assert.equal(reader.problem?.code, code);
      assert.equal(reader.problem?.level, 'unreadable');
      assert.ok(content.equals(LOG.subarray(0, content.length)));
      assert.ok(content.length > LOG.length * (part - 0.2), `${content.length}`);
    }
  });

  test(`damage in the middle of a ${name} file is told and what came before it stands`, async t => {
    const packed = Buffer.from(pack(LOG));
    packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
    const reader = openBlocks(stored(t, packed));
    const content = await readAll(reader);
    assert.equal(reader.problem?.code, code.replace('TRUNCATED', 'CORRUPT'));
    assert.ok(content.subarray(0, LOG.length >> 2).equals(LOG.subarray(0, LOG.length >> 2)));
  });

  test(`something else behind ${name} data costs nothing of the data`, async t => {
    const file = stored(t, Buffer.concat([pack(LOG), Buffer.from('not compressed')]));
    await assertReads(file, LOG, code.replace('TRUNCATED', 'CORRUPT'));
  });

  test(`a ${name} bomb is stopped`, async t => {
    const file = stored(t, pack(Buffer.alloc(64 * 1024 * 1024)));
    const reader = openBlocks(file, { ...SOURCE_LIMITS, unpackedBytesMax: 8 * 1024 * 1024 });
    assert.ok((await readAll(reader)).length <= 8 * 1024 * 1024);
    assert.equal(reader.problem?.code, 'E_BOMB');
  });
}

test('a bomb is known by its ratio too', async t => {
  const file = stored(t, zstdCompressSync(Buffer.alloc(300 * 1024 * 1024)));
  const reader = openBlocks(file);
  for (let block = await reader.read(); block !== null; block = await reader.read());
  assert.equal(reader.problem?.code, 'E_BOMB');
});

test('tells when a file vanished, shrank or grew', async t => {
  const gone = stored(t, LOG);
  rmSync(gone.path);
  await assertReads(gone, Buffer.alloc(0), 'E_VANISHED');
  const shorter = stored(t, LOG);
  truncateSync(shorter.path, 1000);
  await assertReads(shorter, LOG.subarray(0, 1000), 'E_SHRANK');
  const longer = stored(t, LOG);
  appendFileSync(longer.path, 'more\n');
  await assertReads(longer, LOG, 'E_GREW');
  const packed = stored(t, gzipSync(LOG));
  rmSync(packed.path);
  await assertReads(packed, Buffer.alloc(0), 'E_VANISHED');
});
