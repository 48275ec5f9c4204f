/**
 * What a host records, from all that the laboratory records down to what every mail server has. Poorer levels are made from
 * the full recording by leaving records out, as a host with fewer rules would never have written them.
 */
export const LEVELS = [
  {
    id: 'full',
    title: 'full',
    records:
      'everything that `lab/audit.rules` records: executions, files, names, modes, connections, jobs; system and mail log',
  },
  {
    id: 'exec',
    title: 'execve and store reads',
    records: 'executions, opening of mail stores for reading, logins; system and mail log',
  },
  { id: 'mail', title: 'mail log only', records: 'the mail log, with the account and alias files beside it' },
] as const;
export type LevelId = (typeof LEVELS)[number]['id'];

/**
 * The lines of an audit log that a host with execve rules and read watches on its mail stores would have: events without a
 * SYSCALL record (logins, jobs, the daemon), execve and execveat, and opens for reading of a mail store. Whole events only.
 */
export function execAndStoreReads(lines: readonly string[]): string[] {
  const events = new Map<string, string[]>();
  for (const line of lines) {
    const stamp = STAMP.exec(line)?.[1] ?? '';
    const event = events.get(stamp);
    if (event === undefined) events.set(stamp, [line]);
    else event.push(line);
  }
  return [...events.values()].filter(isKept).flat();
}

const STAMP = /msg=audit\(([\d.]+:\d+)\)/;
const SYSCALL = /^(?:node=\S+ )?type=SYSCALL .*? arch=([0-9a-f]+) syscall=(\d+) .*? a1=([0-9a-f]+) a2=([0-9a-f]+) /;

/** Numbers from the kernel's tables: `arch/x86/entry/syscalls/syscall_{64,32}.tbl`, `include/uapi/asm-generic/unistd.h`. */
const X86_64 = { execve: [59, 322], open: 2, openat: 257 };
const ARCHITECTURES: Readonly<Record<string, { execve: readonly number[]; open: number; openat: number }>> = {
  c000003e: X86_64,
  '40000003': { execve: [11, 358], open: 5, openat: 295 },
  c00000b7: { execve: [221, 281], open: -1, openat: 56 },
};
const OPENAT2 = 437;
/** O_ACCMODE and O_WRONLY of `include/uapi/asm-generic/fcntl.h`: audit's `perm=r` takes what is not opened for writing only. */
const ACCESS_BITS = 3n;
const WRITE_ONLY = 1n;

function isKept(event: readonly string[]): boolean {
  const call = event.map(line => SYSCALL.exec(line)).find(match => match !== null);
  if (call === undefined || call === null) return true;
  const [, arch = '', number = '', second = '', third = ''] = call;
  const { execve, open, openat } = ARCHITECTURES[arch] ?? X86_64;
  const which = Number(number);
  if (execve.includes(which)) return true;
  let flags: string | undefined;
  if (which === open) flags = second;
  else if (which === openat) flags = third;
  else if (which === OPENAT2) flags = /type=OPENAT2 .*? oflag=0?([0-7]+)/.exec(event.join('\n'))?.[1];
  else return false;
  if (flags === undefined) return false;
  const bits = which === OPENAT2 ? BigInt(`0o${flags}`) : BigInt(`0x${flags}`);
  return (bits & ACCESS_BITS) !== WRITE_ONLY && pathsOf(event).some(isInStore);
}

/** The paths of an event, put below its working directory where they are relative. */
function pathsOf(event: readonly string[]): string[] {
  const cwd = event.map(line => /type=CWD .*? cwd=(\S+)/.exec(line)?.[1]).find(found => found !== undefined);
  const base = cwd === undefined ? '' : textOf(cwd);
  return event.flatMap(line => {
    const name = /type=PATH .*? name=(\S+)/.exec(line)?.[1];
    if (name === undefined || name === '(null)') return [];
    const path = textOf(name);
    return [path.startsWith('/') ? path : `${base}/${path}`];
  });
}

/** audit_log_untrustedstring: quoted, or in hexadecimal when it holds a blank, a quote or a control character. */
const textOf = (value: string): string =>
  value.startsWith('"') ? value.slice(1, -1) : Buffer.from(value, 'hex').toString('latin1');

const SPOOL = /^\/(?:var\/mail|var\/spool\/mail|var\/vmail|srv\/v?mail)(?:\/|$)/;
/** Maildir++ folders, mbox files of users, Dovecot's dbox, and the local stores of mail clients. */
const IN_HOME =
  /\/(?:\.?maildir|\.?mail|mbox|mailbox|[ms]dbox|dbox-mails|\.thunderbird\/.+\/(?:local folders|(?:imap)?mail)|\.local\/share\/(?:evolution\/mail|local-mail))(?:\/|$)/i;
/** The name that Maildir gives a message: seconds, then a part of its own, then the host. */
const MAILDIR_MESSAGE = /\/\d{9,}\.[^/]+\.[^/]+$/;

function isInStore(path: string): boolean {
  return SPOOL.test(path) || IN_HOME.test(path) || MAILDIR_MESSAGE.test(path);
}
