import { ByteSource } from './byte-source.ts';
import type { Unpacker, UnpackFailure } from './unpack.ts';

/** What the module of `xz-decompress` exports: xz-embedded, built for WebAssembly. */
interface XzModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, bytes: number): void;
  get_next_output(context: number): number;
}

interface XzPackage {
  XzReadableStream: { _getModuleInstance(): Promise<void>; _moduleInstance: { exports: XzModule } };
}

/** Words at the head of a context. */
const BUFFER_BYTES = 0;
const IN_ADDRESS = 1;
const IN_POSITION = 2;
const IN_SIZE = 3;
const OUT_ADDRESS = 4;
const OUT_POSITION = 5;

const XZ_OK = 0;
const XZ_STREAM_END = 1;
/** xz-embedded's own return values, by number. An unknown kind of checksum is only told: it goes on without checking. */
const XZ_UNSUPPORTED_CHECK = 2;
const UNSUPPORTED: Record<number, string> = { 3: 'memory', 4: 'memory', 6: 'options' };
const XZ_FORMAT_ERROR = 5;
const XZ_BUF_ERROR = 8;

/** Dictionaries of `xz -9` take 64 MiB; a header that asks for more than this is a trap. */
const MEMORY_BYTES_MAX = 256 * 1024 * 1024;

/**
 * xz, with any number of streams and stream padding. The package's own stream class serves one reader at a time and stops
 * after the first stream, so its WebAssembly module is driven here; each file has an instance of its own, whose memory goes
 * with it.
 */
export class XzUnpacker implements Unpacker {
  failure: UnpackFailure | null = null;
  readonly #source: ByteSource;
  #module: XzModule | null = null;
  #context = 0;
  #inputDone = false;
  #ended = false;
  /** Input that a finished stream left over. */
  #rest: Buffer | null = null;
  #delivered = 0;

  constructor(path: string) {
    this.#source = new ByteSource(path);
  }

  get consumed(): number {
    return this.#source.consumed;
  }

  async next(): Promise<Buffer | null> {
    this.#module ??= await instantiate();
    const xz = this.#module;
    while (!this.#ended) {
      if (this.#context === 0 && !(await this.#openStream(xz))) break;
      let words = new Uint32Array(xz.memory.buffer, this.#context);
      if (words[IN_POSITION] === words[IN_SIZE] && !this.#inputDone) {
        const piece = this.#rest ?? (await this.#source.take(words[BUFFER_BYTES] as number));
        this.#rest = null;
        this.#inputDone = piece.length === 0;
        new Uint8Array(xz.memory.buffer).set(piece, words[IN_ADDRESS]);
        xz.supply_input(this.#context, piece.length);
      }
      const result = xz.get_next_output(this.#context);
      if (xz.memory.buffer.byteLength > MEMORY_BYTES_MAX) {
        this.#fail('E_XZ_UNSUPPORTED', 'memory');
        break;
      }
      words = new Uint32Array(xz.memory.buffer, this.#context);
      const at = words[OUT_ADDRESS] as number;
      const block = Buffer.from(xz.memory.buffer.slice(at, at + (words[OUT_POSITION] as number)));
      words[OUT_POSITION] = 0;
      if (result === XZ_STREAM_END) this.#closeStream(xz, words);
      else if (result !== XZ_OK && result !== XZ_UNSUPPORTED_CHECK) this.#failBy(result);
      if (block.length === 0) continue;
      this.#delivered += block.length;
      return block;
    }
    return null;
  }

  close(): void {
    this.#ended = true;
    this.#module = null;
    this.#source.close();
  }

  /** Finds the next stream behind the padding (zero bytes). False at the end. */
  async #openStream(xz: XzModule): Promise<boolean> {
    for (;;) {
      const piece = this.#rest ?? (await this.#source.take(64 * 1024));
      if (piece.length === 0) {
        this.#ended = true;
        return false;
      }
      const start = piece.findIndex(byte => byte !== 0);
      this.#rest = null;
      if (start === -1) continue;
      this.#rest = piece.subarray(start);
      this.#context = xz.create_context();
      return true;
    }
  }

  #closeStream(xz: XzModule, words: Uint32Array): void {
    const from = (words[IN_ADDRESS] as number) + (words[IN_POSITION] as number);
    const to = (words[IN_ADDRESS] as number) + (words[IN_SIZE] as number);
    this.#rest = to > from ? Buffer.from(xz.memory.buffer.slice(from, to)) : null;
    xz.destroy_context(this.#context);
    this.#context = 0;
  }

  #failBy(result: number): void {
    const unsupported = UNSUPPORTED[result];
    if (unsupported !== undefined) this.#fail('E_XZ_UNSUPPORTED', unsupported);
    else if (result === XZ_BUF_ERROR && this.#inputDone) this.#fail('E_XZ_TRUNCATED', `after ${this.#delivered} bytes`);
    else this.#fail('E_XZ_CORRUPT', result === XZ_FORMAT_ERROR ? 'something else follows' : `error ${result}`);
  }

  #fail(code: UnpackFailure['code'], detail: string): void {
    this.failure ??= { code, detail };
    this.#ended = true;
  }
}

let instances: Promise<unknown> = Promise.resolve();

/**
 * A module instance of its own. The package keeps its module to itself and in one place, hence one at a time; its version
 * is pinned, and the tests of this file would notice a change.
 */
function instantiate(): Promise<XzModule> {
  const instance = instances.then(async () => {
    const { XzReadableStream } = (await import('xz-decompress')).default as unknown as XzPackage;
    await XzReadableStream._getModuleInstance();
    return XzReadableStream._moduleInstance.exports;
  });
  instances = instance.catch(() => {});
  return instance;
}
