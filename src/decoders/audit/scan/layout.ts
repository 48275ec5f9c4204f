/**
 * Where things lie in the scanner's memory (bytes), and the shapes of what it tells. Read by both sides: `wasm/audit` is
 * compiled with it.
 */

/** Lines to be scanned are put here; reads of eight bytes may go past their end. */
export const INPUT = 65536;
export const INPUT_BYTES = 262144;
export const INPUT_ROOM = 262144 + 256;

/** What is known of system calls: for each architecture its number (4 bytes), then one byte for each call, see `OP_MASK`. */
export const CALLS = INPUT + INPUT_ROOM;
export const CALLS_MAX = 512;
export const ARCHES_MAX = 8;
export const ARCH_BYTES = 4 + CALLS_MAX;
/** A byte of that table: what the call does, and whether it is of the form with directory descriptors. */
export const OP_MASK = 0x7f;
export const AT_FORM = 0x80;

/** Record types that are events of their own: length (4 bytes, 0 behind the last), then the first eight letters. */
export const TYPES = CALLS + ARCHES_MAX * ARCH_BYTES;
export const TYPE_BYTES = 16;
export const TYPES_MAX = 32;

/** Processes read lately: bytes from `ppid=` to the end of `exe`, one slot each, and how long each is. */
export const ACTOR_SLOTS = 1024;
export const ACTOR_BYTES = 256;
export const ACTORS = TYPES + TYPES_MAX * TYPE_BYTES;
export const ACTOR_LENGTHS = ACTORS + ACTOR_SLOTS * ACTOR_BYTES;

/** Texts by their bytes: head, slots of 16 bytes, what was seen once, the bytes. */
export const TABLE_HEAD_BYTES = 32;
export const SEEN_SLOTS = 16384;
export const TEXTS = ACTOR_LENGTHS + ACTOR_SLOTS * 4;
export const TEXTS_MAX = 65536;
export const TEXT_SLOTS = 131072;
export const TEXT_ARENA = 8388608;
export const TEXT_BYTES_MAX = 1024;
export const COMMANDS = TEXTS + TABLE_HEAD_BYTES + TEXT_SLOTS * 16 + SEEN_SLOTS * 4 + TEXT_ARENA + 64;
export const COMMANDS_MAX = 8192;
export const COMMAND_SLOTS = 16384;
export const COMMAND_ARENA = 2097152;

/** What was found: rows of 4-byte numbers, see `ROW`. A line makes at most three. */
export const ROWS = COMMANDS + TABLE_HEAD_BYTES + COMMAND_SLOTS * 16 + SEEN_SLOTS * 4 + COMMAND_ARENA + 64;
export const ROWS_BYTES = 1048576;
/** No scan goes on with less room than this left for rows. */
export const ROW_ROOM = 256;
export const END = ROWS + ROWS_BYTES;

/** Counts of the last scan, 4 bytes each. */
export const TOLD = 32768;
export const TOLD_END = 0;
export const TOLD_LINES = 1;
export const TOLD_EMPTY = 2;
export const TOLD_NOTHING = 3;
export const TOLD_UNUSED_TYPE = 4;
export const TOLD_UNUSED_CALL = 5;
export const TOLD_UNUSED_PART = 6;
export const TOLD_ROWS_END = 7;
export const TOLD_TEXTS_FULL = 8;
export const TOLD_COMMANDS_FULL = 9;
/** Lines that are records, as the session counts them. */
export const TOLD_RECORDS = 10;

/** Kinds of rows, the first number of each. Places are bytes from the beginning of what was scanned. */
/** A stamp other than the one before: seconds, milliseconds, serial. */
export const ROW_STAMP = 1;
/** The same of a record that names its host: then id or -1 and place of the name. */
export const ROW_NODE_STAMP = 12;
/** A record whose number is a multiple of 64: its number. */
export const ROW_TICK = 2;
/** A line to be read field by field: number, start, end. */
export const ROW_LINE = 3;
/**
 * Number, start, end, operation and form, arch, call, succeeded, exit, a0, a1, a2, actor's slot, is it new. When it is, what
 * it is: ppid, pid, auid, uid, euid, ses; tty, comm and exe, each by its id or -1, its start and its end.
 */
export const ROW_SYSCALL = 4;
export const ROW_ACTOR = 14;
export const ROW_SYSCALL_WIDTH = 30;
/** Number, start, end, item, name's id or -1, its start, its end, inode low, inode high, device or -1, mode, owner, nametype. */
export const ROW_PATH = 5;
/** Number, start, end, id or -1 and place of the value. */
export const ROW_CWD = 6;
export const ROW_EXECVE = 7;
export const ROW_SADDR = 8;
/** A PATH of a directory that holds the file: number, start, end, item. */
export const ROW_PARENT = 9;
/** A call of no use in an event that may be held already: number, start, end. */
export const ROW_DROP = 10;
/** The event of the last stamp is of no use; nothing of it is held. */
export const ROW_DROPPED = 11;
/** Records between two ticks. */
export const TICK_RECORDS = 64;
