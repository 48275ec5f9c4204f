import {
  ARCH_BYTES,
  ARCHES_MAX,
  AT_FORM,
  CALLS,
  CALLS_MAX,
  OP_MASK,
  ROW_SYSCALL,
} from '../../src/decoders/audit/scan/layout';
import { readActor } from './actor';
import { at, beginAt, decimal, hex, plain } from './fields';

/** What came of a SYSCALL: it is not in the kernel's own order of fields, of no use, or told as a row. */
export const ODD = 0;
export const UNUSED = 1;
export const READ = 2;

/** The shortest such record is longer than this. */
const SYSCALL_BYTES_MIN: usize = 120;
/** `arch=`, eight digits and a blank. */
const ARCH_BYTES_MAX: usize = 14;

/** What calls of this number do: operation and form; 0 for those of no use, -1 for what the table does not tell. */
function callOf(arch: i32, call: u64): i32 {
  for (let i = 0; i < ARCHES_MAX; i++) {
    const table: usize = <usize>CALLS + <usize>i * ARCH_BYTES;
    const held = load<i32>(table);
    if (held == 0) return 0;
    if (held == arch) return call < <u64>CALLS_MAX ? load<u8>(table + <usize>call, 4) : call < <u64>0x40000000 ? 0 : -1;
  }
  return 0;
}

/**
 * SYSCALL in the kernel's own order of fields (kernel/auditsc.c, audit_log_exit and audit_log_task_info):
 *
 *   arch=X syscall=N success=yes|no exit=N a0=X a1=X a2=X a3=X items=N ppid=N … comm=S exe=S …
 *
 * Fields are taken by their place.
 */
export function readSyscall(row: usize, p: usize, end: usize, opConnect: i32, opSocketcall: i32): i32 {
  if (end - p < SYSCALL_BYTES_MIN || load<u32>(p) != 0x68637261 || load<u8>(p, 4) != 61) return ODD;
  beginAt(p);
  const arch = hex(p + 5);
  // syscall=
  if (!plain || at - p > ARCH_BYTES_MAX || load<u64>(at) != 0x3d6c6c6163737973) return ODD;
  const call = decimal(at + 8);
  if (!plain) return ODD;
  const known = callOf(arch, call);
  if (known < 0) return ODD;
  const op = known & OP_MASK;
  if (op == 0) return UNUSED;
  let success = 1;
  let exit: i64 = 0;
  let i = at;
  // success=
  if (load<u64>(i) == 0x3d73736563637573) {
    if (load<u8>(i, 8) == 110) {
      success = 0;
      if (op != opConnect && op != opSocketcall) return UNUSED;
      i += 11;
    } else i += 12;
    // exit=
    if (load<u8>(i - 1) != 32 || load<u32>(i) != 0x74697865 || load<u8>(i, 4) != 61) return ODD;
    i += 5;
    const isNegative = load<u8>(i) == 45;
    const size = decimal(isNegative ? i + 1 : i);
    if (!plain || size > 0x7fffffff) return ODD;
    exit = isNegative ? -(<i64>size) : <i64>size;
    i = at;
  }
  // a0=, a1=, a2=, a3=
  if ((load<u32>(i) & 0xffffff) != 0x3d3061) return ODD;
  const a0 = hex(i + 3);
  i = at;
  if ((load<u32>(i) & 0xffffff) != 0x3d3161) return ODD;
  const a1 = hex(i + 3);
  i = at;
  if ((load<u32>(i) & 0xffffff) != 0x3d3261) return ODD;
  const a2 = hex(i + 3);
  i = at;
  if ((load<u32>(i) & 0xffffff) != 0x3d3361) return ODD;
  hex(i + 3);
  // items=
  if (load<u32>(at) != 0x6d657469 || load<u16>(at, 4) != 0x3d73) return ODD;
  decimal(at + 6);
  if (!plain) return ODD;
  if (!readActor(row, at, end)) return ODD;
  store<i32>(row, ROW_SYSCALL);
  store<i32>(row, op | (known & AT_FORM), 16);
  store<i32>(row, arch, 20);
  store<i32>(row, <i32>call, 24);
  store<i32>(row, success, 28);
  store<i32>(row, <i32>exit, 32);
  store<i32>(row, a0, 36);
  store<i32>(row, a1, 40);
  store<i32>(row, a2, 44);
  return READ;
}
