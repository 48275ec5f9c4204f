/**
 * The first `outMax` bytes that gzip data unpacks to; fewer where it ends or is damaged before. Uses the platform's own
 * decompressor (Compression Streams), and stops reading it at the bound, so that a bomb costs no more than that.
 */
export async function gunzipHead(packed: Buffer, outMax: number): Promise<Buffer> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  // Data that is cut short or damaged fails the writer too; what came out before counts.
  const written = writer.write(new Uint8Array(packed)).then(
    () => writer.close(),
    () => {},
  );
  written.catch(() => {});
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < outMax) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value as Uint8Array);
      length += (value as Uint8Array).length;
    }
  } catch {
    // As said above.
  }
  await reader.cancel().catch(() => {});
  return Buffer.concat(pieces).subarray(0, outMax);
}
