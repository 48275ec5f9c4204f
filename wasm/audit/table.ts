import { SEEN_SLOTS, TABLE_HEAD_BYTES, TEXT_BYTES_MAX } from '../../src/decoders/audit/scan/layout';

/** A place this crowded is not searched further: equal hashes can be chosen on purpose. */
const PROBES_MAX = 32;
/** A slot: hash, start in the arena, length (0 in a free one), id. */
const SLOT_BYTES: usize = 16;
/** The head of a table: slots, entries allowed, bytes of the arena, entries held, bytes used, is it full. */
const H_SLOTS: usize = 0;
const H_MAX: usize = 4;
const H_ARENA: usize = 8;
const H_COUNT: usize = 12;
const H_USED: usize = 16;
const H_FULL: usize = 20;

export function initTable(table: usize, slots: i32, entriesMax: i32, arenaBytes: i32): void {
  store<i32>(table + H_SLOTS, slots);
  store<i32>(table + H_MAX, entriesMax);
  store<i32>(table + H_ARENA, arenaBytes);
  emptyTable(table);
}

export function emptyTable(table: usize): void {
  memory.fill(table + TABLE_HEAD_BYTES, 0, <usize>load<i32>(table + H_SLOTS) * SLOT_BYTES);
  store<i32>(table + H_COUNT, 0);
  store<i32>(table + H_USED, 0);
  store<i32>(table + H_FULL, 0);
}

export function isFull(table: usize): i32 {
  return load<i32>(table + H_FULL);
}

/** Eight bytes a step; the last step sees only bytes of the run. */
@inline
function hashOf(start: usize, length: i32): i32 {
  let hash: u64 = <u64>length * 0x9e3779b97f4a7c15;
  let p = start;
  let left = length;
  while (left >= 8) {
    hash = (hash ^ load<u64>(p)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
    p += 8;
    left -= 8;
  }
  if (left > 0) {
    hash = (hash ^ (load<u64>(p) & (((<u64>1) << (<u64>left << 3)) - 1))) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  }
  return <i32>(hash ^ (hash >> 32));
}

@inline
export function isSame(a: usize, b: usize, length: i32): bool {
  let i: usize = 0;
  const whole = <usize>(length & ~7);
  for (; i < whole; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  const left = length & 7;
  if (left == 0) return true;
  return ((load<u64>(a + i) ^ load<u64>(b + i)) & (((<u64>1) << (<u64>left << 3)) - 1)) == 0;
}

/**
 * The number of these bytes, the same each time, from the second time on that they are asked for; -1 when they have none.
 * A hit compares the bytes.
 */
export function idOf(table: usize, start: usize, length: i32): i32 {
  if (length <= 0 || length > TEXT_BYTES_MAX) return -1;
  const hash = hashOf(start, length);
  const slotCount = load<i32>(table + H_SLOTS);
  const slots = table + TABLE_HEAD_BYTES;
  const seen = slots + <usize>slotCount * SLOT_BYTES;
  const arena = seen + SEEN_SLOTS * 4;
  const mask = slotCount - 1;
  let slot = hash & mask;
  for (let probes = 0; probes < PROBES_MAX; probes++) {
    const at = slots + <usize>slot * SLOT_BYTES;
    const held = load<i32>(at, 8);
    if (held == 0) return keep(table, seen, arena, at, hash, start, length);
    if (held == length && load<i32>(at) == hash && isSame(arena + <usize>load<i32>(at, 4), start, length))
      return load<i32>(at, 12);
    slot = (slot + 1) & mask;
  }
  return -1;
}

function keep(table: usize, seen: usize, arena: usize, slot: usize, hash: i32, start: usize, length: i32): i32 {
  const mark = seen + <usize>(hash & (SEEN_SLOTS - 1)) * 4;
  if (load<i32>(mark) != hash) {
    store<i32>(mark, hash);
    return -1;
  }
  const count = load<i32>(table + H_COUNT);
  const used = load<i32>(table + H_USED);
  if (count >= load<i32>(table + H_MAX) || used + length > load<i32>(table + H_ARENA)) {
    store<i32>(table + H_FULL, 1);
    return -1;
  }
  memory.copy(arena + used, start, length);
  store<i32>(slot, hash);
  store<i32>(slot, used, 4);
  store<i32>(slot, length, 8);
  store<i32>(slot, count, 12);
  store<i32>(table + H_COUNT, count + 1);
  store<i32>(table + H_USED, used + length);
  return count;
}
