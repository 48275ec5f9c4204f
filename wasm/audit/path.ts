import { INPUT, ROW_PARENT, ROW_PATH, TEXTS } from '../../src/decoders/audit/scan/layout';
import { at, beginAt, decimal, plain, valueEnd } from './fields';
import { idOf } from './table';

const PATH_BYTES_MIN: usize = 60;
export const PATH_ROW_BYTES: usize = 56;
export const PARENT_ROW_BYTES: usize = 20;
const ITEM_MAX: u64 = 64;
/** `dev=`, five digits, a colon and five more. */
const DEVICE_BYTES_MAX: usize = 15;
const UNKNOWN = 0;
const NORMAL = 1;
const CREATE = 3;
const DELETE = 4;

/**
 * PATH in the kernel's own order of fields (kernel/auditsc.c, audit_log_name):
 *
 *   item=N name=S inode=N dev=H:H mode=0N ouid=N ogid=N rdev=H:H … nametype=W
 *
 * Where the row ends; 0 when a field is not where it is expected. An item without an inode is such a case.
 */
export function readPath(row: usize, p: usize, end: usize): usize {
  // item=, name=
  if (end - p < PATH_BYTES_MIN || load<u32>(p) != 0x6d657469 || load<u8>(p, 4) != 61) return 0;
  beginAt(p);
  const item = decimal(p + 5);
  if (!plain || item > ITEM_MAX || load<u32>(at) != 0x656d616e || load<u8>(at, 4) != 61) return 0;
  const name = at + 5;
  const nameStop = valueEnd(name, end);
  let i = nameStop;
  // ' nametyp': what has no inode, such as a name that leads nowhere.
  if (i < end && load<u64>(i) == 0x707974656d616e20) {
    if (load<u16>(i, 8) != 0x3d65 || i + 11 >= end) return 0;
    if (load<u8>(i, 10) == 80) {
      store<i32>(row, ROW_PARENT);
      store<i32>(row, <i32>item, 16);
      return row + PARENT_ROW_BYTES;
    }
    store<i32>(row, -1, 40);
    return named(row, <i32>item, name, nameStop, load<u8>(i, 10));
  }
  // ' inode='
  if (i >= end || (load<u64>(i) & 0xffffffffffffff) != 0x3d65646f6e6920) return 0;
  const inode = decimal(i + 7);
  // dev=
  if (!plain || load<u32>(at) != 0x3d766564) return 0;
  i = at + 4;
  let major = 0;
  let c: u32 = load<u8>(i);
  while (c != 58) {
    if (c - 48 <= 9) major = (major << 4) | (c - 48);
    else if (c - 97 <= 5) major = (major << 4) | (c - 87);
    else return 0;
    i += 1;
    c = load<u8>(i);
  }
  i += 1;
  c = load<u8>(i);
  let minor = 0;
  while (c != 32) {
    if (c - 48 <= 9) minor = (minor << 4) | (c - 48);
    else if (c - 97 <= 5) minor = (minor << 4) | (c - 87);
    else return 0;
    i += 1;
    c = load<u8>(i);
  }
  // More digits than a device has: they may not fit.
  if (i - at > DEVICE_BYTES_MAX) return 0;
  // mode=
  if (load<u32>(i, 1) != 0x65646f6d || load<u8>(i, 5) != 61) return 0;
  i += 6;
  let mode = 0;
  c = load<u8>(i);
  while (c - 48 <= 7) {
    mode = (mode << 3) + (c - 48);
    i += 1;
    c = load<u8>(i);
  }
  // ' ouid='
  if (c != 32 || load<u32>(i, 1) != 0x6469756f || load<u8>(i, 5) != 61) return 0;
  const owner = decimal(i + 6);
  if (!plain || owner > 0xffffffff) return 0;
  i = at - 1;
  // ogid and rdev say nothing here; nametype follows them at once, or after an LSM label.
  let blanks = 0;
  while (i < end && blanks < 4) {
    if (load<u8>(i) == 32) {
      blanks += 1;
      if (load<u64>(i) == 0x707974656d616e20) break;
    }
    i += 1;
  }
  if (load<u64>(i) != 0x707974656d616e20 || load<u16>(i, 8) != 0x3d65 || i + 11 >= end) return 0;
  const first = load<u8>(i, 10);
  if (first == 80) {
    store<i32>(row, ROW_PARENT);
    store<i32>(row, <i32>item, 16);
    return row + PARENT_ROW_BYTES;
  }
  store<i32>(row, <i32>inode, 32);
  store<i32>(row, <i32>(inode >> 32), 36);
  store<i32>(row, (major << 8) + (minor & 0xff), 40);
  store<i32>(row, mode, 44);
  store<i32>(row, <i32>owner, 48);
  return named(row, <i32>item, name, nameStop, first);
}

@inline
function named(row: usize, item: i32, name: usize, stop: usize, type: u32): usize {
  store<i32>(row, ROW_PATH);
  store<i32>(row, item, 16);
  store<i32>(row, idOf(TEXTS, name, <i32>(stop - name)), 20);
  store<i32>(row, <i32>(name - INPUT), 24);
  store<i32>(row, <i32>(stop - INPUT), 28);
  store<i32>(row, type == 78 ? NORMAL : type == 67 ? CREATE : type == 68 ? DELETE : UNKNOWN, 52);
  return row + PATH_ROW_BYTES;
}
