/**
 * The syscalls of interest by audit arch. Numbers: Linux arch/x86/entry/syscalls/syscall_{64,32}.tbl and
 * include/uapi/asm-generic/unistd.h (aarch64, riscv64). Audit arch values: include/uapi/linux/audit.h.
 */
export const OP = {
  none: 0,
  exec: 1,
  fork: 2,
  exit: 3,
  open: 4,
  openat: 5,
  openat2: 6,
  creat: 7,
  rename: 8,
  link: 9,
  symlink: 10,
  unlink: 11,
  chmod: 12,
  fchmod: 13,
  fchmodat: 14,
  connect: 15,
  sendto: 16,
  bind: 17,
  accept: 18,
  setxattr: 20,
  socketcall: 21,
  truncate: 22,
  listen: 23,
} as const;
export type Op = (typeof OP)[keyof typeof OP];

const X86_64: readonly (readonly [Op, ...number[]])[] = [
  [OP.exec, 59, 322],
  [OP.fork, 56, 57, 58, 435],
  [OP.exit, 60, 231],
  [OP.open, 2],
  [OP.openat, 257],
  [OP.openat2, 437],
  [OP.creat, 85],
  [OP.rename, 82, 264, 316],
  [OP.link, 86, 265],
  [OP.symlink, 88, 266],
  [OP.unlink, 87, 263],
  [OP.chmod, 90],
  [OP.fchmod, 91],
  [OP.fchmodat, 268, 452],
  [OP.connect, 42],
  [OP.setxattr, 188, 189, 190],
  [OP.truncate, 76],
];

const I386: readonly (readonly [Op, ...number[]])[] = [
  [OP.exec, 11, 358],
  [OP.fork, 2, 120, 190, 435],
  [OP.exit, 1, 252],
  [OP.open, 5],
  [OP.openat, 295],
  [OP.openat2, 437],
  [OP.creat, 8],
  [OP.rename, 38, 302, 353],
  [OP.link, 9, 303],
  [OP.symlink, 83, 304],
  [OP.unlink, 10, 301],
  [OP.chmod, 15],
  [OP.fchmod, 94],
  [OP.fchmodat, 306, 452],
  [OP.connect, 362],
  [OP.setxattr, 226, 227, 228],
  [OP.socketcall, 102],
  [OP.truncate, 92, 193],
];

const GENERIC_64: readonly (readonly [Op, ...number[]])[] = [
  [OP.exec, 221, 281],
  [OP.fork, 220, 435],
  [OP.exit, 93, 94],
  [OP.openat, 56],
  [OP.openat2, 437],
  [OP.rename, 38, 276],
  [OP.link, 37],
  [OP.symlink, 36],
  [OP.unlink, 35],
  [OP.fchmod, 52],
  [OP.fchmodat, 53, 452],
  [OP.connect, 203],
  [OP.setxattr, 5, 6, 7],
  [OP.truncate, 45],
];

const ARM_EABI: readonly (readonly [Op, ...number[]])[] = [
  [OP.exec, 11, 387],
  [OP.fork, 2, 120, 190, 435],
  [OP.exit, 1, 248],
  [OP.open, 5],
  [OP.openat, 322],
  [OP.openat2, 437],
  [OP.creat, 8],
  [OP.rename, 38, 329, 382],
  [OP.link, 9, 330],
  [OP.symlink, 83, 331],
  [OP.unlink, 10, 328],
  [OP.chmod, 15],
  [OP.fchmod, 94],
  [OP.fchmodat, 333, 452],
  [OP.connect, 283],
  [OP.setxattr, 226, 227, 228],
  [OP.truncate, 92, 193],
];

const SYSCALL_MAX = 512;

function table(rows: readonly (readonly [Op, ...number[]])[]): Uint8Array {
  const ops = new Uint8Array(SYSCALL_MAX);
  for (const [op, ...numbers] of rows) for (const number of numbers) ops[number] = op;
  return ops;
}

const x86 = table(X86_64);
const BY_ARCH = new Map<number, Uint8Array>([
  [0xc000003e, x86],
  [0x40000003, table(I386)],
  [0xc00000b7, table(GENERIC_64)],
  [0xc00000f3, table(GENERIC_64)],
  [0x40000028, table(ARM_EABI)],
]);

/** x32 calls carry this bit on top of the x86_64 number. */
const X32_BIT = 0x40000000;

/** What this syscall number means on this arch; OP.none for one of no interest or of an unknown arch. */
export function opOf(arch: number, number: number): Op {
  const ops = arch === 0xc000003e ? x86 : BY_ARCH.get(arch);
  if (ops === undefined) return OP.none;
  const index = arch === 0xc000003e && number >= X32_BIT ? number - X32_BIT : number;
  return (ops[index] ?? OP.none) as Op;
}

export const isKnownArch = (arch: number): boolean => BY_ARCH.has(arch);

const AT_X86_64 = flags([257, 263, 264, 265, 266, 268, 316, 322, 437, 452]);
const AT_I386 = flags([295, 301, 302, 303, 304, 306, 353, 358, 437, 452]);
const AT_ARM = flags([322, 328, 329, 330, 331, 333, 382, 387, 437, 452]);

function flags(numbers: readonly number[]): Uint8Array {
  const set = new Uint8Array(SYSCALL_MAX);
  for (const number of numbers) set[number] = 1;
  return set;
}

/** True for the `*at` form, in which a directory descriptor comes first (rename family has two). */
export function isAtForm(arch: number, number: number): boolean {
  if (arch === 0xc000003e) return AT_X86_64[number] === 1;
  if (arch === 0x40000003) return AT_I386[number] === 1;
  if (arch === 0x40000028) return AT_ARM[number] === 1;
  return number !== 221;
}

/** Directory open flag: x86 and generic differ from arm's (include/uapi/asm-generic/fcntl.h, arch/arm*). */
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_TRUNC = 0o1000;
export const O_PATH = 0o10000000;
export const AT_FDCWD = -100;

/** socketcall(2) sub-calls: include/uapi/linux/net.h. */
export const SOCKETCALL = { bind: 2, connect: 3, listen: 4, accept: 5, sendto: 11 } as const;
