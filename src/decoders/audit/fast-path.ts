import type { InternTable } from '../../core/intern.ts';
import { stringValue } from './bytes.ts';
import { NAMETYPE, type PathItem, type Pending, placePath } from './pending.ts';

/** Value of each byte that is a lower-case hexadecimal digit, -1 for others. */
const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) HEX[digit.toString(16).charCodeAt(0)] = digit;

/**
 * PATH in the kernel's own order of fields (kernel/auditsc.c, audit_log_name):
 *
 *   item=N name=S inode=N dev=H:H mode=0N ouid=N ogid=N rdev=H:H … nametype=W
 *
 * False when a field is not where it is expected: the caller then reads the record field by field. An item without an
 * inode (name only) is such a case.
 */
export function fastPath(b: Buffer, start: number, end: number, into: Pending, intern: InternTable): boolean {
  if (end - start < 60 || b[start] !== 105 || b[start + 4] !== 61) return false;
  let i = start + 5;
  let item = 0;
  let c = b[i] as number;
  while (c >= 48 && c <= 57) {
    item = item * 10 + c - 48;
    c = b[++i] as number;
  }
  if (c !== 32 || item > 64 || b[i + 1] !== 110 || b[i + 5] !== 61) return false;
  const nameStart = i + 6;
  i = nameStart;
  if (b[i] === 34) {
    i += 1;
    while (i < end && b[i] !== 34) i += 1;
    i += 1;
  } else while (i < end && b[i] !== 32) i += 1;
  const nameStop = i;
  if (b[i] !== 32 || b[i + 1] !== 105 || b[i + 6] !== 61) return false;
  i += 7;
  // -0 is no small integer to the engine: an inode above 2^31 must not be the first that is none, and undo what is compiled.
  let inode = -0;
  c = b[i] as number;
  while (c >= 48 && c <= 57) {
    inode = inode * 10 + c - 48;
    c = b[++i] as number;
  }
  if (c !== 32 || b[i + 1] !== 100 || b[i + 4] !== 61) return false;
  i += 5;
  let major = 0;
  for (c = b[i] as number; c !== 58; c = b[++i] as number) {
    const digit = HEX[c] as number;
    if (digit < 0) return false;
    major = major * 16 + digit;
  }
  let minor = 0;
  for (c = b[++i] as number; c !== 32; c = b[++i] as number) {
    const digit = HEX[c] as number;
    if (digit < 0) return false;
    minor = minor * 16 + digit;
  }
  if (b[i + 1] !== 109 || b[i + 5] !== 61) return false;
  i += 6;
  let mode = 0;
  c = b[i] as number;
  while (c >= 48 && c <= 55) {
    mode = mode * 8 + c - 48;
    c = b[++i] as number;
  }
  if (c !== 32 || b[i + 1] !== 111 || b[i + 2] !== 117 || b[i + 5] !== 61) return false;
  i += 6;
  let ouid = 0;
  c = b[i] as number;
  while (c >= 48 && c <= 57) {
    ouid = ouid * 10 + c - 48;
    c = b[++i] as number;
  }
  if (c !== 32) return false;
  // ogid and rdev say nothing here; nametype follows them at once, or after an LSM label.
  let blanks = 0;
  while (i < end && blanks < 4) {
    if (b[i] === 32) {
      blanks += 1;
      if (b[i + 1] === 110 && b[i + 9] === 61) break;
    }
    i += 1;
  }
  if (b[i] !== 32 || b[i + 1] !== 110 || i + 11 >= end) return false;
  const first = b[i + 10] as number;
  const nametype =
    first === 78
      ? NAMETYPE.normal
      : first === 80
        ? NAMETYPE.parent
        : first === 67
          ? NAMETYPE.create
          : first === 68
            ? NAMETYPE.delete
            : NAMETYPE.unknown;
  const path: PathItem = {
    item,
    name: nametype === NAMETYPE.parent ? '' : stringValue(b, nameStart, nameStop, intern),
    named: b[nameStart] !== 40,
    inode,
    dev: major * 256 + (minor % 256),
    mode,
    ouid,
    nametype,
  };
  placePath(into, path);
  return true;
}
