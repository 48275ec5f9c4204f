import { createHash } from 'node:crypto';
import type { Alert } from '../events/alert.ts';
import type { Ref } from '../events/ref.ts';
import type { EvidenceFile } from '../sources/contract.ts';
import { type ByteRange, RANGE_BYTES_MAX, visitRanges } from '../sources/read-ranges.ts';
import { rawText } from './raw-text.ts';
import { withoutContent } from './without-content.ts';
import { withoutSubject } from './without-subject.ts';

/** The raw record of one step, read again from where it lies. */
export interface Evidence {
  readonly raw: readonly string[];
  readonly ref: NonNullable<Alert['steps'][number]['ref']>;
}

/** The file behind a ref's `source`; undefined when the caller does not have it (any more). */
export type ResolveSource = (source: number) => EvidenceFile | undefined;

type AlertPiece = Evidence['ref']['more'][number];

/** Text of one record that an alert carries at most; the hash covers all of it. */
const RAW_CHARS_MAX = 64 * 1024;

interface Piece extends ByteRange {
  readonly source: number;
  readonly length: number;
  lines: string[];
  readonly hash: ReturnType<typeof createHash>;
  got: number;
}

/**
 * Reads the records behind `refs` again. Each file is gone through once, whatever the number of refs. Pieces of a ref that
 * lie line by line one after another are one piece, so that `dd` and `sha256sum` can check it.
 */
export async function readEvidence(refs: readonly Ref[], resolve: ResolveSource): Promise<Map<Ref, Evidence>> {
  const pieces = new Map<Ref, Piece[]>();
  const bySource = new Map<number, Piece[]>();
  for (const ref of refs) {
    if (pieces.has(ref)) continue;
    const own = piecesOf(ref);
    pieces.set(ref, own);
    for (const piece of own) {
      const list = bySource.get(piece.source);
      if (list) list.push(piece);
      else bySource.set(piece.source, [piece]);
    }
  }
  for (const [source, list] of bySource) {
    const file = resolve(source);
    if (file === undefined) continue;
    await visitRanges(file, list, (index, bytes) => take(list[index] as Piece, bytes, file.isWithheld === true));
  }
  return new Map([...pieces].map(([ref, own]) => [ref, evidenceOf(own, resolve)]));
}

function take(piece: Piece, bytes: Buffer, isWithheld: boolean): void {
  piece.got = bytes.length;
  piece.hash.update(bytes);
  if (isWithheld) return;
  const text = rawText(bytes.subarray(0, RAW_CHARS_MAX));
  piece.lines = text.split(/\r?\n/).map(line => withoutContent(withoutSubject(line)));
  if (bytes.length > RAW_CHARS_MAX) piece.lines.push(`[${bytes.length - RAW_CHARS_MAX} more bytes]`);
}

/** In the order of the evidence; a gap of one or two bytes is the line end between two lines. */
function piecesOf(ref: Ref): Piece[] {
  const ranges: { source: number; offset: number; length: number }[] = [];
  for (let at: Ref | null = ref; at !== null; at = at.next) {
    ranges.push({ source: at.source, offset: at.offset, length: at.length });
  }
  ranges.sort((a, b) => a.source - b.source || a.offset - b.offset || a.length - b.length);
  const merged: typeof ranges = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    const end = last ? last.offset + last.length : 0;
    const joins = last !== undefined && last.source === range.source && range.offset <= end + 2;
    const length = joins ? Math.max(end, range.offset + range.length) - last.offset : 0;
    if (joins && length <= RANGE_BYTES_MAX) last.length = length;
    else merged.push({ ...range });
  }
  return merged.map(range => ({ ...range, lines: [], hash: createHash('sha256'), got: 0 }));
}

function evidenceOf(pieces: readonly Piece[], resolve: ResolveSource): Evidence {
  const [first, ...rest] = pieces.map(piece => ({
    source: resolve(piece.source)?.name ?? '',
    offset: piece.offset,
    length: piece.length,
    sha256: piece.got === piece.length ? piece.hash.digest('hex') : '',
  })) as [AlertPiece, ...AlertPiece[]];
  return { raw: pieces.flatMap(piece => piece.lines), ref: { ...first, more: rest } };
}
