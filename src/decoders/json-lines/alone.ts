import type { JsonRecordDecoder } from './record.ts';

/** A record by itself, by a decoder whose records mean something together: a session of that one. */
export const decodeAlone =
  (open: NonNullable<JsonRecordDecoder['open']>): JsonRecordDecoder['decode'] =>
  (record, meta, emit) => {
    const session = open(meta.context, emit);
    const verdict = session.decode(record, meta);
    session.tick(Number.POSITIVE_INFINITY);
    return verdict;
  };
