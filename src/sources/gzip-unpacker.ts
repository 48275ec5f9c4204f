import { createGunzip } from 'node:zlib';
import { ByteSource } from './byte-source.ts';
import { InflatePump } from './inflate-pump.ts';
import type { Unpacker, UnpackFailure } from './unpack.ts';

const PIECE_BYTES = 32 * 1024;

/**
 * gzip, with any number of members one after another.
 *
 * zlib throws away what it unpacked in the very call that meets damage. So at damage the file is unpacked once more, and
 * the piece that failed is handed over byte by byte: what came before stands, to the last byte.
 */
export class GzipUnpacker implements Unpacker {
  failure: UnpackFailure | null = null;
  readonly #path: string;
  readonly #blockBytes: number;
  #source: ByteSource;
  #pump: InflatePump;
  #used = true;
  #inputDone = false;
  #delivered = 0;
  /** Bytes of the second pass that were handed out by the first. */
  #skip = 0;
  /** Where the failed piece begins in the second pass, Infinity in the first. */
  #fineFrom = Number.POSITIVE_INFINITY;
  #lastPieceAt = 0;

  constructor(path: string, blockBytes: number) {
    this.#path = path;
    this.#blockBytes = blockBytes;
    this.#source = new ByteSource(path);
    this.#pump = this.#open();
  }

  get consumed(): number {
    return this.#source.consumed;
  }

  async next(): Promise<Buffer | null> {
    for (;;) {
      const block = this.#pump.take();
      if (block !== null) {
        if (this.#skip >= block.length) {
          this.#skip -= block.length;
          continue;
        }
        const fresh = this.#skip > 0 ? block.subarray(this.#skip) : block;
        this.#skip = 0;
        this.#delivered += fresh.length;
        return fresh;
      }
      if (this.#pump.ended) {
        if (this.#pump.errorCode === '') return null;
        if (this.#pump.errorCode !== 'Z_DATA_ERROR' || this.#fineFrom !== Number.POSITIVE_INFINITY) {
          this.failure ??= this.#failed(this.#pump.errorCode);
          return null;
        }
        this.#startAgain();
        continue;
      }
      const change = this.#pump.change();
      if (this.#used && !this.#inputDone) await this.#feed();
      await change;
    }
  }

  close(): void {
    this.#pump.destroy();
    this.#source.close();
  }

  #open(): InflatePump {
    return new InflatePump(createGunzip({ chunkSize: this.#blockBytes }));
  }

  async #feed(): Promise<void> {
    const at = this.#source.consumed;
    const fine = at >= this.#fineFrom;
    const piece = await this.#source.take(fine ? 1 : Math.min(PIECE_BYTES, this.#fineFrom - at));
    if (piece.length === 0) {
      this.#inputDone = true;
      this.#pump.end();
      return;
    }
    this.#lastPieceAt = at;
    this.#used = false;
    this.#pump.write(piece, () => {
      this.#used = true;
    });
  }

  #startAgain(): void {
    this.#fineFrom = this.#lastPieceAt;
    this.#skip = this.#delivered;
    this.close();
    this.#source = new ByteSource(this.#path);
    this.#pump = this.#open();
    this.#used = true;
    this.#inputDone = false;
  }

  #failed(code: string): UnpackFailure {
    if (code === 'Z_BUF_ERROR') return { code: 'E_GZIP_TRUNCATED', detail: `after ${this.#delivered} bytes` };
    return { code: 'E_GZIP_CORRUPT', detail: `${code} after ${this.#delivered} bytes` };
  }
}
