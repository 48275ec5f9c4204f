import type { InputProblemCode } from './problems.ts';

/** What ended an unpacking too early. `detail` is an error code, never content. */
export interface UnpackFailure {
  readonly code: InputProblemCode;
  readonly detail: string;
}

/** One compressed file being unpacked from front to back. Everything that could be unpacked comes before a failure is told. */
export interface Unpacker {
  /** The next piece, `null` at the end or at a failure. Valid until the next call. Throws only a system call's error. */
  next(): Promise<Buffer | null>;
  readonly failure: UnpackFailure | null;
  /** Compressed bytes used. */
  readonly consumed: number;
  close(): void;
}
