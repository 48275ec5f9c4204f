/** Bytes of the mark that programs of Windows put before UTF-8: it belongs to no line. */
export function markBytes(head: Buffer): number {
  return head.length >= 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}
