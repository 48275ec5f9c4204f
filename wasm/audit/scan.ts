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
} from '../../src/decoders/audit/scan/layout';
import { valueEnd } from './fields';
import {
  body,
  forgetStamp,
  HEAD_NEW,
  HEAD_ODD,
  K_CWD,
  K_EXECVE,
  K_NOTHING,
  K_OTHER,
  K_PATH,
  K_SYSCALL,
  kind,
  mayBeUsed,
  millis,
  node,
  nodeLength,
  readHead,
  seconds,
  serial,
} from './head';
import { readPath } from './path';
import { ODD, READ, readSyscall } from './syscall';
import { emptyTable, idOf, initTable, isFull } from './table';

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

/** A line to be read field by field. */
@inline
function oddRow(row: usize): usize {
  store<i32>(row, ROW_LINE);
  return row + 16;
}

/** The same, where a tick was told already: who reads the line looks at the clock by himself. */
@inline
function oddBody(row: usize, record: i32, start: usize, end: usize): usize {
  lineAt(row, record, start, end);
  return oddRow(row);
}

/** Which line a row is about. */
@inline
function lineAt(row: usize, record: i32, start: usize, end: usize): void {
  store<i32>(row, record, 4);
  store<i32>(row, <i32>(start - INPUT), 8);
  store<i32>(row, <i32>(end - INPUT), 12);
}

/** The stamp of the head read last. */
@inline
function stampRow(row: usize): usize {
  store<i32>(row, nodeLength == 0 ? ROW_STAMP : ROW_NODE_STAMP);
  store<i32>(row, <i32>seconds, 4);
  store<i32>(row, <i32>millis, 8);
  store<i32>(row, <i32>serial, 12);
  if (nodeLength == 0) return row + 16;
  place(row + 16, TEXTS, node, nodeLength);
  return row + 28;
}

/** What a record's body says; 0 when it is not in the kernel's own order. */
@inline
function bodyRow(row: usize, end: usize): usize {
  if (kind == K_PATH) return readPath(row, body, end);
  // cwd=
  if (kind == K_CWD) return load<u32>(body) == 0x3d647763 ? text(row, ROW_CWD, TEXTS, body + 4, valueEnd(body + 4, end)) : 0;
  if (kind == K_EXECVE) return text(row, ROW_EXECVE, COMMANDS, body, end);
  // saddr=
  if ((load<u64>(body) & 0xffffffffffff) != 0x3d7264646173) return 0;
  return text(row, ROW_SADDR, TEXTS, body + 6, valueEnd(body + 6, end));
}

@inline
function tell(which: usize, value: i32): void {
  store<i32>(<usize>TOLD + which * 4, value);
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
  /** No line of this scan bears a stamp that is unknown here. */
  let isCertain = true;
  /** Of the last stamp: it came after all others; nothing of its event is of use; something of it was told. */
  let isFresh = false;
  let isDropped = false;
  let isBegun = false;
  forgetStamp();
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
    record += 1;
    // PROCTITLE says nothing that EXECVE does not say better.
    if (load<u8>(start) == 116 && load<u16>(start, 5) == 0x5250 && end - start > 40) {
      nothing += 1;
      continue;
    }
    const head = readHead(start, end);
    if (head == HEAD_NEW) {
      const time = <f64>(seconds * 1000 + millis);
      const number = <f64>serial;
      const isNewest = time > newest || (time == newest && number > newestNumber);
      isFresh = isCertain && isNewest;
      if (isNewest) {
        newest = time;
        newestNumber = number;
      }
      isDropped = false;
      isBegun = false;
      row = stampRow(row);
    }
    // Who reads the line by itself counts it, and looks at the clock.
    const isOdd = head == HEAD_ODD || (kind == K_OTHER && mayBeUsed());
    const first = row;
    if (!isOdd && (record & (TICK_RECORDS - 1)) == 0) {
      store<i32>(row, ROW_TICK);
      store<i32>(row, record, 4);
      row += 8;
    }
    lineAt(row, record, start, end);
    if (isOdd) {
      // Whatever stamp it bears, it may be one of the events to come.
      if (head == HEAD_ODD) isCertain = false;
      else isBegun = true;
      row = oddRow(row);
      continue;
    }
    if (kind == K_OTHER) unusedType += 1;
    else if (kind == K_NOTHING) nothing += 1;
    else if (isDropped) unusedPart += 1;
    else if (kind != K_SYSCALL) {
      const next = bodyRow(row, end);
      row = next == 0 ? oddBody(first, record, start, end) : next;
      isBegun = true;
    } else {
      const outcome = readSyscall(row, body, end, opConnect, opSocketcall);
      if (outcome == READ) row += (load<i32>(row, 52) == 0 ? ROW_ACTOR : ROW_SYSCALL_WIDTH) * 4;
      else if (outcome == ODD) row = oddBody(first, record, start, end);
      else if (isFresh && !isBegun) {
        isDropped = true;
        unusedCall += 1;
        store<i32>(row, ROW_DROPPED);
        row += 4;
        continue;
      } else {
        store<i32>(row, ROW_DROP);
        row += 16;
      }
      isBegun = true;
    }
  }
  tell(TOLD_END, <i32>(s - INPUT));
  tell(TOLD_LINES, lines);
  tell(TOLD_EMPTY, empty);
  tell(TOLD_NOTHING, nothing);
  tell(TOLD_UNUSED_TYPE, unusedType);
  tell(TOLD_UNUSED_CALL, unusedCall);
  tell(TOLD_UNUSED_PART, unusedPart);
  tell(TOLD_ROWS_END, <i32>(row - ROWS));
  tell(TOLD_RECORDS, record);
  tell(TOLD_TEXTS_FULL, isFull(TEXTS));
  tell(TOLD_COMMANDS_FULL, isFull(COMMANDS));
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
