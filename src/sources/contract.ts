import type { InputProblem } from './problem.ts';

/** One file of evidence, found but not yet decoded. */
export interface EvidenceFile {
  /** As shown to the user: the path as given (relative to nothing but the arguments), `-` for standard input. */
  readonly name: string;
  /** Absolute path to open; for standard input the spool file. */
  readonly path: string;
  /** Canonical base name without rotation and compression suffixes, used to join rotations: dir + '/' + 'audit.log'. */
  readonly family: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly compression: 'none' | 'gzip' | 'zstd' | 'xz' | 'bzip2';
  /** Holds private content (mail): what lies in it is named and hashed, and never shown. */
  readonly isWithheld?: boolean;
  /** Up to 64 KiB of the beginning, uncompressed and without a byte order mark. Empty for an empty file. */
  readonly sample: Buffer;
}

export interface Discovery {
  /** Sorted by name, each real file once. */
  readonly files: readonly EvidenceFile[];
  readonly problems: readonly InputProblem[];
}

/** Blocks of uncompressed bytes in order. A block is valid until the next call. `null` at the end. */
export interface BlockReader {
  read(): Promise<Buffer | null>;
  /** Compressed (on-disk) bytes consumed so far, for progress. */
  readonly consumedBytes: number;
  /** What went wrong so far (truncated gzip, vanished file); reading ends there and what came before stands. */
  readonly problem: InputProblem | null;
  close(): void;
}
