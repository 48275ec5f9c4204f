import { close, closeSync, fstat, read } from 'node:fs';
import type { BlockReader, EvidenceFile } from './contract.ts';
import { openQuietly } from './open-quietly.ts';
import type { InputProblem } from './problem.ts';
import { inputProblem, systemProblem } from './problems.ts';

/**
 * Blocks of a file as it lies on disk, read into one buffer that is reused. It stops at the size the file had when it was
 * found, so that a log which is being written gives a scan a fixed end.
 */
export class PlainReader implements BlockReader {
  consumedBytes = 0;
  problem: InputProblem | null = null;
  readonly #file: EvidenceFile;
  readonly #blockBytes: number;
  #buffer: Buffer | null = null;
  #fd = -1;
  #done = false;

  /** `from`: how many bytes of the beginning are passed over. */
  constructor(file: EvidenceFile, blockBytes: number, from = 0) {
    this.#file = file;
    this.#blockBytes = blockBytes;
    this.consumedBytes = from;
  }

  read(): Promise<Buffer | null> {
    return new Promise(resolve => {
      if (this.#done) resolve(null);
      else if (this.#fd !== -1) this.#readBlock(resolve);
      else {
        openQuietly(this.#file.path, (error, fd) => {
          if (error) {
            const problem = systemProblem(error, this.#file.name);
            this.#finish(problem.code === 'E_MISSING' ? inputProblem('E_VANISHED', this.#file.name) : problem, resolve);
            return;
          }
          this.#fd = fd;
          this.#readBlock(resolve);
        });
      }
    });
  }

  close(): void {
    this.#done = true;
    this.#buffer = null;
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
  }

  #readBlock(resolve: (block: Buffer | null) => void): void {
    // Files of /proc say 0 and hold something; they are read to their end.
    const sized = this.#file.sizeBytes > 0;
    const left = sized ? this.#file.sizeBytes - this.consumedBytes : this.#blockBytes;
    if (left <= 0) {
      this.#finishGrown(resolve);
      return;
    }
    const wanted = Math.min(left, this.#blockBytes);
    this.#buffer ??= Buffer.allocUnsafeSlow(wanted);
    const buffer = this.#buffer;
    read(this.#fd, buffer, 0, Math.min(wanted, buffer.length), this.consumedBytes, (error, got) => {
      if (error) this.#finish(systemProblem(error, this.#file.name), resolve);
      else if (got === 0) this.#finish(sized ? inputProblem('E_SHRANK', this.#file.name) : null, resolve);
      else {
        this.consumedBytes += got;
        resolve(got === buffer.length ? buffer : buffer.subarray(0, got));
      }
    });
  }

  #finishGrown(resolve: (block: Buffer | null) => void): void {
    fstat(this.#fd, (error, stat) => {
      const grew = !error && stat.size > this.#file.sizeBytes;
      this.#finish(grew ? inputProblem('E_GREW', this.#file.name) : null, resolve);
    });
  }

  #finish(problem: InputProblem | null, resolve: (block: Buffer | null) => void): void {
    this.problem ??= problem;
    this.#done = true;
    this.#buffer = null;
    const fd = this.#fd;
    this.#fd = -1;
    if (fd === -1) resolve(null);
    else close(fd, () => resolve(null));
  }
}
