/** One line without its end: bytes `start` (inclusive) to `end` (exclusive) of `buffer`, which lie at `offset` of the source. */
export type LineSink = (buffer: Buffer, start: number, end: number, offset: number) => void;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Cuts blocks of bytes into lines, at LF, with one CR before it taken off. A line that spans blocks is put together in a
 * buffer that is reused; every other line is handed over where it lies, so no line costs an allocation. `buffer` is valid
 * during the call only.
 *
 * A line of more than `lineBytesMax` bytes (CR included) goes to `onOversized` once, cut to that size, and its rest is
 * skipped: a file without any LF costs no more memory than that. `end` flushes a last line that has no LF.
 */
export class LineSplitter {
  readonly lineBytesMax: number;
  readonly onOversized: LineSink;
  /** Lines handed over, oversized ones included. */
  lines = 0;
  oversized = 0;
  /** Bytes of oversized lines that nobody saw. */
  skippedBytes = 0;

  #carry: Buffer = Buffer.allocUnsafe(0);
  #carried = 0;
  #carryOffset = 0;
  /** The rest of an oversized line is being skipped. */
  #skipping = false;

  constructor(lineBytesMax: number = 1024 * 1024, onOversized: LineSink = () => {}) {
    this.lineBytesMax = lineBytesMax;
    this.onOversized = onOversized;
  }

  /**
   * Hands over the lines from `start` that end within the block; returns where the rest begins. A function of its own: the
   * loop is where the time goes, and what follows it runs once a block and must not undo its optimisation.
   */
  #whole(block: Buffer, start: number, firstFeed: number, baseOffset: number, onLine: LineSink): number {
    const max = this.lineBytesMax;
    let from = start;
    let feed = firstFeed;
    while (feed !== -1) {
      if (feed - from > max) this.#cut(block, from, feed, baseOffset + from);
      else {
        this.lines += 1;
        onLine(block, from, feed > from && block[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed, baseOffset + from);
      }
      from = feed + 1;
      feed = block.indexOf(LINE_FEED, from);
    }
    return from;
  }

  /** `baseOffset` is where `block` lies in the source; blocks come in order and without holes. */
  feed(block: Buffer, baseOffset: number, onLine: LineSink): void {
    let start = this.begin(block, onLine);
    const feed = start < 0 ? -1 : block.indexOf(LINE_FEED, start);
    if (feed !== -1) start = this.#whole(block, start, feed, baseOffset, onLine);
    this.keep(block, start, baseOffset);
  }

  /** Hands over the line that began before the block. Returns where the next one begins, -1 when the block holds no end of it. */
  begin(block: Buffer, onLine: LineSink): number {
    if ((this.#carried === 0 && !this.#skipping) || block.length === 0) return 0;
    const feed = block.indexOf(LINE_FEED);
    this.#extend(block, feed === -1 ? block.length : feed);
    if (feed === -1) return -1;
    this.#flush(onLine);
    return feed + 1;
  }

  /** Holds the line that begins at `start` and has no end in the block. */
  keep(block: Buffer, start: number, baseOffset: number): void {
    if (start < 0 || start === block.length) return;
    this.#carryOffset = baseOffset + start;
    this.#extend(start === 0 ? block : block.subarray(start), block.length - start);
  }

  /** A line has begun, and its end has not come. */
  get unfinished(): boolean {
    return this.#carried > 0 || this.#skipping;
  }

  /** The source is at its end. */
  end(onLine: LineSink): void {
    if (this.unfinished) this.#flush(onLine);
  }

  /** Takes the first `end` bytes of `block` into the unfinished line. */
  #extend(block: Buffer, end: number): void {
    if (this.#skipping) {
      this.skippedBytes += end;
      return;
    }
    const length = this.#carried + end;
    const kept = Math.min(length, this.lineBytesMax);
    if (this.#carry.length < kept) {
      const grown = Buffer.allocUnsafe(Math.min(this.lineBytesMax, Math.max(4096, kept, this.#carry.length * 2)));
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    block.copy(this.#carry, this.#carried, 0, kept - this.#carried);
    this.#carried = kept;
    if (length <= this.lineBytesMax) return;
    this.lines += 1;
    this.oversized += 1;
    this.skippedBytes += length - kept;
    this.#skipping = true;
    this.onOversized(this.#carry, 0, kept, this.#carryOffset);
    this.#carried = 0;
  }

  #flush(onLine: LineSink): void {
    const skipping = this.#skipping;
    const length = this.#carried;
    this.#skipping = false;
    this.#carried = 0;
    if (skipping) return;
    this.lines += 1;
    const end = length > 0 && this.#carry[length - 1] === CARRIAGE_RETURN ? length - 1 : length;
    onLine(this.#carry, 0, end, this.#carryOffset);
  }

  #cut(block: Buffer, start: number, feed: number, offset: number): void {
    this.lines += 1;
    this.oversized += 1;
    this.skippedBytes += feed - start - this.lineBytesMax;
    this.onOversized(block, start, start + this.lineBytesMax, offset);
  }
}
