import type { BlockReader, EvidenceFile } from './contract.ts';
import type { SourceLimits } from './limits.ts';
import type { InputProblem } from './problem.ts';
import { inputProblem, systemProblem } from './problems.ts';
import type { Unpacker } from './unpack.ts';

/** Below this size no ratio is too much: short files of one repeated line are harmless. */
const RATIO_FREE_BYTES = 256 * 1024 * 1024;

/** Blocks of a compressed file, with a bound on what it may unpack to. */
export class UnpackReader implements BlockReader {
  problem: InputProblem | null = null;
  readonly #file: EvidenceFile;
  readonly #unpacker: Unpacker;
  readonly #limits: SourceLimits;
  #unpackedBytes = 0;
  #done = false;

  constructor(file: EvidenceFile, unpacker: Unpacker, limits: SourceLimits) {
    this.#file = file;
    this.#unpacker = unpacker;
    this.#limits = limits;
  }

  get consumedBytes(): number {
    return this.#unpacker.consumed;
  }

  async read(): Promise<Buffer | null> {
    if (this.#done) return null;
    let block: Buffer | null;
    try {
      block = await this.#unpacker.next();
    } catch (error) {
      const problem = systemProblem(error, this.#file.name);
      return this.#finish(problem.code === 'E_MISSING' ? inputProblem('E_VANISHED', this.#file.name) : problem);
    }
    if (block === null) {
      const failure = this.#unpacker.failure;
      return this.#finish(failure === null ? null : inputProblem(failure.code, this.#file.name, failure.detail));
    }
    this.#unpackedBytes += block.length;
    if (!this.#isBomb()) return block;
    return this.#finish(inputProblem('E_BOMB', this.#file.name, `more than ${this.#unpackedBytes} bytes`));
  }

  close(): void {
    this.#done = true;
    this.#unpacker.close();
  }

  #isBomb(): boolean {
    if (this.#unpackedBytes > this.#limits.unpackedBytesMax) return true;
    if (this.#unpackedBytes <= RATIO_FREE_BYTES) return false;
    return this.#unpackedBytes > this.#limits.unpackRatioMax * Math.max(1, this.#unpacker.consumed);
  }

  #finish(problem: InputProblem | null): null {
    this.problem ??= problem;
    this.close();
    return null;
  }
}
