/**
 * Where a raw record lies: `source` is the index of the file in the run's source table, `offset` and `length` are bytes in
 * the uncompressed content. An event made of records that do not lie together has one range a piece, linked by `next`.
 */
export interface Ref {
  readonly source: number;
  readonly offset: number;
  readonly length: number;
  readonly next: Ref | null;
}
