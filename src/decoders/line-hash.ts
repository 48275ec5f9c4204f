const PRIME = 0x01000193;

/** FNV-1a of who wrote a line, before its text. Go on with the bytes of the text; see `lineHash`. */
export function writerHash(bytes: Uint8Array, programStart: number, programEnd: number, pid: number): number {
  let hash = 0x811c9dc5;
  for (let i = programStart; i < programEnd; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME);
  for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((pid >> shift) & 0xff), PRIME);
  return hash;
}

/**
 * FNV-1a over program, pid and text of a line, and neither its stamp nor its host: the same line has the same hash in a
 * file, in the journal and in what a shipper sends. For order and for recognising it there; never for identity alone.
 */
export function lineHash(program: string, pid: number, text: string): number {
  const name = Buffer.from(program);
  let hash = writerHash(name, 0, name.length, pid);
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME);
  return hash >>> 0;
}
