import type { ByteMemory } from '../../core/byte-memory.ts';
import type { InternTable } from '../../core/intern.ts';
import type { Actor } from '../../events/host-events.ts';
import type { ActorCache } from './actors.ts';
import { stringValue } from './bytes.ts';
import type { Pending } from './pending.ts';
import { isAtForm, OP, opOf } from './syscalls.ts';

/**
 * SYSCALL in the kernel's own order of fields (kernel/auditsc.c, audit_log_exit and audit_log_task_info):
 *
 *   arch=X syscall=N success=yes|no exit=N a0=X a1=X a2=X a3=X items=N ppid=N pid=N auid=N uid=N gid=N euid=N suid=N fsuid=N
 *   egid=N sgid=N fsgid=N tty=W ses=N comm=S exe=S …
 *
 * Fields are taken by their place; as soon as a key is not the expected one the caller reads the record field by field.
 * exit_group has no success and exit. Nothing is written to the event before the whole record has fitted, but for `dropped`.
 */
let plain = true;
/** Where the reader below stopped. A reader returns its number: one kept here would be boxed each time. */
let at = 0;

function dec(b: Buffer, start: number): number {
  let i = start;
  let n = 0;
  let c = b[i] as number;
  while (c >= 48 && c <= 57) {
    n = n * 10 + c - 48;
    i += 1;
    c = b[i] as number;
  }
  if (c !== 32 || i === start) plain = false;
  at = i + 1;
  return n;
}

/** See `hexLow32`. */
function hex(b: Buffer, start: number): number {
  let i = start;
  let n = 0;
  for (;;) {
    const c = b[i] as number;
    if (c >= 48 && c <= 57) n = (n << 4) | (c - 48);
    else if (c >= 97 && c <= 102) n = (n << 4) | (c - 87);
    else break;
    i += 1;
  }
  if (b[i] !== 32 || i === start) plain = false;
  at = i + 1;
  return n >>> 0;
}

/** Passes over `key=digits `. */
function pass(b: Buffer, start: number, keyLength: number): number {
  let i = start + keyLength;
  if (b[i] !== 61) plain = false;
  i += 1;
  let c = b[i] as number;
  while ((c >= 48 && c <= 57) || (c >= 97 && c <= 102)) {
    i += 1;
    c = b[i] as number;
  }
  if (c !== 32) plain = false;
  return i + 1;
}

/** True when the record was read whole (or found to be of no use); false to have it read field by field. */
export function fastSyscall(
  b: Buffer,
  words: DataView,
  start: number,
  end: number,
  into: Pending,
  intern: InternTable,
  actors: ActorCache,
  memory: ByteMemory<Actor>,
): boolean {
  // The shortest such record is longer than this, and reads below stay inside it.
  if (end - start < 120 || b[start] !== 97 || b[start + 4] !== 61) return false;
  plain = true;
  const arch = hex(b, start + 5);
  let i = at;
  if (b[i] !== 115 || b[i + 1] !== 121 || b[i + 7] !== 61) return false;
  const call = dec(b, i + 8);
  i = at;
  if (!plain) return false;
  const op = opOf(arch, call);
  if (op === OP.none) {
    into.hasSyscall = true;
    into.dropped = true;
    return true;
  }
  let success = true;
  let exit = 0;
  if (b[i] === 115 && b[i + 7] === 61) {
    if (b[i + 8] === 110) {
      success = false;
      if (op !== OP.connect && op !== OP.socketcall) {
        into.hasSyscall = true;
        into.dropped = true;
        return true;
      }
      i += 11;
    } else i += 12;
    if (b[i - 1] !== 32 || b[i] !== 101 || b[i + 4] !== 61) return false;
    i += 5;
    const negative = b[i] === 45;
    const size = dec(b, negative ? i + 1 : i);
    i = at;
    exit = negative ? -size : size;
  }
  if (b[i] !== 97 || b[i + 1] !== 48 || b[i + 2] !== 61) return false;
  const a0 = hex(b, i + 3);
  i = at;
  if (b[i] !== 97 || b[i + 2] !== 61) return false;
  const a1 = hex(b, i + 3);
  i = at;
  if (b[i] !== 97 || b[i + 2] !== 61) return false;
  const a2 = hex(b, i + 3);
  i = at;
  i = pass(b, i, 2);
  i = pass(b, i, 5);
  if (!plain) return false;
  let actor = memory.find(words, i, end);
  if (actor === undefined || (b[memory.end] !== 32 && b[memory.end] !== 29)) {
    actor = readActor(b, i, end, intern, actors);
    if (actor === undefined) return false;
    memory.keep(words, i, at, actor);
  }
  into.hasSyscall = true;
  into.op = op;
  into.arch = arch;
  into.number = call;
  into.atForm = isAtForm(arch, call);
  into.success = success;
  into.exit = exit;
  into.a0 = a0;
  into.a1 = a1;
  into.a2 = a2;
  into.actor = actor;
  return true;
}

const ID_NAMES = ['ppid', 'pid', 'auid', 'uid', 'gid', 'euid', 'suid', 'fsuid', 'egid', 'sgid', 'fsgid'];
const IDS = ID_NAMES.length;
const ID_MAX = 0xffffffff;
const ID_LETTERS = Uint8Array.from(ID_NAMES, name => name.charCodeAt(0));
const ID_LENGTHS = Uint8Array.from(ID_NAMES, name => name.length);
/** No floating numbers: who looks up a process would make an object of each. */
const ids = new Uint32Array(IDS);

/** From `ppid=` to the end of `exe`, where `at` then is; undefined when a field is not where it is expected. */
function readActor(b: Buffer, start: number, end: number, intern: InternTable, actors: ActorCache): Actor | undefined {
  let i = start;
  for (let id = 0; id < IDS; id++) {
    const equals = i + (ID_LENGTHS[id] as number);
    if (b[i] !== ID_LETTERS[id] || b[equals] !== 61) return undefined;
    const value = dec(b, equals + 1);
    if (value > ID_MAX) return undefined;
    ids[id] = value;
    i = at;
  }
  if (!plain || b[i] !== 116 || b[i + 3] !== 61 || i + 20 >= end) return undefined;
  i += 4;
  const ttyStart = i;
  while (i < end && b[i] !== 32) i += 1;
  const ttyStop = i;
  i += 1;
  if (b[i] !== 115 || b[i + 3] !== 61) return undefined;
  const ses = dec(b, i + 4);
  i = at;
  if (!plain || b[i] !== 99 || b[i + 4] !== 61) return undefined;
  const commStart = i + 5;
  i = commStart;
  while (i < end && b[i] !== 32) i += 1;
  // A blank inside quotes cannot be: such names are printed in hex.
  const commStop = i;
  i += 1;
  if (b[i] !== 101 || b[i + 1] !== 120 || b[i + 3] !== 61) return undefined;
  const exeStart = i + 4;
  i = exeStart;
  while (i < end && b[i] !== 32 && b[i] !== 29) i += 1;
  at = i;
  return actors.of({
    pid: ids[1] as number,
    ppid: ids[0] as number,
    uid: ids[3] as number,
    euid: ids[5] as number,
    auid: ids[2] as number,
    ses,
    tty: b[ttyStart] === 40 ? '' : stringValue(b, ttyStart, ttyStop, intern),
    comm: stringValue(b, commStart, commStop, intern),
    exe: stringValue(b, exeStart, i, intern),
  });
}
