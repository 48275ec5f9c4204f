import { STANDALONE } from '../audit/standalone.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { objectAt } from '../json-lines/values.ts';
import { callNamed, idNamed } from './names.ts';
import { sockaddrOf } from './sockaddr.ts';
import { bytesOf, hexNumber, hexOf, octalNumber, untrustedString, word } from './strings.ts';

export interface TextRecord {
  readonly type: string;
  readonly body: string;
}

/** Records of one type in an event, and fields of one record, that are read; the kernel writes far fewer. */
const RECORDS_MAX = 64;
const FIELDS_MAX = 128;
const ARGUMENTS_MAX = 1024;
const TEXT_CHARS_MAX = 786_432;
const PIECE_BYTES = 4096;

/**
 * The audit records of one LAUREL event, as the kernel would have printed them: SYSCALL first, then the others in their
 * order. Types that the audit decoder does not read are left out, and so are fields that it does not read. What LAUREL did
 * to a record is undone: `a0`… out of `ARGV`, hex and octal without their prefix, addresses in hex, names of calls and
 * users as numbers where the numbers were dropped. Values of another type than they have are written as `?`.
 */
export function auditRecords(event: JsonObject): TextRecord[] {
  const records: TextRecord[] = [];
  const syscall = objectAt(event, 'SYSCALL');
  if (syscall !== undefined) records.push({ type: 'SYSCALL', body: syscallBody(syscall) });
  for (const [type, value] of Object.entries(event)) {
    const write = BODIES[type] ?? (STANDALONE.has(type) ? standaloneBody : undefined);
    if (write === undefined) continue;
    const many: readonly unknown[] = Array.isArray(value) ? value.slice(0, RECORDS_MAX) : [value];
    for (const one of many)
      if (typeof one === 'object' && one !== null && !Array.isArray(one))
        records.push({ type, body: write(one as JsonObject) });
  }
  return records;
}

const BODIES: Readonly<Record<string, ((record: JsonObject) => string) | undefined>> = Object.assign(
  Object.create(null) as object,
  {
    EXECVE: execveBody,
    CWD: cwdBody,
    PATH: pathBody,
    SOCKADDR: sockaddrBody,
    OPENAT2: openat2Body,
    URINGOP: uringBody,
  },
);

function syscallBody(record: JsonObject): string {
  const named = record.syscall === undefined ? callNamed(record.SYSCALL) : null;
  const arch = named?.arch ?? hexNumber(record.arch);
  const call = named?.number ?? word(record.syscall);
  // exit(2) does not return: its record has neither field.
  const outcome =
    record.success === undefined && record.exit === undefined
      ? ''
      : `success=${word(record.success)} exit=${word(record.exit)} `;
  const raw: readonly unknown[] = Array.isArray(record.ARGV) ? record.ARGV.slice(0, 4) : [];
  const given = raw.map((value, index) => `a${index}=${hexNumber(value)} `).join('');
  return `arch=${arch} syscall=${call} ${outcome}${given}${actorFields(record)}${userName(record)}`;
}

function actorFields(record: JsonObject): string {
  const { tty, comm, exe } = record;
  const ids = `ppid=${word(record.ppid)} pid=${word(record.pid)} auid=${idOf(record, 'auid')} uid=${idOf(record, 'uid')} euid=${idOf(record, 'euid')}`;
  return `${ids} tty=${word(tty)} ses=${word(record.ses)} comm=${untrustedString(comm)} exe=${untrustedString(exe)}`;
}

/** A user's number, or what its name says of it where the number was dropped. */
function idOf(record: JsonObject, key: string): string {
  const value = record[key];
  return value === undefined ? idNamed(record[key.toUpperCase()]) : word(value);
}

/** The name of the acting user, as auditd's ENRICHED format has it behind 0x1D. */
function userName(record: JsonObject): string {
  const name = record.UID;
  return typeof name === 'string' && /^[^\s"%\x00-\x1f]{1,256}$/.test(name) ? `\x1d UID="${name}"` : '';
}

/** An entry may be an object that says how many arguments LAUREL left out (execve-argv-limit-bytes): the rest closes up. */
function execveBody(record: JsonObject): string {
  const list: readonly unknown[] = Array.isArray(record.ARGV) ? record.ARGV : [];
  const texts = list.filter(value => typeof value === 'string' || typeof value === 'number').slice(0, ARGUMENTS_MAX);
  const fields = texts.map((value, index) => argumentFields(index, value));
  return `argc=${record.argc === undefined ? list.length : word(record.argc)} ${fields.join(' ')}`;
}

/** A long argument stands in pieces, as the kernel prints one: none of them is cut in the middle of a character. */
function argumentFields(index: number, value: unknown): string {
  const bytes = bytesOf(cut(value)) ?? Buffer.alloc(0);
  if (bytes.length <= PIECE_BYTES) return `a${index}=${untrustedString(bytes)}`;
  const pieces = [`a${index}_len=${bytes.length}`];
  for (let from = 0; from < bytes.length && pieces.length <= RECORDS_MAX; ) {
    let to = Math.min(bytes.length, from + PIECE_BYTES);
    while (to < bytes.length && to > from + 1 && ((bytes[to] as number) & 0xc0) === 0x80) to -= 1;
    pieces.push(`a${index}[${pieces.length - 1}]=${untrustedString(bytes.subarray(from, to))}`);
    from = to;
  }
  return pieces.join(' ');
}

const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, TEXT_CHARS_MAX) : value);

function cwdBody(record: JsonObject): string {
  return `cwd=${untrustedString(record.cwd)}`;
}

function pathBody(record: JsonObject): string {
  const { item, name, inode, dev, mode, nametype } = record;
  const node = inode === undefined ? '' : ` inode=${word(inode)} dev=${word(dev)} mode=${octalNumber(mode)}`;
  const owner = node === '' ? '' : ` ouid=${idOf(record, 'ouid')}`;
  return `item=${word(item)} name=${untrustedString(name)}${node}${owner} nametype=${word(nametype ?? record.objtype)}`;
}

function sockaddrBody(record: JsonObject): string {
  const raw = bytesOf(record.saddr);
  const translated = objectAt(record, 'SADDR');
  if (raw !== null) return `saddr=${hexOf(raw.subarray(0, 256))}`;
  return `saddr=${translated === undefined ? '' : sockaddrOf(translated)}`;
}

function openat2Body(record: JsonObject): string {
  return `oflag=${octalNumber(record.oflag)} mode=${octalNumber(record.mode)} resolve=0x0`;
}

function uringBody(record: JsonObject): string {
  const call = `uring_op=${word(record.uring_op)} success=${word(record.success)} exit=${word(record.exit)}`;
  return `${call} ppid=${word(record.ppid)} pid=${word(record.pid)} uid=${idOf(record, 'uid')} euid=${idOf(record, 'euid')}`;
}

/** Records of user space and of the audit system: their own fields, then those of their `msg`. */
function standaloneBody(record: JsonObject): string {
  const message = objectAt(record, 'msg') ?? {};
  const auid = record.auid === undefined && record.AUID !== undefined ? [['auid', idOf(record, 'auid')] as const] : [];
  return [...auid, ...Object.entries(record), ...Object.entries(message)]
    .filter(([key, value]) => /^[a-z][\w-]{0,31}$/.test(key) && (typeof value !== 'object' || value === null))
    .slice(0, FIELDS_MAX)
    .map(([key, value]) => `${key}=${typeof value === 'number' ? word(value) : standaloneText(cut(value))}`)
    .join(' ');
}

const standaloneText = (value: unknown): string => (value === null ? '?' : untrustedString(value));
