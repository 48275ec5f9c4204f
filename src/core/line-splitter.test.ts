import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter } from './line-splitter.ts';

interface Seen {
  text: string;
  offset: number;
}

function split(
  content: Buffer,
  cuts: readonly number[],
  lineBytesMax?: number,
): { lines: Seen[]; cut: Seen[]; splitter: LineSplitter } {
  const lines: Seen[] = [];
  const cut: Seen[] = [];
  const keep = (into: Seen[]) => (buffer: Buffer, start: number, end: number, offset: number) => {
    into.push({ text: buffer.toString('latin1', start, end), offset });
  };
  const splitter = new LineSplitter(lineBytesMax, keep(cut));
  const reused = Buffer.alloc(content.length);
  const bounds = [0, ...[...cuts].filter(c => c < content.length).sort((a, b) => a - b), content.length];
  for (let i = 1; i < bounds.length; i++) {
    const from = bounds[i - 1] as number;
    const to = bounds[i] as number;
    content.copy(reused, 0, from, to);
    splitter.feed(reused.subarray(0, to - from), from, keep(lines));
  }
  splitter.end(keep(lines));
  return { lines, cut, splitter };
}

/** The same by the simplest means. */
function naive(content: Buffer, lineBytesMax: number): { lines: Seen[]; cut: Seen[] } {
  const lines: Seen[] = [];
  const cut: Seen[] = [];
  let offset = 0;
  const parts = content.toString('latin1').split('\n');
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part === '') break;
    if (part.length > lineBytesMax) cut.push({ text: part.slice(0, lineBytesMax), offset });
    else lines.push({ text: part.endsWith('\r') ? part.slice(0, -1) : part, offset });
    offset += part.length + 1;
  }
  return { lines, cut };
}

test('gives the same lines and offsets as a naive split, wherever blocks are cut', () => {
  const content = fc
    .array(fc.constantFrom(10, 10, 13, 65, 66, 0, 255), { maxLength: 200 })
    .map(bytes => Buffer.from(bytes));
  const cuts = fc.array(fc.nat(200), { maxLength: 12 });
  fc.assert(
    fc.property(content, cuts, fc.integer({ min: 1, max: 20 }), (bytes, where, max) => {
      const { lines, cut, splitter } = split(bytes, where, max);
      const expected = naive(bytes, max);
      assert.deepEqual(lines, expected.lines);
      assert.deepEqual(cut, expected.cut);
      assert.equal(splitter.lines, lines.length + cut.length);
      assert.equal(splitter.oversized, cut.length);
    }),
    { numRuns: 2000 },
  );
});

test('counts every byte of an oversized line that nobody saw', () => {
  const { cut, splitter } = split(Buffer.from(`${'x'.repeat(100)}\nshort\n`), [3, 50, 99], 10);
  assert.deepEqual(cut, [{ text: 'xxxxxxxxxx', offset: 0 }]);
  assert.equal(splitter.skippedBytes, 90);
});

test('a file without any line end costs no more than one line', () => {
  const block = Buffer.alloc(1024 * 1024, 120);
  const before = process.memoryUsage().rss;
  let handed = 0;
  const splitter = new LineSplitter(64 * 1024, (_, start, end) => {
    handed = end - start;
  });
  for (let i = 0; i < 2048; i++) splitter.feed(block, i * block.length, () => assert.fail('no line is complete'));
  splitter.end(() => assert.fail('the rest is skipped'));
  assert.equal(handed, 64 * 1024);
  assert.equal(splitter.skippedBytes, 2048 * block.length - 64 * 1024);
  assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
});

test('a line without its end is told of', () => {
  const splitter = new LineSplitter(4);
  const feed = (text: string) => {
    splitter.feed(Buffer.from(text), 0, () => {});
    return splitter.unfinished;
  };
  assert.deepEqual(
    [feed(''), feed('a\n'), feed('b'), feed('\n'), feed('too long'), feed('\n')],
    [false, false, true, false, true, false],
  );
});
