import { close, fstat, read } from 'node:fs';
import { promisify } from 'node:util';
import { openQuietly } from './open-quietly.ts';

const openFile = promisify(openQuietly);
const statFile = promisify(fstat);

/** A file opened for reading from front to back, in pieces of any size. Owns the descriptor. */
export class ByteSource {
  readonly path: string;
  /** Bytes handed out so far. */
  consumed = 0;
  #fd = -1;
  #buffer: Buffer;
  #start = 0;
  #end = 0;
  #position = 0;
  #atEnd = false;

  constructor(path: string, bufferBytes: number = 256 * 1024) {
    this.path = path;
    this.#buffer = Buffer.allocUnsafe(bufferBytes);
  }

  /** Exactly `length` bytes, fewer only at the end of the file. Valid until the next call; throws the system's error. */
  async take(length: number): Promise<Buffer> {
    if (this.#end - this.#start < length && !this.#atEnd) await this.#fill(length);
    const taken = Math.min(length, this.#end - this.#start);
    const piece = this.#buffer.subarray(this.#start, this.#start + taken);
    this.#start += taken;
    this.consumed += taken;
    return piece;
  }

  /** Size now, which may differ from the size when the file was found. */
  async sizeNow(): Promise<number> {
    return this.#fd === -1 ? 0 : (await statFile(this.#fd)).size;
  }

  close(): void {
    if (this.#fd !== -1) close(this.#fd, () => {});
    this.#fd = -1;
    this.#atEnd = true;
  }

  async #fill(length: number): Promise<void> {
    if (this.#fd === -1) this.#fd = await openFile(this.path);
    // What was handed out last may still be in use by an asynchronous decompressor: never write over it.
    const fresh = Buffer.allocUnsafe(Math.max(this.#buffer.length, length));
    const left = this.#end - this.#start;
    this.#buffer.copy(fresh, 0, this.#start, this.#end);
    this.#buffer = fresh;
    this.#start = 0;
    this.#end = left;
    while (this.#end < length) {
      const got = await readInto(this.#fd, this.#buffer, this.#end, this.#position);
      if (got === 0) {
        this.#atEnd = true;
        return;
      }
      this.#end += got;
      this.#position += got;
    }
  }
}

function readInto(fd: number, buffer: Buffer, at: number, position: number): Promise<number> {
  return new Promise((resolve, fail) => {
    read(fd, buffer, at, buffer.length - at, position, (error, got) => (error ? fail(error) : resolve(got)));
  });
}
