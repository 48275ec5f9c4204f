import type { InternTable } from '../../core/intern.ts';
import type { Actor } from '../../events/host-events.ts';
import type { ActorCache } from './actors.ts';
import { decimal, hex, hexLow32, octal, signed, stringValue } from './bytes.ts';
import { NAMETYPE, NOBODY, newPathItem, type Pending, placePath } from './pending.ts';
import { isAtForm, OP, opOf, SOCKETCALL } from './syscalls.ts';

/**
 * Parsers of the bodies of audit records, each over bytes `[start, end)` of a line, straight into the event.
 *
 *   body  := field (' ' field)* [ 0x1D enriched ]
 *   field := key '=' ( '"' text '"' | word )
 *
 * Source: Linux kernel/auditsc.c (audit_log_exit, show_special, audit_log_execve_info, audit_log_name), auditd's
 * enriched format (0x1D before the interpreted fields). What follows 0x1D is never read.
 * Trust: name, comm, exe, cwd and arguments are the acting program's own words.
 */
export const ENRICHED = 0x1d;
export const SPACE = 32;
export const QUOTE = 34;
const EQUALS = 61;

/** End of the value that starts at `i`: past the closing quote, or at the next blank. A quote that is cut off ends at 0x1D. */
export function valueEnd(b: Buffer, i: number, end: number): number {
  let at = i;
  if (b[at] === QUOTE) {
    at += 1;
    while (at < end && b[at] !== QUOTE && b[at] !== ENRICHED) at += 1;
    return at < end && b[at] === QUOTE ? at + 1 : at;
  }
  while (at < end && b[at] !== SPACE && b[at] !== ENRICHED) at += 1;
  return at;
}

export function keyEnd(b: Buffer, i: number, end: number): number {
  let at = i;
  while (at < end) {
    const c = b[at] as number;
    if (c === EQUALS || c === ENRICHED) return at;
    at += 1;
  }
  return at;
}

/** SYSCALL and URINGOP. Returns false when a needed number is malformed. */
export function parseSyscall(
  b: Buffer,
  start: number,
  end: number,
  into: Pending,
  intern: InternTable,
  actors: ActorCache,
): boolean {
  into.hasSyscall = true;
  forgetCall(into);
  const actor: Writable<Actor> = { ...NOBODY };
  const whole = readSyscall(b, start, end, into, actor, intern);
  into.actor = actors.of(actor);
  return whole;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function readSyscall(
  b: Buffer,
  start: number,
  end: number,
  into: Pending,
  actor: Writable<Actor>,
  intern: InternTable,
): boolean {
  let i = start;
  while (i < end) {
    if (b[i] === SPACE) {
      i += 1;
      continue;
    }
    const k = i;
    i = keyEnd(b, i, end);
    if (i >= end || b[i] === ENRICHED) return true;
    const keyLength = i - k;
    let v = i + 1;
    let stop = valueEnd(b, v, end);
    i = stop;
    const first = b[k] as number;
    // Numbers may come quoted from tools that write records anew; texts keep their quotes, which tell them from hex.
    const isText = first === 116 || (first === 99 && keyLength === 4) || (first === 101 && keyLength === 3);
    if (b[v] === QUOTE && !isText) {
      v += 1;
      stop -= 1;
    }
    switch (keyLength) {
      case 2:
        if (first === 97) {
          const index = (b[k + 1] as number) - 48;
          const value = hexLow32(b, v, stop);
          if (index === 0) into.a0 = value;
          else if (index === 1) into.a1 = value;
          else if (index === 2) into.a2 = value;
        }
        break;
      case 3:
        if (first === 112) actor.pid = decimal(b, v, stop);
        else if (first === 117) actor.uid = decimal(b, v, stop);
        else if (first === 116) {
          const tty = stringValue(b, v, stop, intern);
          actor.tty = tty === '(none)' || tty === '?' ? '' : tty;
        } else if (first === 115) actor.ses = id(b, v, stop);
        else if (first === 101) {
          actor.exe = stringValue(b, v, stop, intern);
          return true;
        }
        break;
      case 4:
        if (first === 97 && b[k + 1] === 114) into.arch = hex(b, v, stop);
        else if (first === 97) actor.auid = id(b, v, stop);
        else if (first === 101 && b[k + 1] === 120) into.exit = signed(b, v, stop);
        else if (first === 101 && b[k + 1] === 117) actor.euid = decimal(b, v, stop);
        else if (first === 112) actor.ppid = decimal(b, v, stop);
        else if (first === 99) actor.comm = stringValue(b, v, stop, intern);
        break;
      case 7:
        if (b[k + 1] === 121) {
          into.number = decimal(b, v, stop);
          if (into.number < 0) return false;
          into.op = opOf(into.arch, into.number);
          if (into.op === OP.none) {
            into.dropped = true;
            return true;
          }
          into.atForm = isAtForm(into.arch, into.number);
        } else if (b[k + 1] === 117 && b[v] === 110) {
          into.success = false;
          if (into.op !== OP.connect && into.op !== OP.socketcall) {
            into.dropped = true;
            return true;
          }
        }
        break;
      case 8:
        // uring_op: IORING_OP_OPENAT 18, OPENAT2 28, CONNECT 16, RENAMEAT 35, UNLINKAT 36 (include/uapi/linux/io_uring.h).
        if (first === 117) {
          const op = decimal(b, v, stop);
          into.atForm = true;
          into.a0 = 0xffffff9c;
          into.op =
            op === 18 || op === 28
              ? OP.openat
              : op === 16
                ? OP.connect
                : op === 35
                  ? OP.rename
                  : op === 36
                    ? OP.unlink
                    : OP.none;
          if (into.op === OP.none) {
            into.dropped = true;
            return true;
          }
        }
        break;
      default:
    }
  }
  return true;
}

/** The event may have been another's before: what this record does not say must not be what that one said. */
function forgetCall(into: Pending): void {
  into.arch = 0;
  into.number = -1;
  into.atForm = false;
  into.success = true;
  into.exit = 0;
  into.a0 = 0;
  into.a1 = 0;
  into.a2 = 0;
}

const UNSET = 4294967295;

/** auid and ses: -1 is "never set", as older kernels print it; what is no number is not known. */
function id(b: Buffer, v: number, stop: number): number {
  const value = signed(b, v, stop);
  if (Number.isNaN(value)) return -1;
  return value === -1 ? UNSET : value;
}

/** After SYSCALL and SOCKADDR are both known: which call a socketcall(2) was. */
export function socketcallOp(a0: number): Pending['op'] {
  switch (a0) {
    case SOCKETCALL.connect:
      return OP.connect;
    case SOCKETCALL.bind:
      return OP.bind;
    case SOCKETCALL.listen:
      return OP.listen;
    case SOCKETCALL.accept:
      return OP.accept;
    case SOCKETCALL.sendto:
      return OP.sendto;
    default:
      return OP.none;
  }
}

export function parsePath(b: Buffer, start: number, end: number, into: Pending, intern: InternTable): boolean {
  const path = newPathItem();
  let i = start;
  while (i < end) {
    if (b[i] === SPACE) {
      i += 1;
      continue;
    }
    const k = i;
    i = keyEnd(b, i, end);
    if (i >= end || b[i] === ENRICHED) break;
    const keyLength = i - k;
    let v = i + 1;
    let stop = valueEnd(b, v, end);
    i = stop;
    const first = b[k] as number;
    if (b[v] === QUOTE && !(keyLength === 4 && first === 110)) {
      v += 1;
      stop -= 1;
    }
    if (keyLength === 4) {
      if (first === 105) path.item = decimal(b, v, stop);
      else if (first === 110) {
        path.named = b[v] !== 40;
        path.name = stringValue(b, v, stop, intern);
      } else if (first === 109) path.mode = octal(b, v, stop);
      else if (first === 111 && b[k + 1] === 117) path.ouid = decimal(b, v, stop);
    } else if (keyLength === 5) {
      if (first === 105) path.inode = decimal(b, v, stop);
    } else if (keyLength === 3) {
      if (first === 100) path.dev = deviceOf(b, v, stop);
    } else if ((keyLength === 8 && first === 110) || (keyLength === 7 && first === 111)) {
      path.nametype = nametypeOf(b[v] as number, b[v + 1] as number);
      break;
    }
  }
  if (path.item < 0 || path.item > 64) return false;
  placePath(into, path);
  return true;
}

/** `major:minor` in hex, as PATH prints a device. */
function deviceOf(b: Buffer, v: number, stop: number): number {
  let colon = v;
  while (colon < stop && b[colon] !== 58) colon += 1;
  const major = hex(b, v, colon);
  const minor = hex(b, colon + 1, stop);
  return major < 0 || minor < 0 ? 0 : major * 256 + (minor % 256);
}

function nametypeOf(first: number, second: number): number {
  if (first === 78) return NAMETYPE.normal;
  if (first === 80) return NAMETYPE.parent;
  if (first === 67) return NAMETYPE.create;
  if (first === 68 && second === 69) return NAMETYPE.delete;
  return NAMETYPE.unknown;
}

/** CWD: `cwd=` value. */
export function parseCwd(b: Buffer, start: number, end: number, into: Pending, intern: InternTable): boolean {
  if (b[start] !== 99 || b[start + 3] !== EQUALS) return false;
  const v = start + 4;
  into.cwd = stringValue(b, v, valueEnd(b, v, end), intern);
  return true;
}

/** SOCKADDR: `saddr=` hex. */
export function parseSaddr(b: Buffer, start: number, end: number, into: Pending, intern: InternTable): boolean {
  if (b[start] !== 115 || b[start + 5] !== EQUALS) return false;
  const v = start + 6;
  into.saddr = intern.latin1(b, v, valueEnd(b, v, end));
  return into.saddr !== '';
}

/** OPENAT2: `oflag=0NNN mode=0NNN resolve=0xN`. */
export function parseOpenHow(b: Buffer, start: number, end: number, into: Pending): boolean {
  if (b[start] !== 111 || b[start + 5] !== EQUALS) return false;
  into.oflag = octal(b, start + 6, valueEnd(b, start + 6, end));
  return into.oflag >= 0;
}

/** Stand-alone records (USER_*, LOGIN, SERVICE_*, DAEMON_*): all fields, those inside msg='…' too. */
export function parseFields(b: Buffer, start: number, end: number): Map<string, string> {
  const fields = new Map<string, string>();
  const text = b.toString('latin1', start, Math.min(end, start + 8192));
  let i = 0;
  while (i < text.length && fields.size < 64) {
    const c = text.charCodeAt(i);
    if (c === ENRICHED) break;
    if (c === SPACE || c === 39) {
      i += 1;
      continue;
    }
    const eq = text.indexOf('=', i);
    if (eq < 0) break;
    const blank = text.indexOf(' ', i);
    if (blank >= 0 && blank < eq) {
      i = blank + 1;
      continue;
    }
    const key = text.slice(i, eq);
    let v = eq + 1;
    if (text[v] === "'") {
      i = v + 1;
      continue;
    }
    let stop: number;
    if (text[v] === '"') {
      v += 1;
      stop = text.indexOf('"', v);
      if (stop < 0) stop = text.length;
      i = stop + 1;
    } else {
      stop = v;
      while (stop < text.length && text[stop] !== ' ' && text[stop] !== "'" && text.charCodeAt(stop) !== ENRICHED)
        stop += 1;
      i = stop;
    }
    if (!fields.has(key)) fields.set(key, text.slice(v, stop));
  }
  return fields;
}
