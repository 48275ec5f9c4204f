/** Bounds on what evidence may cost. All of them are tunable under `limits` in the configuration. */
export interface SourceLimits {
  /** Unpacked bytes for each compressed byte, above 256 MiB. Logs reach 10 to 150; a bomb of zeros 1000 and more. */
  readonly unpackRatioMax: number;
  readonly unpackedBytesMax: number;
  /** Standard input is kept in a temporary file up to this size. */
  readonly stdinBytesMax: number;
  readonly filesMax: number;
}

export const SOURCE_LIMITS: SourceLimits = Object.freeze({
  unpackRatioMax: 500,
  unpackedBytesMax: 256 * 1024 ** 3,
  stdinBytesMax: 64 * 1024 ** 3,
  filesMax: 100_000,
});
