/** Content of a file as its hash. */
export interface FileContent {
  /** Hex, '' when unknown. */
  readonly sha256: string;
  /** -1 when unknown. */
  readonly sizeBytes: number;
}
