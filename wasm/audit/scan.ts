import {
  COMMAND_ARENA,
  COMMAND_SLOTS,
  COMMANDS,
  COMMANDS_MAX,
  INPUT,
  ROW_ACTOR,
  ROW_CWD,
  ROW_DROP,
  ROW_DROPPED,
  ROW_EXECVE,
  ROW_LINE,
  ROW_NODE_STAMP,
  ROW_ROOM,
  ROW_SADDR,
  ROW_STAMP,
  ROW_SYSCALL_WIDTH,
  ROW_TICK,
  ROWS,
  ROWS_BYTES,
  TEXT_ARENA,
  TEXT_SLOTS,
  TEXTS,
  TEXTS_MAX,
  TICK_RECORDS,
  TOLD,
  TOLD_COMMANDS_FULL,
  TOLD_EMPTY,
  TOLD_END,
  TOLD_LINES,
  TOLD_NOTHING,
  TOLD_RECORDS,
  TOLD_ROWS_END,
  TOLD_TEXTS_FULL,
  TOLD_UNUSED_CALL,
  TOLD_UNUSED_PART,
  TOLD_UNUSED_TYPE,
  TYPE_BYTES,
  TYPES,
  TYPES_MAX,
} from '../../src/decoders/audit/scan/layout';
import { valueEnd } from './fields';
import { readPath } from './path';
import { ODD, readSyscall, UNUSED } from './syscall';
import { emptyTable, idOf, initTable, isFull, isSame } from './table';

const K_OTHER = 0;
const K_SYSCALL = 1;
const K_PATH = 2;
const K_CWD = 3;
const K_EXECVE = 4;
const K_SOCKADDR = 5;
const K_EOE = 6;

let opConnect = 0;
let opSocketcall = 0;

/** Once, after calls and types have been written. */
export function init(connect: i32, socketcall: i32): void {
  opConnect = connect;
  opSocketcall = socketcall;
  initTable(TEXTS, TEXT_SLOTS, TEXTS_MAX, TEXT_ARENA);
  initTable(COMMANDS, COMMAND_SLOTS, COMMANDS_MAX, COMMAND_ARENA);
}

export function forget(): void {
  emptyTable(TEXTS);
  emptyTable(COMMANDS);
}

/** The next line feed from `p`; `limit` when there is none before it. Sixteen bytes a step. */
@inline
function lineFeed(p: usize, limit: usize): usize {
  const feed = i8x16.splat(10);
  let i = p;
  while (i < limit) {
    const hits = i8x16.bitmask(i8x16.eq(v128.load(i), feed));
    if (hits != 0) {
      const found = i + ctz(hits);
      return found < limit ? found : limit;
    }
    i += 16;
  }
  return limit;
}

/** Types of records that somebody reads: those told by `TYPES`, by number, or with a name of their own here. */
function mayBeUsed(type: usize, length: i32): bool {
  const c = load<u8>(type);
  if (c - 48 <= 9 || c == 85 || c == 79) return true;
  const word = load<u64>(type) & (length >= 8 ? 0xffffffffffffffff : ((<u64>1) << (<u64>length << 3)) - 1);
  for (let i = 0; i < TYPES_MAX; i++) {
    const entry: usize = <usize>TYPES + <usize>i * TYPE_BYTES;
    const held = load<i32>(entry);
    if (held == 0) return false;
    if (held == length && load<u64>(entry, 8) == word) return true;
  }
  return true;
}

let stampStart: usize = 0;
let stampLength: i32 = 0;
let seconds: u64 = 0;
let millis: u64 = 0;
let serial: u64 = 0;

/** `seconds.millis:serial)` as the kernel prints it; its length, 0 when it is not that. */
@inline
function readStamp(p: usize): i32 {
  let i = p;
  let c: u32 = <u32>load<u8>(i) - 48;
  let n: u64 = 0;
  while (c <= 9) {
    n = n * 10 + c;
    i += 1;
    c = <u32>load<u8>(i) - 48;
  }
  if (i == p || i - p > 10 || c + 48 != 46 || n > 0xffffffff) return 0;
  seconds = n;
  const a: u32 = <u32>load<u8>(i, 1) - 48;
  const b: u32 = <u32>load<u8>(i, 2) - 48;
  const d: u32 = <u32>load<u8>(i, 3) - 48;
  if (a > 9 || b > 9 || d > 9 || load<u8>(i, 4) != 58) return 0;
  millis = a * 100 + b * 10 + d;
  i += 5;
  const first = i;
  n = 0;
  c = <u32>load<u8>(i) - 48;
  while (c <= 9) {
    n = n * 10 + c;
    i += 1;
    c = <u32>load<u8>(i) - 48;
  }
  if (i == first || i - first > 10 || c + 48 != 41 || n > 0xffffffff) return 0;
  serial = n;
  return <i32>(i + 1 - p);
}

/**
 * Reads whole lines from the `length` bytes at INPUT and tells of them by rows and counts. `records`: how many the session
 * has read. The newest stamp of all that it has read is given too: a call of no use in an event that is newer than all
 * others is told by a single row.
 */
export function scan(length: i32, records: i32, newestTime: f64, newestSerial: f64): void {
  const limit: usize = <usize>INPUT + <usize>length;
  const rowsEnd: usize = ROWS + ROWS_BYTES - ROW_ROOM;
  let row: usize = ROWS;
  let s: usize = INPUT;
  let lines = 0;
  let empty = 0;
  let nothing = 0;
  let unusedType = 0;
  let unusedCall = 0;
  let unusedPart = 0;
  let record = records;
  let newest = newestTime;
  let newestNumber = newestSerial;
  let isCertain = true;
  let isFresh = false;
  let isDropped = false;
  let isBegun = false;
  let lastNode: usize = 0;
  let lastNodeLength = 0;
  stampLength = 0;
  while (row < rowsEnd) {
    const feed = lineFeed(s, limit);
    if (feed == limit) break;
    const start = s;
    const end = feed > s && load<u8>(feed - 1) == 13 ? feed - 1 : feed;
    s = feed + 1;
    lines += 1;
    if (start == end) {
      empty += 1;
      continue;
    }
    // 'type='
    let isHead = load<u32>(start) == 0x65707974 && load<u8>(start, 4) == 61;
    let type = start + 5;
    let node: usize = 0;
    let nodeLength = 0;
    // 'node='
    if (!isHead && load<u32>(start) == 0x65646f6e && load<u8>(start, 4) == 61) {
      node = start + 5;
      let i = node;
      while (i < end && load<u8>(i) != 32) i += 1;
      nodeLength = <i32>(i - node);
      type = i + 6;
      isHead = type <= end && load<u32>(i, 1) == 0x65707974 && load<u8>(i, 5) == 61;
    }
    // PROCTITLE says nothing that EXECVE does not say better.
    if (load<u8>(start) == 116 && load<u16>(start, 5) == 0x5250 && end - start > 40) {
      record += 1;
      nothing += 1;
      continue;
    }
    let head: usize = 0;
    let kind = K_OTHER;
    let typeLength = 0;
    if (isHead) {
      const word = load<u64>(type);
      if (word == 0x204c4c4143535953) {
        kind = K_SYSCALL;
        head = type + 8;
      } else if ((word & 0xffffffffff) == 0x2048544150) {
        kind = K_PATH;
        head = type + 5;
      } else if ((word & 0xffffffff) == 0x20445743) {
        kind = K_CWD;
        head = type + 4;
      } else if ((word & 0xffffffffffffff) == 0x20455643455845) {
        kind = K_EXECVE;
        head = type + 7;
      } else if (word == 0x524444414b434f53 && load<u8>(type, 8) == 32) {
        kind = K_SOCKADDR;
        head = type + 9;
      } else if ((word & 0xffffffff) == 0x20454f45) {
        kind = K_EOE;
        head = type + 4;
      } else if (word == 0x4c544954434f5250 && load<u16>(type, 8) == 0x2045) {
        kind = K_EOE;
        head = type + 10;
      } else {
        let i = type;
        while (i < end && load<u8>(i) != 32) i += 1;
        typeLength = <i32>(i - type);
        head = i + 1;
      }
      // 'msg=audit('
      if (load<u64>(head) == 0x696475613d67736d && load<u16>(head, 8) == 0x2874) head += 10;
      else head = 0;
    }
    let isSameStamp = false;
    if (head != 0) {
      isSameStamp =
        stampLength != 0 &&
        isSame(head, stampStart, stampLength) &&
        nodeLength == lastNodeLength &&
        isSame(node, lastNode, nodeLength);
      if (!isSameStamp) {
        lastNode = node;
        lastNodeLength = nodeLength;
        stampStart = head;
        stampLength = readStamp(head);
      }
    }
    if (head == 0 || stampLength == 0 || head + stampLength >= end) {
      // Whatever stamp it bears, it may be one of the events to come.
      stampLength = 0;
      isCertain = false;
      record += 1;
      store<i32>(row, ROW_LINE);
      store<i32>(row, record, 4);
      store<i32>(row, <i32>(start - INPUT), 8);
      store<i32>(row, <i32>(end - INPUT), 12);
      row += 16;
      continue;
    }
    if (!isSameStamp) {
      const time = <f64>(seconds * 1000 + millis);
      const number = <f64>serial;
      isFresh = isCertain && (time > newest || (time == newest && number > newestNumber));
      if (time > newest || (time == newest && number > newestNumber)) {
        newest = time;
        newestNumber = number;
      }
      isDropped = false;
      isBegun = false;
      store<i32>(row, ROW_STAMP);
      store<i32>(row, <i32>seconds, 4);
      store<i32>(row, <i32>millis, 8);
      store<i32>(row, <i32>serial, 12);
      if (nodeLength == 0) row += 16;
      else {
        store<i32>(row, ROW_NODE_STAMP);
        place(row + 16, TEXTS, node, nodeLength);
        row += 28;
      }
    }
    record += 1;
    let isTick = (record & (TICK_RECORDS - 1)) == 0;
    if (kind == K_OTHER && mayBeUsed(type, typeLength)) isTick = false;
    else {
      if (isTick) {
        store<i32>(row, ROW_TICK);
        store<i32>(row, record, 4);
        row += 8;
      }
      if (kind == K_OTHER) {
        unusedType += 1;
        continue;
      }
      if (kind == K_EOE) {
        nothing += 1;
        continue;
      }
      if (isDropped) {
        unusedPart += 1;
        continue;
      }
    }
    let body = head + stampLength;
    if (load<u8>(body) == 58) body += 1;
    if (load<u8>(body) == 32) body += 1;
    store<i32>(row, record, 4);
    store<i32>(row, <i32>(start - INPUT), 8);
    store<i32>(row, <i32>(end - INPUT), 12);
    let next: usize = 0;
    if (kind == K_PATH) next = readPath(row, body, end);
    else if (kind == K_SYSCALL) {
      const outcome = readSyscall(row, body, end, opConnect, opSocketcall);
      if (outcome == UNUSED) {
        if (isFresh && !isBegun) {
          isDropped = true;
          unusedCall += 1;
          store<i32>(row, ROW_DROPPED);
          row += 4;
          continue;
        }
        store<i32>(row, ROW_DROP);
        next = row + 16;
      } else if (outcome != ODD) next = row + (load<i32>(row, 52) == 0 ? ROW_ACTOR * 4 : ROW_SYSCALL_WIDTH * 4);
    } else if (kind == K_CWD) {
      // cwd=
      if (load<u32>(body) == 0x3d647763) next = text(row, ROW_CWD, TEXTS, body + 4, valueEnd(body + 4, end));
    } else if (kind == K_EXECVE) {
      next = text(row, ROW_EXECVE, COMMANDS, body, end);
    } else if (kind == K_SOCKADDR) {
      // saddr=
      if ((load<u64>(body) & 0xffffffffffff) == 0x3d7264646173)
        next = text(row, ROW_SADDR, TEXTS, body + 6, valueEnd(body + 6, end));
    }
    isBegun = true;
    if (next == 0) {
      store<i32>(row, ROW_LINE);
      next = row + 16;
    }
    row = next;
  }
  const told: usize = TOLD;
  store<i32>(told + TOLD_END * 4, <i32>(s - INPUT));
  store<i32>(told + TOLD_LINES * 4, lines);
  store<i32>(told + TOLD_EMPTY * 4, empty);
  store<i32>(told + TOLD_NOTHING * 4, nothing);
  store<i32>(told + TOLD_UNUSED_TYPE * 4, unusedType);
  store<i32>(told + TOLD_UNUSED_CALL * 4, unusedCall);
  store<i32>(told + TOLD_UNUSED_PART * 4, unusedPart);
  store<i32>(told + TOLD_ROWS_END * 4, <i32>(row - ROWS));
  store<i32>(told + TOLD_RECORDS * 4, record);
  store<i32>(told + TOLD_TEXTS_FULL * 4, isFull(TEXTS));
  store<i32>(told + TOLD_COMMANDS_FULL * 4, isFull(COMMANDS));
}

/** The number and the place of some bytes. */
@inline
function place(at: usize, table: usize, start: usize, length: i32): void {
  store<i32>(at, idOf(table, start, length));
  store<i32>(at, <i32>(start - INPUT), 4);
  store<i32>(at, <i32>(start - INPUT) + length, 8);
}

/** A row of a value: its number and where it lies. None when it is empty. */
@inline
function text(row: usize, kind: i32, table: usize, start: usize, stop: usize): usize {
  if (start == stop) return 0;
  store<i32>(row, kind);
  place(row + 16, table, start, <i32>(stop - start));
  return row + 28;
}
