/**
 * Bytes of a record as text: UTF-8 where it is valid, every other byte as `\xNN`. Nothing else is changed, NUL included:
 * whoever shows the text escapes it.
 */
export function rawText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  let out = '';
  let from = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    out += `${bytes.toString('utf8', from, i)}\\x${(bytes[i] as number).toString(16).padStart(2, '0')}`;
    i += 1;
    from = i;
  }
  return out + bytes.toString('utf8', from);
}

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none (Unicode 3.9, table 3-7). */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] as number;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  return length;
}
