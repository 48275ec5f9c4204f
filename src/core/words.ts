/** Bytes read four at a time. A view never reads outside its buffer: it throws. */
export const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** The `length` bytes at `from` and those at `start` are the same. */
export function sameBytes(one: DataView, from: number, other: DataView, start: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (one.getInt32(from + i, true) !== other.getInt32(start + i, true)) return false;
  for (; i < length; i++) if (one.getUint8(from + i) !== other.getUint8(start + i)) return false;
  return true;
}
