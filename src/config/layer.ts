/** Where a value came from. `file` is a path, `$NAME` of the environment, or 'default'. */
export interface Origin {
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  readonly column: number;
}

export type KeyPath = readonly (string | number)[];

/** One source of configuration, parsed but not yet checked. */
export interface Layer {
  readonly value: unknown;
  /** Place of the value at `path`, or of its nearest existing parent. */
  placeOf(path: KeyPath): Origin;
  /** Place of the key itself, for a key that should not be there. */
  placeOfKey(path: KeyPath, key: string): Origin;
}
