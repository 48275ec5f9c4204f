/**
 * Readers of single fields. Each begins at a place, ends with `at` behind the blank that follows the value, and sets
 * `plain` to false where the bytes are not what is expected: then nothing is read at `at` any more.
 */
export let at: usize = 0;
export let plain: bool = true;

export function beginAt(p: usize): void {
  at = p;
  plain = true;
}

/** Unsigned decimal and a blank. */
@inline
export function decimal(p: usize): u64 {
  let i = p;
  let n: u64 = 0;
  let c = <u32>load<u8>(i) - 48;
  while (c <= 9) {
    n = n * 10 + c;
    i += 1;
    c = <u32>load<u8>(i) - 48;
  }
  // More digits than this may have overflowed.
  if (c + 48 != 32 || i == p || i - p > 19) plain = false;
  at = i + 1;
  return n;
}

/** The low 32 bits of a lower-case hexadecimal number and a blank. */
@inline
export function hex(p: usize): i32 {
  let i = p;
  let n = 0;
  let c: u32 = 0;
  for (;;) {
    c = load<u8>(i);
    if (c - 48 <= 9) n = (n << 4) | (c - 48);
    else if (c - 97 <= 5) n = (n << 4) | (c - 87);
    else break;
    i += 1;
  }
  if (c != 32 || i == p) plain = false;
  at = i + 1;
  return n;
}

/** End of a value: behind the closing quote, or at the blank or 0x1D that ends a word; the line's end when neither comes. */
@inline
export function valueEnd(p: usize, end: usize): usize {
  let i = p;
  if (load<u8>(i) == 34) {
    i += 1;
    while (i < end && load<u8>(i) != 34 && load<u8>(i) != 0x1d) i += 1;
    return i < end && load<u8>(i) == 34 ? i + 1 : i;
  }
  while (i < end && load<u8>(i) != 32 && load<u8>(i) != 0x1d) i += 1;
  return i;
}
