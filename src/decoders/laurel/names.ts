/**
 * What LAUREL writes in place of numbers when it is told to drop those that it translates (translate.universal,
 * translate.user-db, translate.drop-raw). Call names are put back as x86_64's numbers, whatever the machine was: the audit
 * decoder reads the arguments of a call alike on all. socketcall(2) has a number on i386 only.
 *
 * Source: Linux arch/x86/entry/syscalls/syscall_64.tbl, syscall_32.tbl; LAUREL src/coalesce.rs (get_translated).
 */
const X86_64 = 'c000003e';
const I386 = '40000003';

const CALLS: ReadonlyMap<string, number> = new Map([
  ['open', 2],
  ['connect', 42],
  ['clone', 56],
  ['fork', 57],
  ['vfork', 58],
  ['execve', 59],
  ['exit', 60],
  ['truncate', 76],
  ['truncate64', 76],
  ['rename', 82],
  ['creat', 85],
  ['link', 86],
  ['unlink', 87],
  ['symlink', 88],
  ['chmod', 90],
  ['fchmod', 91],
  ['setxattr', 188],
  ['lsetxattr', 189],
  ['fsetxattr', 190],
  ['exit_group', 231],
  ['openat', 257],
  ['unlinkat', 263],
  ['renameat', 264],
  ['linkat', 265],
  ['symlinkat', 266],
  ['fchmodat', 268],
  ['renameat2', 316],
  ['execveat', 322],
  ['clone3', 435],
  ['openat2', 437],
  ['fchmodat2', 452],
]);
/** A call that no table of the audit decoder knows: the event is of no use, and is said to be. */
const UNUSED_CALL = 511;

export function callNamed(name: unknown): { readonly arch: string; readonly number: number } | null {
  if (typeof name !== 'string') return null;
  if (name === 'socketcall') return { arch: I386, number: 102 };
  return { arch: X86_64, number: CALLS.get(name) ?? UNUSED_CALL };
}

/** A user's number out of its name: root, `unset` and `unknown(1234)` say theirs. '?' for every other. */
export function idNamed(name: unknown): string {
  if (name === 'root') return '0';
  if (name === 'unset') return '4294967295';
  return typeof name === 'string' ? (/^unknown\((\d{1,10})\)$/.exec(name)?.[1] ?? '?') : '?';
}
