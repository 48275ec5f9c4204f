import type { InternTable } from '../../core/intern.ts';

/** Record types that matter, as small numbers. */
export const REC = {
  other: 0,
  syscall: 1,
  path: 2,
  cwd: 3,
  execve: 4,
  sockaddr: 5,
  proctitle: 6,
  eoe: 7,
  openat2: 8,
  uring: 9,
  standalone: 10,
} as const;

/** Result slots of `parseHeader`, reused so that no object is made for a line. */
export interface Header {
  type: number;
  /** Name of a stand-alone record type. */
  name: string;
  node: string;
  time: number;
  serial: number;
  body: number;
  /** The bytes of the last stamp, from the seconds to the bracket. */
  readonly stamp: Uint8Array;
  stampBytes: number;
}

/** Longer stamps are read each time. */
const STAMP_BYTES_MAX = 32;

export function newHeader(): Header {
  return {
    type: 0,
    name: '',
    node: '',
    time: 0,
    serial: 0,
    body: 0,
    stamp: new Uint8Array(STAMP_BYTES_MAX),
    stampBytes: 0,
  };
}

const BY_NAME = new Map<string, number>([
  ['SYSCALL', REC.syscall],
  ['PATH', REC.path],
  ['CWD', REC.cwd],
  ['EXECVE', REC.execve],
  ['SOCKADDR', REC.sockaddr],
  ['PROCTITLE', REC.proctitle],
  ['EOE', REC.eoe],
  ['OPENAT2', REC.openat2],
  ['URINGOP', REC.uring],
]);

/** Numeric types that the kernel log shows: include/uapi/linux/audit.h. */
const BY_NUMBER: Record<number, number> = {
  1300: REC.syscall,
  1302: REC.path,
  1306: REC.sockaddr,
  1307: REC.cwd,
  1309: REC.execve,
  1320: REC.eoe,
  1327: REC.proctitle,
  1336: REC.uring,
  1337: REC.openat2,
};

const PREFIX_BYTES_MAX = 512;

/**
 * The head of an audit record:
 *
 *   line   := [ 'node=' name ' ' ] 'type=' type ' ' [ 'msg=' ] 'audit(' seconds '.' millis ':' serial '):' ' ' body
 *
 * Anything may stand before `node=`/`type=` (syslog's head in the dispatcher's syslog form, `audit: ` from the kernel's
 * ring buffer); it is searched for in the first 512 bytes. Source: auditd log format, audispd plugins (same text),
 * kernel printk of records when no daemon runs. Returns 0 when whole, else a reason number: 1 no head, 2 bad stamp.
 */
export function parseHeader(
  b: Buffer,
  start: number,
  end: number,
  out: Header,
  intern: InternTable,
  standalone: ReadonlySet<string>,
): 0 | 1 | 2 {
  let i = start;
  out.node = '';
  if (!isType(b, i, end)) {
    i = findHead(b, start, end);
    if (i < 0) return 1;
    if (b[i] === 110) {
      const v = i + 5;
      let stop = v;
      while (stop < end && b[stop] !== 32) stop += 1;
      out.node = intern.latin1(b, v, stop);
      i = stop + 1;
      if (!isType(b, i, end)) return 1;
    }
  }
  i += 5;
  const t = i;
  while (i < end && b[i] !== 32) i += 1;
  const typeStop = i;
  i += 1;
  if (b[i] === 109 && b[i + 1] === 115) i += 4;
  if (b[i] !== 97 || b[i + 1] !== 117 || b[i + 5] !== 40) return 2;
  i += 6;
  const stampStart = i;
  if (out.stampBytes > 0 && i + out.stampBytes < end && isStamp(b, i, out)) {
    out.body = bodyStart(b, i + out.stampBytes, end);
    out.type = typeOf(b, t, typeStop, out, intern, standalone);
    return 0;
  }
  out.stampBytes = 0;
  let seconds = 0;
  let digits = 0;
  let c = b[i] as number;
  while (c >= 48 && c <= 57 && i < end) {
    seconds = seconds * 10 + c - 48;
    digits += 1;
    c = b[++i] as number;
  }
  if (digits === 0 || digits > 12 || c !== 46) return 2;
  let millis = 0;
  let scale = 100;
  c = b[++i] as number;
  if (c < 48 || c > 57) return 2;
  while (c >= 48 && c <= 57 && i < end) {
    millis += (c - 48) * scale;
    scale /= 10;
    c = b[++i] as number;
  }
  if (c !== 58) return 2;
  let serial = 0;
  digits = 0;
  c = b[++i] as number;
  while (c >= 48 && c <= 57 && i < end) {
    serial = serial * 10 + c - 48;
    digits += 1;
    c = b[++i] as number;
  }
  if (digits === 0 || digits > 15 || c !== 41 || i >= end) return 2;
  i += 1;
  out.time = seconds * 1000 + Math.round(millis * 1000) / 1000;
  out.serial = serial;
  if (i - stampStart <= STAMP_BYTES_MAX) {
    for (let k = stampStart; k < i; k++) out.stamp[k - stampStart] = b[k] as number;
    out.stampBytes = i - stampStart;
  }
  out.body = bodyStart(b, i, end);
  out.type = typeOf(b, t, typeStop, out, intern, standalone);
  return 0;
}

/** From the end: stamps that differ do so in the last digits of the serial. */
function isStamp(b: Buffer, start: number, last: Header): boolean {
  const { stamp } = last;
  for (let k = last.stampBytes - 1; k >= 0; k--) if (b[start + k] !== stamp[k]) return false;
  return true;
}

function bodyStart(b: Buffer, bracketEnd: number, end: number): number {
  let i = bracketEnd;
  if (b[i] === 58) i += 1;
  if (b[i] === 32) i += 1;
  return i < end ? i : end;
}

function isType(b: Buffer, i: number, end: number): boolean {
  return i + 5 <= end && b[i] === 116 && b[i + 1] === 121 && b[i + 2] === 112 && b[i + 3] === 101 && b[i + 4] === 61;
}

function findHead(b: Buffer, start: number, end: number): number {
  const last = Math.min(end - 5, start + PREFIX_BYTES_MAX);
  for (let i = start; i < last; i++) {
    if (i > start && b[i - 1] !== 32) continue;
    if (b[i] === 110 && b[i + 1] === 111 && b[i + 2] === 100 && b[i + 3] === 101 && b[i + 4] === 61) return i;
    if (isType(b, i, end)) return i;
  }
  return -1;
}

function typeOf(
  b: Buffer,
  t: number,
  stop: number,
  out: Header,
  intern: InternTable,
  standalone: ReadonlySet<string>,
): number {
  const c = b[t] as number;
  if (c >= 48 && c <= 57) return BY_NUMBER[Number(b.toString('latin1', t, Math.min(stop, t + 6)))] ?? REC.other;
  // UNKNOWN[1336] is what userspace older than the kernel writes.
  if (c === 85 && b[t + 1] === 78 && b[t + 7] === 91)
    return BY_NUMBER[Number(b.toString('latin1', t + 8, Math.min(stop - 1, t + 14)))] ?? REC.other;
  const name = intern.latin1(b, t, Math.min(stop, t + 64));
  const type = BY_NAME.get(name);
  if (type !== undefined) return type;
  if (!standalone.has(name)) return REC.other;
  out.name = name;
  return REC.standalone;
}
