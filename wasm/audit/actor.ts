import {
  ACTOR_BYTES,
  ACTOR_LENGTHS,
  ACTORS,
  INPUT,
  ROW_ACTOR,
  TEXTS,
} from '../../src/decoders/audit/scan/layout';
import { at, beginAt, decimal, plain } from './fields';
import { idOf, isSame } from './table';

/** The two process ids choose a slot: where they begin behind `ppid=`, and how many bytes are taken. */
const HASHED_FROM: usize = 5;
const HASHED_BYTES: usize = 24;
const ID_MAX: u64 = 0xffffffff;
/** Where in its row an actor's slot is told, in bytes; then whether it is new, and only then what it is. */
const SLOT: usize = 48;
const IS_NEW: usize = 52;

/**
 * SYSCALL's words on the process, in the kernel's own order (kernel/auditsc.c, audit_log_task_info):
 *
 *   ppid=N pid=N auid=N uid=N gid=N euid=N suid=N fsuid=N egid=N sgid=N fsgid=N tty=W ses=N comm=S exe=S
 *
 * A process that was read lately is known by these bytes. False when a field is not where it is expected.
 */
export function readActor(row: usize, p: usize, end: usize): bool {
  if (p + HASHED_FROM + HASHED_BYTES > end) return false;
  const a: u64 = (load<u64>(p, 5) * 0x9e3779b97f4a7c15) ^ (load<u64>(p, 21) * 0x165667b19e3779f9);
  const b: u64 = load<u64>(p, 13) * 0xc2b2ae3d27d4eb4f;
  const slot = <i32>(((a ^ (b >> 23) ^ (b << 17)) * 0x9e3779b97f4a7c15) >> 54);
  const held: usize = <usize>ACTORS + <usize>slot * ACTOR_BYTES;
  const length: usize = <usize>ACTOR_LENGTHS + <usize>slot * 4;
  const known = load<i32>(length);
  store<i32>(row, slot, SLOT);
  store<i32>(row, 0, IS_NEW);
  if (known > 0 && p + known <= end && isSame(held, p, known)) {
    const next = load<u8>(p + known);
    if (next == 32 || next == 29) return true;
  }
  const stop = parseActor(row + ROW_ACTOR * 4, p, end);
  if (stop == 0) return false;
  store<i32>(row, 1, IS_NEW);
  const run = <i32>(stop - p);
  if (run <= ACTOR_BYTES) {
    memory.copy(held, p, run);
    store<i32>(length, run);
  } else store<i32>(length, 0);
  return true;
}

/** Where `exe` ends, 0 when a field is not where it is expected. Tells six numbers, then three texts by id and place. */
function parseActor(row: usize, p: usize, end: usize): usize {
  beginAt(p);
  // ppid, pid, auid, uid, gid, euid
  if (!number(row, 0x64697070, 4) || !number(row + 4, 0x646970, 3) || !number(row + 8, 0x64697561, 4)) return 0;
  if (!number(row + 12, 0x646975, 3) || !number(row + 16, 0x646967, 3) || !number(row + 16, 0x64697565, 4)) return 0;
  // suid, fsuid, egid, sgid, fsgid
  if (!number(row + 20, 0x64697573, 4) || !number(row + 20, 0x69757366, 5) || !number(row + 20, 0x64696765, 4)) return 0;
  if (!number(row + 20, 0x64696773, 4) || !number(row + 20, 0x69677366, 5)) return 0;
  // tty=
  if (load<u32>(at) != 0x3d797474) return 0;
  const tty = at + 4;
  const ttyStop = wordEnd(tty, end);
  beginAt(ttyStop + 1);
  // ses, comm=
  if (!number(row + 20, 0x736573, 3) || load<u32>(at) != 0x6d6d6f63 || load<u8>(at, 4) != 61) return 0;
  // A blank inside quotes cannot be: such names are printed in hex.
  const comm = at + 5;
  const commStop = wordEnd(comm, end);
  // exe=
  if (commStop + 5 > end || load<u32>(commStop + 1) != 0x3d657865) return 0;
  const exe = commStop + 5;
  const exeStop = wordEnd(exe, end);
  text(row + 24, tty, ttyStop);
  text(row + 36, comm, commStop);
  text(row + 48, exe, exeStop);
  return exeStop;
}

/** `key=N ` of a key with so many letters, the first four of which are given. */
@inline
function number(row: usize, key: u32, letters: usize): bool {
  const mask: u32 = letters == 3 ? 0xffffff : 0xffffffff;
  if ((load<u32>(at) & mask) != key || load<u8>(at + letters) != 61) return false;
  const value = decimal(at + letters + 1);
  store<i32>(row, <i32>value);
  return plain && value <= ID_MAX;
}

@inline
function text(row: usize, start: usize, stop: usize): void {
  store<i32>(row, idOf(TEXTS, start, <i32>(stop - start)));
  store<i32>(row, <i32>(start - INPUT), 4);
  store<i32>(row, <i32>(stop - INPUT), 8);
}

@inline
function wordEnd(p: usize, end: usize): usize {
  let i = p;
  while (i < end && load<u8>(i) != 32 && load<u8>(i) != 29) i += 1;
  return i;
}
