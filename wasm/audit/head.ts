import { TYPE_BYTES, TYPES, TYPES_MAX } from '../../src/decoders/audit/scan/layout';
import { isSame } from './table';

/** Kinds of records. */
export const K_OTHER = 0;
export const K_SYSCALL = 1;
export const K_PATH = 2;
export const K_CWD = 3;
export const K_EXECVE = 4;
export const K_SOCKADDR = 5;
/** EOE and PROCTITLE. */
export const K_NOTHING = 6;

/** What a head must be for its line to be read here: `HEAD_SAME` bears the stamp of the line before. */
export const HEAD_ODD = 0;
export const HEAD_NEW = 1;
export const HEAD_SAME = 2;

/** Of the head read last: its kind, where its type begins and how long a type of kind `K_OTHER` is, where the body begins. */
export let kind = K_OTHER;
export let type: usize = 0;
export let typeLength = 0;
export let body: usize = 0;
/** Of the last head that was read here: the name of its host, none when `nodeLength` is 0, and its stamp. */
export let node: usize = 0;
export let nodeLength = 0;
export let seconds: u64 = 0;
export let millis: u64 = 0;
export let serial: u64 = 0;
let stamp: usize = 0;
let stampLength = 0;

/** The next head bears another stamp than the one before, whatever it is. */
export function forgetStamp(): void {
  stampLength = 0;
}

/**
 * The head of a record as auditd writes it: `[node=NAME ]type=TYPE msg=audit(SECONDS.MILLIS:SERIAL): `. What bears another
 * head (syslog's, a number for its type) is odd.
 */
export function readHead(start: usize, end: usize): i32 {
  type = start + 5;
  let host: usize = 0;
  let hostLength = 0;
  // type=
  let isHead = load<u32>(start) == 0x65707974 && load<u8>(start, 4) == 61;
  // node=
  if (!isHead && load<u32>(start) == 0x65646f6e && load<u8>(start, 4) == 61) {
    host = start + 5;
    let i = host;
    while (i < end && load<u8>(i) != 32) i += 1;
    hostLength = <i32>(i - host);
    type = i + 6;
    isHead = type <= end && load<u32>(i, 1) == 0x65707974 && load<u8>(i, 5) == 61;
  }
  let head = isHead ? readType(end) : 0;
  // msg=audit(
  if (head == 0 || load<u64>(head) != 0x696475613d67736d || load<u16>(head, 8) != 0x2874) return odd();
  head += 10;
  let outcome = HEAD_SAME;
  if (
    stampLength == 0 ||
    hostLength != nodeLength ||
    !isSame(head, stamp, stampLength) ||
    !isSame(host, node, hostLength)
  ) {
    outcome = HEAD_NEW;
    node = host;
    nodeLength = hostLength;
    stamp = head;
    stampLength = readStamp(head);
  }
  if (stampLength == 0 || head + stampLength >= end) return odd();
  body = head + stampLength;
  if (load<u8>(body) == 58) body += 1;
  if (load<u8>(body) == 32) body += 1;
  return outcome;
}

function odd(): i32 {
  stampLength = 0;
  return HEAD_ODD;
}

/** Sets the kind by the letters at `type`; where the next word begins. */
@inline
function readType(end: usize): usize {
  const word = load<u64>(type);
  if (word == 0x204c4c4143535953) {
    kind = K_SYSCALL;
    return type + 8;
  }
  if ((word & 0xffffffffff) == 0x2048544150) {
    kind = K_PATH;
    return type + 5;
  }
  if ((word & 0xffffffff) == 0x20445743) {
    kind = K_CWD;
    return type + 4;
  }
  if ((word & 0xffffffffffffff) == 0x20455643455845) {
    kind = K_EXECVE;
    return type + 7;
  }
  if (word == 0x524444414b434f53 && load<u8>(type, 8) == 32) {
    kind = K_SOCKADDR;
    return type + 9;
  }
  if ((word & 0xffffffff) == 0x20454f45) {
    kind = K_NOTHING;
    return type + 4;
  }
  if (word == 0x4c544954434f5250 && load<u16>(type, 8) == 0x2045) {
    kind = K_NOTHING;
    return type + 10;
  }
  kind = K_OTHER;
  let i = type;
  while (i < end && load<u8>(i) != 32) i += 1;
  typeLength = <i32>(i - type);
  return i + 1;
}

/** Somebody reads records of this type: one told by `TYPES`, a number, or one whose fields are read one by one. */
export function mayBeUsed(): bool {
  const length = typeLength;
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
