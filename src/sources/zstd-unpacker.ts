import { createZstdDecompress } from 'node:zlib';
import { ByteSource } from './byte-source.ts';
import { InflatePump } from './inflate-pump.ts';
import type { Unpacker, UnpackFailure } from './unpack.ts';

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const SKIP_PIECE_BYTES = 64 * 1024;

/**
 * zstd, with any number of frames. Node's stream drops every frame after the first without a word, so the frames are cut
 * here, by RFC 8878, and each gets a stream of its own:
 *
 *   frame := magic(4) descriptor(1) window? dictionary? size? block+ checksum?
 *   block := header(3: last, type, size) content      skippable := magic(4) length(4) content
 *
 * Pieces are whole blocks, so damage in one costs nothing that came before it.
 */
export class ZstdUnpacker implements Unpacker {
  failure: UnpackFailure | null = null;
  readonly #source: ByteSource;
  readonly #blockBytes: number;
  #pump: InflatePump | null = null;
  #used = true;
  /** The frame's last block has been handed over. */
  #frameDone = false;
  #checksum = false;
  #delivered = 0;

  constructor(path: string, blockBytes: number) {
    this.#source = new ByteSource(path);
    this.#blockBytes = blockBytes;
  }

  get consumed(): number {
    return this.#source.consumed;
  }

  async next(): Promise<Buffer | null> {
    for (;;) {
      const pump = this.#pump;
      if (pump === null) {
        if (this.failure !== null || !(await this.#openFrame())) return null;
        continue;
      }
      const block = pump.take();
      if (block !== null) {
        this.#delivered += block.length;
        return block;
      }
      if (pump.ended) {
        if (pump.errorCode !== '') this.#fail(pump.errorCode);
        pump.destroy();
        this.#pump = null;
        continue;
      }
      const change = pump.change();
      if (this.#used && !this.#frameDone) await this.#feed(pump);
      await change;
    }
  }

  close(): void {
    this.#pump?.destroy();
    this.#source.close();
  }

  /** Reads up to the first block of the next frame. False at the end of the file. */
  async #openFrame(): Promise<boolean> {
    for (;;) {
      const magic = Buffer.from(await this.#source.take(4));
      if (magic.length === 0) return false;
      const value = magic.length === 4 ? magic.readUInt32LE(0) : 0;
      if (value === FRAME_MAGIC) {
        const header = await this.#header();
        if (header === null) return this.#truncated();
        this.#pump = new InflatePump(createZstdDecompress({ chunkSize: this.#blockBytes }));
        this.#frameDone = false;
        this.#write(this.#pump, Buffer.concat([magic, header]));
        return true;
      }
      if (magic.length < 4) return this.#truncated();
      if ((value & 0xfffffff0) >>> 0 !== SKIPPABLE_MAGIC) {
        this.#fail('no frame');
        return false;
      }
      const length = await this.#source.take(4);
      if (length.length < 4 || !(await this.#skip(length.readUInt32LE(0)))) return this.#truncated();
    }
  }

  async #header(): Promise<Buffer | null> {
    const first = await this.#source.take(1);
    if (first.length === 0) return null;
    const descriptor = first[0] as number;
    const single = (descriptor & 0x20) !== 0;
    const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
    const wanted = (single ? 0 : 1) + dictionaryBytes + sizeBytes;
    this.#checksum = (descriptor & 4) !== 0;
    const rest = await this.#source.take(wanted);
    return rest.length < wanted ? null : Buffer.concat([Buffer.from([descriptor]), rest]);
  }

  async #feed(pump: InflatePump): Promise<void> {
    const head = Buffer.from(await this.#source.take(3));
    const header = head.length === 3 ? head.readUIntLE(0, 3) : 0;
    const last = (header & 1) !== 0;
    const bytes = ((header >> 1) & 3) === 1 ? 1 : header >> 3;
    const wanted = bytes + (last && this.#checksum ? 4 : 0);
    const content = head.length === 3 ? await this.#source.take(wanted) : head;
    if (head.length < 3 || content.length < wanted) {
      this.#frameDone = true;
      this.failure ??= { code: 'E_ZSTD_TRUNCATED', detail: `after ${this.#delivered} bytes` };
      pump.end();
      return;
    }
    this.#write(pump, Buffer.concat([head, content]));
    if (!last) return;
    this.#frameDone = true;
    pump.end();
  }

  #write(pump: InflatePump, piece: Buffer): void {
    this.#used = false;
    pump.write(piece, () => {
      this.#used = true;
    });
  }

  async #skip(length: number): Promise<boolean> {
    for (let left = length; left > 0; ) {
      const piece = await this.#source.take(Math.min(left, SKIP_PIECE_BYTES));
      if (piece.length === 0) return false;
      left -= piece.length;
    }
    return true;
  }

  #truncated(): false {
    this.failure ??= { code: 'E_ZSTD_TRUNCATED', detail: `after ${this.#delivered} bytes` };
    return false;
  }

  #fail(what: string): void {
    this.failure ??= { code: 'E_ZSTD_CORRUPT', detail: `${what} after ${this.#delivered} bytes` };
  }
}
