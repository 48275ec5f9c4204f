import { close, read } from 'node:fs';
import { promisify } from 'node:util';
import type { EvidenceFile } from './contract.ts';
import { SOURCE_LIMITS, type SourceLimits } from './limits.ts';
import { openBlocks } from './open-blocks.ts';
import { openQuietly } from './open-quietly.ts';

/** Bytes of the uncompressed content. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

const openFile = promisify(openQuietly);
const readFile = promisify(read);
const closeFile = promisify(close);

/** As long as the longest line: a record is never longer than a few of them. */
export const RANGE_BYTES_MAX = 1024 * 1024;

/**
 * Goes back for raw records: the bytes of each range, in the order of `ranges`. A plain file is read at those places; a
 * compressed one is unpacked once more, up to the last of them. A range that can no longer be read in full gives what
 * there is, possibly nothing; no range gives more than `RANGE_BYTES_MAX`.
 */
export async function readRanges(
  file: EvidenceFile,
  ranges: readonly ByteRange[],
  limits: SourceLimits = SOURCE_LIMITS,
): Promise<Buffer[]> {
  const contents: Buffer[] = ranges.map(() => EMPTY);
  await visitRanges(
    file,
    ranges,
    (index, bytes) => {
      contents[index] = Buffer.from(bytes);
    },
    limits,
  );
  return contents;
}

const EMPTY = Buffer.alloc(0);

/** The same, one range at a time, so that many long records cost the memory of one. `bytes` is valid during the call only. */
export async function visitRanges(
  file: EvidenceFile,
  ranges: readonly ByteRange[],
  visit: (index: number, bytes: Buffer) => void,
  limits: SourceLimits = SOURCE_LIMITS,
): Promise<void> {
  const order = ranges.map((_, index) => index).sort((a, b) => at(ranges, a) - at(ranges, b) || a - b);
  if (order.length === 0) return;
  if (file.compression === 'none') await visitPlain(file, ranges, order, visit);
  else await visitPacked(file, ranges, order, visit, limits);
}

const at = (ranges: readonly ByteRange[], index: number): number => (ranges[index] as ByteRange).offset;

async function visitPlain(
  file: EvidenceFile,
  ranges: readonly ByteRange[],
  order: readonly number[],
  visit: (index: number, bytes: Buffer) => void,
): Promise<void> {
  let fd: number;
  try {
    fd = await openFile(file.path);
  } catch {
    return;
  }
  try {
    let buffer = Buffer.alloc(64 * 1024);
    for (const index of order) {
      const range = ranges[index] as ByteRange;
      const wanted = Math.min(range.length, RANGE_BYTES_MAX);
      if (wanted > buffer.length) buffer = Buffer.alloc(wanted);
      let got = 0;
      while (got < wanted) {
        const { bytesRead } = await readFile(fd, buffer, got, wanted - got, range.offset + got);
        if (bytesRead === 0) break;
        got += bytesRead;
      }
      visit(index, buffer.subarray(0, got));
    }
  } catch {
    // The ranges not visited stay empty, which the caller shows as "could not be read again".
  } finally {
    await closeFile(fd);
  }
}

async function visitPacked(
  file: EvidenceFile,
  ranges: readonly ByteRange[],
  order: readonly number[],
  visit: (index: number, bytes: Buffer) => void,
  limits: SourceLimits,
): Promise<void> {
  const reader = openBlocks(file, limits);
  /** Ranges that have begun and wait for more bytes. */
  let open: { index: number; pieces: Buffer[]; got: number; wanted: number }[] = [];
  let next = 0;
  let base = 0;
  try {
    for (let block = await reader.read(); block !== null; block = await reader.read()) {
      const end = base + block.length;
      for (; next < order.length && at(ranges, order[next] as number) < end; next++) {
        const index = order[next] as number;
        const wanted = Math.min((ranges[index] as ByteRange).length, RANGE_BYTES_MAX);
        open.push({ index, pieces: [], got: 0, wanted });
      }
      const still: typeof open = [];
      for (const item of open) {
        const from = at(ranges, item.index) + item.got - base;
        const piece = block.subarray(from, from + item.wanted - item.got);
        item.got += piece.length;
        if (item.got < item.wanted) {
          item.pieces.push(Buffer.from(piece));
          still.push(item);
        } else visit(item.index, item.pieces.length === 0 ? piece : Buffer.concat([...item.pieces, piece]));
      }
      open = still;
      base = end;
      if (next === order.length && open.length === 0) return;
    }
    for (const item of open) visit(item.index, Buffer.concat(item.pieces));
  } finally {
    reader.close();
  }
}
