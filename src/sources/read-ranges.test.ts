import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { compressionOf } from './compression.ts';
import { evidenceFile, numberedLines, run, temporaryFolder } from './fixtures.test-support.ts';
import { readRanges } from './read-ranges.ts';

const LOG = numberedLines(150_000);

for (const [name, content] of [
  ['plain', LOG],
  ['gzip', gzipSync(LOG)],
  ['zstd', zstdCompressSync(LOG)],
  ['xz', run('xz', ['-c', '-0'], LOG)],
] as const) {
  test(`finds records of a ${name} file again, in the order asked for`, async t => {
    const path = join(temporaryFolder(t), 'evidence');
    writeFileSync(path, content);
    const file = evidenceFile(path, content.length, compressionOf(content));
    const ranges = [
      { offset: LOG.length - 10, length: 10 },
      { offset: 0, length: 20 },
      { offset: 1024 * 1024 - 5, length: 10 },
      { offset: 1024 * 1024 - 5, length: 700_000 },
      { offset: 5, length: 0 },
      { offset: LOG.length - 5, length: 100 },
      { offset: LOG.length + 5, length: 100 },
      { offset: 0, length: 3_000_000 },
    ];
    const found = await readRanges(file, ranges);
    const expected = ranges.map(r => LOG.subarray(r.offset, r.offset + Math.min(r.length, 1024 * 1024)));
    for (const [i, bytes] of found.entries()) assert.ok(bytes.equals(expected[i] as Buffer), `range ${i}`);
  });
}

test('records of a file that is gone are empty', async () => {
  const [bytes] = await readRanges(evidenceFile('/nonexistent/evidence', 10), [{ offset: 0, length: 10 }]);
  assert.equal(bytes?.length, 0);
});
